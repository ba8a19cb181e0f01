import {
  DataPull, EventFlow, Flow, FlowActivation, FlowActivationState, FlowAlarmKind, FlowAlarms, type FlowAlarmsOptions, FlowSchedule, Mapping,
  OnDemandFlow, S3Destination, SalesforceSource, ScheduledFlow,
} from 'appflow-constructs';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import type { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { type DataPoint, isInAlarm } from './alarm-evaluator';
import { lake, salesforceProfile, salesforceToS3 } from './samples';
import { errorsOf, newStack, warningsOf } from './synthesis';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

function scheduled(stack: Stack, schedule = FlowSchedule.every(Duration.hours(1)), props: { activation?: FlowActivation; pull?: DataPull } = {}) {
  return new ScheduledFlow(stack, 'Flow', { ...salesforceToS3(stack), schedule, tasks: [Mapping.all()], ...props });
}

function onDemand(stack: Stack) {
  return new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()] });
}

function onEvents(stack: Stack) {
  return new EventFlow(stack, 'Flow', {
    source: new SalesforceSource(salesforceProfile(stack), { object: 'Order__e' }), destination: new S3Destination(lake(stack)), tasks: [Mapping.all()],
  });
}

function l1(scope: Construct, triggerConfig: CfnFlow.TriggerConfigProperty, flowStatus?: string) {
  return new CfnFlow(scope, 'Flow', {
    flowName: 'orders',
    sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties: { s3: { bucketName: 'in', bucketPrefix: 'in' } } },
    destinationFlowConfigList: [{ connectorType: 'S3', destinationConnectorProperties: { s3: { bucketName: 'out' } } }],
    tasks: [],
    triggerConfig,
    flowStatus,
  });
}

const imported = (stack: Stack) => Flow.fromFlowName(stack, 'Flow', 'orders');

/** The alarms of a flow in the template, by their kinds. */
function alarmsOf(flowIn: (stack: Stack) => appflow.IFlowRef, options: FlowAlarmsOptions = {}, stack = newStack()): Record<string, any> {
  return rendered(stack, new FlowAlarms(stack, 'Alarms', { flow: flowIn(stack), ...options }))[0];
}

function rendered(stack: Stack, ...flowAlarms: FlowAlarms[]): Record<string, any>[] {
  const resources = Template.fromStack(stack).toJSON().Resources;
  return flowAlarms.map(({ alarms }) => Object.fromEntries(alarms.map(({ node }) =>
    [node.id, resources[stack.getLogicalId(node.defaultChild as CfnAlarm)].Properties])));
}

