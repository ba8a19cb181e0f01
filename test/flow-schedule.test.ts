import { FlowSchedule, Mapping, ScheduledFlow, ScheduleTime } from 'appflow-constructs';
import { CfnParameter, Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { salesforceToS3 } from './samples';
import { newStack } from './synthesis';

describe('expressions', () => {
  test.each([
    [Duration.minutes(1), 'rate(1minutes)'],
    [Duration.minutes(15), 'rate(15minutes)'],
    [Duration.minutes(90), 'rate(90minutes)'],
    [Duration.hours(3), 'rate(3hours)'],
    [Duration.days(1), 'rate(1days)'],
    [Duration.days(7), 'rate(7days)'],
  ])('%p has the spelling that AppFlow takes', (interval, expression) => {
    expect(FlowSchedule.every(interval).expressionString).toBe(expression);
  });

  test('cron has six fields', () => {
    expect(FlowSchedule.cron({ minute: '0', hour: '7', weekDay: 'TUE' }).expressionString).toBe('cron(0 7 ? * TUE *)');
  });

  test('any other text is left as it is', () => {
    expect(FlowSchedule.expression('rate(1 day)').expressionString).toBe('rate(1 day)');
  });
});

const LATER = 3_786_912_000;

test.each<[string, FlowSchedule, object]>([
  ['an expression alone', FlowSchedule.every(Duration.hours(1)), { ScheduleExpression: 'rate(1hours)' }],
  [
    'start, end and first execution in seconds',
    FlowSchedule.every(Duration.hours(1), {
      startTime: ScheduleTime.epochSeconds(LATER),
      endTime: ScheduleTime.epochSeconds(LATER + 1),
      firstExecutionFrom: ScheduleTime.epochSeconds(0),
    }),
    { ScheduleExpression: 'rate(1hours)', ScheduleStartTime: LATER, ScheduleEndTime: LATER + 1, FirstExecutionFrom: 0 },
  ],
  ['an offset in seconds', FlowSchedule.every(Duration.hours(1), { offset: Duration.minutes(5) }), { ScheduleExpression: 'rate(1hours)', ScheduleOffset: 300 }],
  ['an offset of zero', FlowSchedule.every(Duration.hours(1), { offset: Duration.seconds(0) }), { ScheduleExpression: 'rate(1hours)', ScheduleOffset: 0 }],
  [
    'time zone and threshold, with another expression',
    FlowSchedule.expression('rate(2hours)', { timeZone: 'Europe/Vienna', deactivationThreshold: 100 }),
    { ScheduleExpression: 'rate(2hours)', TimeZone: 'Europe/Vienna', FlowErrorDeactivationThreshold: 100 },
  ],
  ['options with cron', FlowSchedule.cron({ hour: '7', minute: '0' }, { timeZone: 'UTC' }), { ScheduleExpression: 'cron(0 7 * * ? *)', TimeZone: 'UTC' }],
])('%s', (_, schedule, properties) => {
  const stack = newStack();
  new ScheduledFlow(stack, 'Flow', { ...salesforceToS3(stack), schedule, tasks: [Mapping.all()] });
  Template.fromStack(stack).hasResourceProperties('AWS::AppFlow::Flow', {
    TriggerConfig: { TriggerType: 'Scheduled', TriggerProperties: Match.exact(properties) },
  });
});

test('interval, times, offset, time zone and threshold can be tokens', () => {
  const stack = newStack();
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const time = ScheduleTime.epochSeconds(number);
  new ScheduledFlow(stack, 'Flow', {
    ...salesforceToS3(stack),
    schedule: FlowSchedule.every(Duration.minutes(number), {
      startTime: time,
      endTime: time,
      firstExecutionFrom: time,
      offset: Duration.seconds(number),
      timeZone: text,
      deactivationThreshold: number,
    }),
    tasks: [Mapping.all()],
  });
  const ref = { Ref: 'Number' };
  Template.fromStack(stack).hasResourceProperties('AWS::AppFlow::Flow', {
    TriggerConfig: {
      TriggerProperties: {
        ScheduleExpression: { 'Fn::Join': ['', ['rate(', ref, 'minutes)']] },
        ScheduleStartTime: ref,
        ScheduleEndTime: ref,
        FirstExecutionFrom: ref,
        ScheduleOffset: ref,
        TimeZone: { Ref: 'Text' },
        FlowErrorDeactivationThreshold: ref,
      },
    },
  });
});
