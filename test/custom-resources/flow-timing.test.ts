import {
  CustomerProfilesDestination, DataPull, type DataPull as Pull, FlowActivation, FlowSchedule, Mapping, ScheduledFlow, type ScheduledFlowProps,
  ScheduleTime,
} from 'appflow-constructs';
import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { salesforceToS3 } from '../samples';
import { newStack } from '../synthesis';

function scheduled(stack: Stack, props: Partial<ScheduledFlowProps> = {}): ScheduledFlow {
  return new ScheduledFlow(stack, 'Flow', {
    ...salesforceToS3(stack),
    flowName: 'pull',
    schedule: FlowSchedule.every(Duration.hours(1)),
    tasks: [Mapping.all()],
    activation: FlowActivation.manual(),
    ...props,
  });
}

const timings = (template: Template) => Object.entries(template.findResources('Custom::AppFlowFlowTiming'));
const triggerOf = (template: Template, type = 'AWS::AppFlow::Flow') => Object.values<any>(template.findResources(type))[0].Properties;

test.each<[string, Pull | undefined]>([
  ['without a pull', undefined],
  ['that pulls all records', DataPull.complete()],
  ['that is not to be continued', DataPull.incremental({ continueOnReplacement: false, overlap: Duration.hours(1) })],
])('a flow %s has no custom resource for its times', (_, pull) => {
  const stack = newStack();
  scheduled(stack, { pull, schedule: FlowSchedule.every(Duration.hours(1), { firstExecutionFrom: ScheduleTime.epochSeconds(1_700_000_000) }) });
  const template = Template.fromStack(stack);
  expect(timings(template)).toEqual([]);
  expect(triggerOf(template).TriggerConfig.TriggerProperties.FirstExecutionFrom).toBe(1_700_000_000);
});

test('an incremental flow is told where to begin by a custom resource, which may act on the flow', () => {
  const stack = newStack();
  scheduled(stack, {
    pull: DataPull.incremental({ timestampField: 'LastModifiedDate' }),
    schedule: FlowSchedule.every(Duration.hours(1), { firstExecutionFrom: ScheduleTime.epochSeconds(1_700_000_000) }),
  });
  const template = Template.fromStack(stack);
  const [[id, timing]] = timings(template);
  expect(timing.Properties).toEqual({
    ServiceToken: expect.anything(),
    ServiceTimeout: expect.stringMatching(/^\d+$/),
    FlowName: 'pull',
    Continuation: { OverlapSeconds: 60, FirstExecutionFrom: 1_700_000_000, SourceObject: { connectorType: 'Salesforce', object: 'Opportunity' } },
  });
  const { TriggerConfig, Tags } = triggerOf(template);
  expect(TriggerConfig.TriggerProperties).toEqual({
    DataPullMode: 'Incremental', ScheduleExpression: 'rate(1hours)', FirstExecutionFrom: { 'Fn::GetAtt': [id, 'FirstExecutionFrom'] },
  });
  expect(Tags).toContainEqual({ Key: 'appflow-constructs:stack', Value: { Ref: 'AWS::StackId' } });
  const flows = { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':flow/\\*$')])] };
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        { Action: 'appflow:DescribeFlow', Effect: 'Allow', Resource: flows },
        {
          Action: ['appflow:DescribeFlowExecutionRecords', 'appflow:StartFlow', 'appflow:StopFlow', 'appflow:TagResource', 'appflow:UntagResource'],
          Effect: 'Allow',
          Resource: flows,
          Condition: { StringEquals: { 'aws:ResourceTag/appflow-constructs:stack': { Ref: 'AWS::StackId' } } },
        },
      ]),
    },
  });
});

test('a start that is worked out on deployment may only look at the stack', () => {
  const stack = newStack();
  scheduled(stack, {
    schedule: FlowSchedule.every(Duration.hours(6), { startTime: ScheduleTime.nextPeriod(), endTime: ScheduleTime.epochSeconds(4_000_000_000) }),
  });
  const template = Template.fromStack(stack);
  const [[id, timing]] = timings(template);
  expect(timing.Properties).toMatchObject({
    FlowName: 'pull', Start: { At: 'NextPeriod', ScheduleExpression: 'rate(6hours)', MarginSeconds: 300, EndTime: 4_000_000_000 },
  });
  const { TriggerConfig, Tags } = triggerOf(template);
  expect(TriggerConfig.TriggerProperties).toMatchObject({ ScheduleStartTime: { 'Fn::GetAtt': [id, 'StartTime'] }, ScheduleEndTime: 4_000_000_000 });
  expect(Tags).toBeUndefined();
  const policies = JSON.stringify(template.findResources('AWS::IAM::Policy'));
  expect(policies).toContain('"cloudformation:DescribeStacks"');
  expect(policies).not.toContain('appflow:');
});