describe('one line', () => {
  test('has all alarms for a scheduled flow, from its schedule', () => {
    const alarms = alarmsOf((stack) => scheduled(stack));

    expect(Object.keys(alarms)).toEqual(['Failed', 'Deactivated', 'Stale', 'NoRecords', 'Slow']);
    const common = { Namespace: 'AWS/AppFlow', Dimensions: [{ Name: 'FlowName', Value: { Ref: expect.stringMatching(/^Flow/) } }] };
    expect(alarms.Failed).toMatchObject({
      ...common,
      MetricName: 'FlowExecutionsFailed',
      Statistic: 'Sum',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      Period: MINUTE,
      EvaluationPeriods: 60,
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
    });
    expect(alarms.Deactivated).toMatchObject({
      Namespace: 'AWS/Events',
      MetricName: 'TriggeredRules',
      Dimensions: [{ Name: 'RuleName', Value: { Ref: expect.stringMatching(/^AlarmsDeactivatedRule/) } }],
      Statistic: 'Sum',
      Threshold: 1,
      Period: MINUTE,
      EvaluationPeriods: 1440,
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
    });
    expect(alarms.Stale).toMatchObject({
      ...common,
      MetricName: 'FlowExecutionsSucceeded',
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: MINUTE,
      EvaluationPeriods: 180,
      TreatMissingData: 'breaching',
      WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 180 },
    });
    expect(alarms.NoRecords).toMatchObject({
      ...common,
      MetricName: 'FlowExecutionRecordsProcessed',
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: HOUR,
      EvaluationPeriods: 168,
      TreatMissingData: 'breaching',
      WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 2880 },
    });
    expect(alarms.Slow).toMatchObject({
      ...common,
      MetricName: 'FlowExecutionTime',
      Statistic: 'Maximum',
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: HOUR * 1000,
      Period: MINUTE,
      EvaluationPeriods: 60,
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
    });
    expect(Object.values(alarms).map((alarm) => alarm.Unit)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  test.each<[string, (stack: Stack) => appflow.IFlowRef, string[]]>([
    ['an on-demand flow', onDemand, ['Failed', 'Slow']],
    ['an event flow', onEvents, ['Deactivated']],
    ['an imported flow', imported, ['Failed', 'Deactivated', 'Slow']],
    ['an L1 on demand', (stack) => l1(stack, { triggerType: 'OnDemand' }), ['Failed', 'Slow']],
    ['an L1 with events', (stack) => l1(stack, { triggerType: 'Event' }), ['Deactivated']],
    [
      'an L1 with a schedule',
      (stack) => l1(stack, { triggerType: 'Scheduled', triggerProperties: { scheduleExpression: 'rate(1hours)' } }),
      ['Failed', 'Deactivated', 'Stale', 'NoRecords', 'Slow'],
    ],
    [
      'an L1 that is suspended',
      (stack) => l1(stack, { triggerType: 'Scheduled', triggerProperties: { scheduleExpression: 'rate(1hours)' } }, 'Suspended'),
      ['Failed', 'Deactivated', 'Slow'],
    ],
    [
      'a flow that the custom resource suspends',
      (stack) => scheduled(stack, undefined, { activation: FlowActivation.byCustomResource(FlowActivationState.SUSPENDED) }),
      ['Failed', 'Deactivated', 'Slow'],
    ],
    [
      'a flow that CloudFormation suspends',
      (stack) => scheduled(stack, undefined, { activation: FlowActivation.byCloudFormation(FlowActivationState.SUSPENDED) }),
      ['Failed', 'Deactivated', 'Slow'],
    ],
    [
      'a flow that an operator may have activated',
      (stack) => scheduled(stack, undefined, { activation: FlowActivation.leaveAsFound(FlowActivationState.SUSPENDED) }),
      ['Failed', 'Deactivated', 'Stale', 'NoRecords', 'Slow'],
    ],
  ])('has what makes sense for %s', (_title, flowIn, kinds) => {
    expect(Object.keys(alarmsOf(flowIn))).toEqual(kinds);
  });

  test.each<[string, FlowAlarmsOptions, (stack: Stack) => appflow.IFlowRef, string[]]>([
    ['an imported flow', { expectedInterval: Duration.hours(1) }, imported, ['Failed', 'Deactivated', 'Stale', 'NoRecords', 'Slow']],
    ['an on-demand flow', { expectedInterval: Duration.hours(1) }, onDemand, ['Failed', 'Stale', 'NoRecords', 'Slow']],
    ['an event flow with options', { stale: { within: Duration.days(1) }, failed: {}, slow: {} }, onEvents, ['Failed', 'Deactivated', 'Stale', 'Slow']],
    ['a flow with some left out', { leaveOut: [FlowAlarmKind.STALE, FlowAlarmKind.SLOW] }, (stack) => scheduled(stack), ['Failed', 'Deactivated', 'NoRecords']],
  ])('has what is asked for, for %s', (_title, options, flowIn, kinds) => {
    expect(Object.keys(alarmsOf(flowIn, options))).toEqual(kinds);
  });

});

describe('thresholds', () => {
  const window = ({ Period, EvaluationPeriods }: any) => Period * EvaluationPeriods;

  test.each<[string, FlowSchedule, DataPull | undefined, { failed: number; stale?: number; noRecords?: number; slow: number }]>([
    ['each minute', FlowSchedule.every(Duration.minutes(1)), undefined, { failed: 5 * MINUTE, stale: 15 * MINUTE, noRecords: 7 * DAY, slow: MINUTE }],
    ['each 8 hours', FlowSchedule.every(Duration.hours(8)), undefined, { failed: 8 * HOUR, stale: DAY, noRecords: 7 * DAY, slow: 8 * HOUR }],
    ['each 9 hours', FlowSchedule.every(Duration.hours(9)), undefined, { failed: 9 * HOUR, stale: 18 * HOUR, noRecords: 7 * DAY, slow: 9 * HOUR }],
    ['daily', FlowSchedule.every(Duration.days(1)), DataPull.incremental(), { failed: DAY, stale: 2 * DAY, noRecords: 7 * DAY, slow: DAY }],
    ['daily, all records', FlowSchedule.every(Duration.days(1)), DataPull.complete(), { failed: DAY, stale: 2 * DAY, noRecords: 2 * DAY, slow: DAY }],
    ['each 5 days', FlowSchedule.every(Duration.days(5)), undefined, { failed: DAY, stale: 7 * DAY, noRecords: 7 * DAY, slow: DAY }],
    ['weekly', FlowSchedule.every(Duration.days(7)), undefined, { failed: DAY, slow: DAY }],
    [
      'on weekdays', FlowSchedule.cron({ minute: '0', hour: '6', weekDay: 'MON-FRI' }), undefined,
      { failed: DAY, stale: 4 * DAY, noRecords: 7 * DAY, slow: DAY },
    ],
  ])('%s', (_title, schedule, pull, expected) => {
    const { Failed, Stale, NoRecords, Slow } = alarmsOf((stack) => scheduled(stack, schedule, { pull }));

    expect({
      failed: window(Failed),
      stale: Stale && window(Stale),
      noRecords: NoRecords && window(NoRecords),
      slow: Slow.Threshold / 1000,
    }).toEqual(expected);
  });

  test('can be given', () => {
    const { Failed, Stale, NoRecords, Slow } = alarmsOf((stack) => scheduled(stack), {
      failed: { runs: 3, within: Duration.hours(6) },
      stale: { within: Duration.days(5) },
      noRecords: { within: Duration.hours(12) },
      slow: { longest: Duration.minutes(20) },
    });

    expect(Failed).toMatchObject({ Threshold: 1, Period: MINUTE, EvaluationPeriods: 360, DatapointsToAlarm: 3 });
    expect(Stale).toMatchObject({ Period: HOUR, EvaluationPeriods: 120 });
    expect(NoRecords).toMatchObject({ Period: MINUTE, EvaluationPeriods: 720 });
    expect(Slow).toMatchObject({ Threshold: 20 * MINUTE * 1000 });
  });

  test('of several failed runs are looked for as long as so many take', () => {
    expect(alarmsOf((stack) => scheduled(stack), { failed: { runs: 3 } }).Failed).toMatchObject({ EvaluationPeriods: 180, DatapointsToAlarm: 3 });
  });

  test('are in whole minutes', () => {
    expect(alarmsOf(imported, { failed: { within: Duration.seconds(61) } }).Failed).toMatchObject({ Period: MINUTE, EvaluationPeriods: 2 });
  });

  test('of a number of runs that is a token are left to CloudWatch', () => {
    const stack = newStack();
    const runs = new CfnParameter(stack, 'Runs', { type: 'Number' }).valueAsNumber;
    expect(alarmsOf((scope) => scheduled(scope), { failed: { runs } }, stack).Failed.DatapointsToAlarm).toEqual({ Ref: 'Runs' });
  });

  test.each<[string, FlowAlarmsOptions]>([
    ['failed.within', { failed: { within: Duration.days(2) } }],
    ['stale.within', { stale: { within: Duration.days(8) } }],
    ['noRecords.within', { noRecords: { within: Duration.minutes(4) } }],
    ['slow.longest', { slow: { longest: Duration.hours(49) } }],
    ['expectedInterval', { expectedInterval: Duration.seconds(30) }],
    ['expectedInterval', { expectedInterval: Duration.hours(new CfnParameter(newStack(), 'Hours', { type: 'Number' }).valueAsNumber) }],
  ])('%s has limits', (name, options) => {
    expect(() => alarmsOf((stack) => scheduled(stack), options)).toThrow(new RegExp(`^${name} is not a time .* \\(appflow-constructs:alarm-duration-out-of-range`));
  });

  test.each([0, 1.5, -1])('%p failed runs are none that a flow can have', (runs) => {
    expect(() => alarmsOf(imported, { failed: { runs } })).toThrow(/failed-runs-unreachable/);
  });
});

describe('a flow whose runs cannot be told', () => {
  const reportOf = (flowIn: (stack: Stack) => appflow.IFlowRef, options: FlowAlarmsOptions = {}) => {
    const stack = newStack();
    new FlowAlarms(stack, 'Alarms', { flow: flowIn(stack), ...options });
    expect(errorsOf(stack)).toEqual([]);
    return warningsOf(stack).map((warning) => /\[ack: appflow-constructs:(.*)\]/.exec(warning)?.[1]);
  };

  test.each<[string, (stack: Stack) => appflow.IFlowRef, FlowAlarmsOptions, string[]]>([
    ['imported', imported, {}, ['flow-interval-unknown']],
    ['imported, with the interval', imported, { expectedInterval: Duration.hours(1) }, []],
    ['imported, with the age of the data', imported, { stale: { within: Duration.hours(1) } }, []],
    ['imported, without the alarm', imported, { leaveOut: [FlowAlarmKind.STALE] }, []],
    ['of a cron expression that is not plain', (stack) => scheduled(stack, FlowSchedule.expression('cron(0 7 L * ? *)')), {}, ['flow-interval-unknown']],
    ['of an expression that is a token', (stack) => scheduled(stack, FlowSchedule.expression(new CfnParameter(stack, 'Rate').valueAsString)), {}, ['flow-interval-unknown']],
    ['too far apart for CloudWatch', (stack) => scheduled(stack, FlowSchedule.every(Duration.days(7))), {}, ['flow-interval-too-long']],
    ['too far apart, and suspended', (stack) => scheduled(stack, FlowSchedule.every(Duration.days(7)), {
      activation: FlowActivation.byCustomResource(FlowActivationState.SUSPENDED),
    }), {}, []],
    ['on demand', onDemand, {}, []],
    ['on demand, asked for', onDemand, { stale: {} }, ['flow-interval-unknown']],
    ['of events', onEvents, {}, []],
    [
      'of an L1 that is a token',
      (stack) => l1(stack, { triggerType: new CfnParameter(stack, 'Trigger').valueAsString, triggerProperties: { scheduleExpression: 'rate(1hours)' } }),
      {},
      ['flow-interval-unknown'],
    ],
  ])('%s', (_title, flowIn, options, codes) => {
    expect(reportOf(flowIn, options)).toEqual(codes);
  });
});

describe('what happens', () => {
  test('is the same for all alarms, and can be added to', () => {
    const stack = newStack();
    const topics = ['Alarm', 'More', 'Ok', 'Insufficient'].map((id) => new Topic(stack, id));
    const [alarm, more, ok, insufficient] = topics.map((topic) => new SnsAction(topic));
    const alarms = new FlowAlarms(stack, 'Alarms', {
      flow: scheduled(stack), alarmActions: [alarm], okActions: [ok], insufficientDataActions: [insufficient],
    });
    alarms.addAlarmAction(more);

    const [alarmRef, moreRef, okRef, insufficientRef] = topics.map(({ topicArn }) => stack.resolve(topicArn));
    Template.fromStack(stack).allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [alarmRef, moreRef], OKActions: [okRef], InsufficientDataActions: [insufficientRef],
    });
  });

  test('says what is wrong and what to do', () => {
    const descriptions = Object.values(alarmsOf(imported, { expectedInterval: Duration.hours(1) })).map(({ AlarmDescription }) => AlarmDescription);

    expect(descriptions).toEqual([
      expect.stringMatching(/^A run of the flow orders failed within 1 hour\. Read in the run history .* why\. Then put it right, /),
      expect.stringMatching(/^AppFlow deactivated the flow orders within the last day, because it failed\. .* Then put it right, and activate the flow\.$/),
      expect.stringMatching(/^No run of the flow orders succeeded within 3 hours, so its destination lacks the newest data\. See whether /),
      expect.stringMatching(/^No run of the flow orders processed a record within 7 days\. If runs succeed, see whether the source has records /),
      expect.stringMatching(/^A run of the flow orders took longer than 1 hour\. See in .* how many records it had\. Then run the flow more often, /),
    ]);
  });

  test('can be told by the names of the alarms', () => {
    const alarms = alarmsOf((stack) => scheduled(stack), { alarmNamePrefix: 'Orders' });
    expect(Object.values(alarms).map(({ AlarmName }) => AlarmName)).toEqual([
      'Orders-Failed', 'Orders-Deactivated', 'Orders-Stale', 'Orders-NoRecords', 'Orders-Slow',
    ]);
  });

  test('when AppFlow deactivates a flow is an event, which other targets can have, too', () => {
    const stack = newStack();
    const queue = new Queue(stack, 'Queue');
    new FlowAlarms(stack, 'Alarms', { flow: imported(stack), deactivated: { targets: [new SqsQueue(queue)] }, leaveOut: [FlowAlarmKind.STALE] });

    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({
        'source': ['aws.appflow'],
        'detail-type': ['AppFlow Scheduled Flow Deactivated', 'AppFlow Event Flow Deactivated'],
        'detail': { 'flow-name': ['orders'] },
      }),
      State: 'ENABLED',
      Targets: [{ Arn: stack.resolve(queue.queueArn), Id: 'Target0' }],
    });
  });
});

describe('a flow elsewhere', () => {
  const stackIn = (account: string) => new Stack(new App(), 'Stack', { env: { account, region: 'eu-west-1' } });
  const elsewhere = (stack: Stack) => Flow.fromFlowArn(stack, 'Flow', 'arn:aws:appflow:eu-west-1:111111111111:flow/orders');

  test('in another account has its metrics there, and no events here', () => {
    const alarms = alarmsOf(elsewhere, { leaveOut: [FlowAlarmKind.STALE], deactivated: {} }, stackIn('222222222222'));

    expect(Object.keys(alarms)).toEqual(['Failed', 'Slow']);
    expect(alarms.Failed.Metrics).toEqual([expect.objectContaining({ AccountId: '111111111111' })]);
  });

  test('in the same account has both here', () => {
    const alarms = alarmsOf(elsewhere, { leaveOut: [FlowAlarmKind.STALE] }, stackIn('111111111111'));

    expect(Object.keys(alarms)).toEqual(['Failed', 'Deactivated', 'Slow']);
    expect(alarms.Failed.Metrics).toBeUndefined();
  });

  test('in another Region cannot have alarms here', () => {
    const stack = stackIn('111111111111');
    const flow = Flow.fromFlowArn(stack, 'Flow', 'arn:aws:appflow:us-east-1:111111111111:flow/orders');
    expect(() => new FlowAlarms(stack, 'Alarms', { flow })).toThrow(/Cannot create an Alarm in region 'eu-west-1'/);
  });
});