test('both times are of one resource, and values can be tokens', () => {
  const stack = newStack();
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  scheduled(stack, {
    flowName: new CfnParameter(stack, 'Name').valueAsString,
    pull: DataPull.incremental({ overlap: Duration.seconds(number) }),
    schedule: FlowSchedule.every(Duration.hours(number), {
      startTime: ScheduleTime.nextPeriod({ margin: Duration.seconds(number), phase: Duration.seconds(number) }),
      endTime: ScheduleTime.epochSeconds(number),
      firstExecutionFrom: ScheduleTime.epochSeconds(number),
    }),
  });
  const ref = { Ref: 'Number' };
  const template = Template.fromStack(stack);
  const [[, timing], ...others] = timings(template);
  expect(others).toEqual([]);
  expect(timing.Properties).toMatchObject({
    FlowName: { Ref: 'Name' },
    Start: { ScheduleExpression: { 'Fn::Join': ['', ['rate(', ref, 'hours)']] }, MarginSeconds: ref, PhaseSeconds: ref, EndTime: ref },
    Continuation: { OverlapSeconds: ref, FirstExecutionFrom: ref },
  });
});

test.each<[string, object, object]>([
  ['without a phase', {}, { At: 'NextPeriod', ScheduleExpression: 'rate(1hours)', MarginSeconds: 300 }],
  ['with a phase', { phase: Duration.minutes(20) }, { At: 'NextPeriod', ScheduleExpression: 'rate(1hours)', MarginSeconds: 300, PhaseSeconds: 1200 }],
])('the next period %s', (_, options, start) => {
  const stack = newStack();
  scheduled(stack, { schedule: FlowSchedule.every(Duration.hours(1), { startTime: ScheduleTime.nextPeriod(options) }) });
  const [[, timing]] = timings(Template.fromStack(stack));
  expect(timing.Properties.Start).toEqual(start);
});

test.each<[string, object, object]>([
  ['02:00', {}, { TimeOfDay: 7200, MarginSeconds: 300 }],
  ['23:59:59', { margin: Duration.hours(1) }, { TimeOfDay: 86_399, MarginSeconds: 3600 }],
  ['00:00', { margin: Duration.seconds(0) }, { TimeOfDay: 0, MarginSeconds: 0 }],
])('the next %s UTC', (timeOfDay, options, start) => {
  const stack = newStack();
  const startTime = ScheduleTime.nextUtc(timeOfDay, options);
  expect(startTime.seconds).toBeUndefined();
  scheduled(stack, { schedule: FlowSchedule.cron({ minute: '0', hour: '2' }, { startTime }) });
  Template.fromStack(stack).hasResourceProperties('Custom::AppFlowFlowTiming', {
    Start: { At: 'NextTimeOfDay', ScheduleExpression: 'cron(0 2 * * ? *)', ...start },
  });
});

test('a flow that the custom resource makes has its times, too', () => {
  const stack = newStack();
  scheduled(stack, {
    destination: new CustomerProfilesDestination({ domainName: 'domain' }),
    pull: DataPull.incremental(),
    schedule: FlowSchedule.every(Duration.hours(1), { startTime: ScheduleTime.nextPeriod() }),
  });
  const template = Template.fromStack(stack);
  const [[id]] = timings(template);
  expect(triggerOf(template, 'Custom::AppFlowFlow').Flow.triggerConfig.triggerProperties.Scheduled).toMatchObject({
    scheduleStartTime: { 'Fn::GetAtt': [id, 'StartTime'] }, firstExecutionFrom: { 'Fn::GetAtt': [id, 'FirstExecutionFrom'] },
  });
});

test.each(['2:00', '24:00', '12:60', '12:00:60', '02:00Z', '', 'noon', ' 02:00'])('%p is no time of day', (text) => {
  expect(() => ScheduleTime.nextUtc(text)).toThrow(`got '${text}', allowed hours and minutes`);
});

test('a time of day is known', () => {
  expect(() => ScheduleTime.nextUtc(new CfnParameter(newStack(), 'At').valueAsString)).toThrow('got a text that is known only at deploy time, allowed');
});

test.each([
  ['endTime', ScheduleTime.nextPeriod()], ['endTime', ScheduleTime.nextUtc('02:00')], ['firstExecutionFrom', ScheduleTime.nextPeriod()],
])('%s is not worked out on deployment', (member, time) => {
  expect(() => FlowSchedule.every(Duration.days(1), { [member]: time })).toThrow(`the ${member} of a schedule cannot be worked out on deployment`);
});

test.each(['cron(0 7 * * ? *)', 'rate(1months)', 'rate(0minutes)', 'rate(30seconds)', 'daily'])('%s has no full period', (expression) => {
  expect(() => FlowSchedule.expression(expression, { startTime: ScheduleTime.nextPeriod() })).toThrow(`got '${expression}', allowed a rate in minutes`);
});