describe('with CloudWatch', () => {
  const rates = fc.oneof(
    fc.integer({ min: 1, max: 60 * 24 * 40 }).map((count) => `rate(${count}minutes)`),
    fc.integer({ min: 1, max: 24 * 40 }).map((count) => `rate(${count}hours)`),
    fc.integer({ min: 1, max: 40 }).map((count) => `rate(${count}days)`),
    fc.integer({ min: 1, max: 5 }).map((count) => `rate(${count}weeks)`),
    fc.integer({ min: 1, max: 3 }).map((count) => `rate(${count}months)`),
  );
  /** The alarms of flows, each with its schedule. */
  const alarmsAt = (...schedules: { scheduleExpression: string; dataPullMode?: string }[]) => {
    const stack = newStack();
    return rendered(stack, ...schedules.map((triggerProperties, index) => {
      const scope = new Construct(stack, `Flow${index}`);
      return new FlowAlarms(scope, 'Alarms', { flow: l1(scope, { triggerType: 'Scheduled', triggerProperties }) });
    }));
  };

  test('alarms keep within its limits, whatever the schedule', () => {
    const schedules = fc.array(fc.record({ scheduleExpression: rates, dataPullMode: fc.constantFrom('Incremental', 'Complete', undefined) }), { minLength: 30, maxLength: 30 });
    fc.assert(fc.property(schedules, (each) => {
      for (const { Period, EvaluationPeriods, WarmUpConfiguration, Threshold, AlarmDescription } of alarmsAt(...each).flatMap(Object.values)) {
        expect(Period % 60).toBe(0);
        expect(Period).toBeLessThanOrEqual(DAY);
        expect(Period * EvaluationPeriods).toBeLessThanOrEqual(Period < HOUR ? DAY : 7 * DAY);
        expect(WarmUpConfiguration?.WarmUpPeriodDurationInMinutes ?? 1).toBeLessThanOrEqual(2880);
        expect(Number.isInteger(EvaluationPeriods) && EvaluationPeriods >= 1 && Threshold > 0).toBe(true);
        expect(JSON.stringify(AlarmDescription).length).toBeLessThan(1024);
      }
    }), { numRuns: 2 });
  });

  /** How many minutes apart runs are that CloudWatch can watch. */
  const intervals = fc.array(fc.integer({ min: 1, max: 6 * 24 * 60 }), { minLength: 20, maxLength: 20 });
  const shares = fc.array(fc.double({ min: 0.01, max: 0.99, noNaN: true }), { minLength: 25, maxLength: 25 });
  const everyMinutes = (minutes: number) => ({ scheduleExpression: `rate(${minutes}minutes)` });

  test('data is never stale while each run succeeds within its interval, and values are at most three minutes late', () => {
    fc.assert(fc.property(intervals, shares, fc.integer({ min: 0, max: 179 }), (each, durations, late) => {
      alarmsAt(...each.map(everyMinutes)).forEach(({ Stale }, index) => {
        const interval = each[index] * MINUTE;
        // Where an interval is of days, the alarm has a day for what one run takes longer than another.
        const points: DataPoint[] = durations.map((share, run) => (
          { at: Math.floor(run * interval + Math.min(share * interval, DAY - HOUR)), value: 1 }));
        for (const { at } of points.slice(10)) {
          // Just before the next value arrives, CloudWatch knows of the longest gap.
          const now = at + late - 1;
          expect(isInAlarm(Stale, points.filter((point) => point.at + late <= now), now)).toBe(false);
        }
      });
    }), { numRuns: 2 });
  });

  test('data is stale once no run succeeds for the time that the alarm gives, and no sooner', () => {
    fc.assert(fc.property(intervals, fc.boolean(), (each, fails) => {
      alarmsAt(...each.map(everyMinutes)).forEach(({ Stale }, index) => {
        const interval = each[index] * MINUTE;
        const last = 20 * interval;
        const successes: DataPoint[] = Array.from({ length: 21 }, (_, run) => ({ at: run * interval, value: 1 }));
        // Failed runs may count as none that have succeeded, or have no value at all.
        const failures: DataPoint[] = Array.from({ length: 20 }, (_, run) => ({ at: last + (run + 1) * interval, value: 0 }));
        const points = fails ? [...successes, ...failures] : successes;
        const window = Stale.Period * Stale.EvaluationPeriods;
        expect(isInAlarm(Stale, points, last + window - 1)).toBe(false);
        expect(isInAlarm(Stale, points, last + window + 2 * Stale.Period)).toBe(true);
      });
    }), { numRuns: 2 });
  });

  test('a failed run is an alarm until an interval has passed without one', () => {
    const [{ Failed }] = alarmsAt({ scheduleExpression: 'rate(2hours)' });
    const failures = [{ at: 10 * HOUR, value: 1 }, { at: 12 * HOUR - 1, value: 1 }];
    expect([9, 10, 11, 12, 13.9, 14.1].map((hour) => isInAlarm(Failed, failures, hour * HOUR))).toEqual([false, true, true, true, true, false]);
  });

  test('several failed runs are an alarm only when they have failed within the time', () => {
    const stack = newStack();
    const flow = imported(stack);
    const [{ Failed }] = rendered(stack, new FlowAlarms(stack, 'Alarms', { flow, failed: { runs: 2, within: Duration.hours(3) }, leaveOut: [FlowAlarmKind.STALE] }));
    const after = (...hours: number[]) => isInAlarm(Failed, hours.map((hour) => ({ at: hour * HOUR, value: 1 })), 10 * HOUR);
    expect([after(9), after(6, 9), after(8, 9)]).toEqual([false, false, true]);
  });

  test('a run is slow when it takes longer than the interval', () => {
    const [{ Slow }] = alarmsAt({ scheduleExpression: 'rate(2hours)' });
    const run = (milliseconds: number) => isInAlarm(Slow, [{ at: HOUR, value: milliseconds }, { at: HOUR, value: 5 }], HOUR);
    expect([run(2 * HOUR * 1000), run(2 * HOUR * 1000 + 1)]).toEqual([false, true]);
  });
});
