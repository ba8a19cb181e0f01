import {
  EventFlow, EventFlowReportEvent, Flow, FlowDeactivatedEvent, FlowEvent, FlowEvents, FlowEventType, FlowRunEndedEvent, FlowRunStartedEvent,
  FlowSchedule, Mapping, OnDemandFlow, SalesforceSource, ScheduledFlow,
} from 'appflow-constructs';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { matchesEvent } from './event-pattern';
import { apiCall, flowEvents, type SampledFlow } from './flow-event-samples';
import { salesforceProfile, salesforceToS3 } from './samples';
import { warningsOf } from './synthesis';

const HERE = { account: '123456789012', region: 'eu-west-1' };
const NAME = 'opportunities';

type Sample = keyof ReturnType<typeof flowEvents>;
const EVERY_SAMPLE = Object.keys(flowEvents({ name: NAME, ...HERE })) as Sample[];
const ENDS: Sample[] = ['succeeded', 'failed', 'cancelled'];
const DEACTIVATED: Sample[] = ['scheduledFlowDeactivated', 'eventFlowDeactivated'];

const OTHERS: Record<string, SampledFlow> = {
  'with another name': { ...HERE, name: `${NAME}-2` },
  'of the same name in another account': { ...HERE, account: '210987654321', name: NAME },
  'of the same name in another Region': { ...HERE, region: 'us-east-1', name: NAME },
};

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack', { env: HERE });
});

const FLOWS: Record<string, (scope: Stack) => appflow.IFlowRef> = {
  'an owned flow': (scope) => new ScheduledFlow(scope, 'Flow', {
    ...salesforceToS3(scope), flowName: NAME, schedule: FlowSchedule.every(Duration.hours(1)), tasks: [Mapping.all()],
  }),
  'an L1': (scope) => new CfnFlow(scope, 'Flow', {
    flowName: NAME,
    sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties: {} },
    destinationFlowConfigList: [],
    tasks: [],
    triggerConfig: { triggerType: 'Scheduled' },
  }),
  'a flow imported by its name': (scope) => Flow.fromFlowName(scope, 'Flow', NAME),
  'a flow imported by its ARN': (scope) => Flow.fromFlowArn(scope, 'Flow', `arn:aws:appflow:${HERE.region}:${HERE.account}:flow/${NAME}`),
};

const onDemand = (scope: Stack) => new OnDemandFlow(scope, 'Flow', { ...salesforceToS3(scope), tasks: [Mapping.all()] });
const eventFlow = (scope: Stack) => new EventFlow(scope, 'Flow', {
  ...salesforceToS3(scope), source: new SalesforceSource(salesforceProfile(scope), { object: 'Order__e' }), tasks: [Mapping.all()],
});

/** The patterns of the rules in the template, with the name that Ref gives for a flow. */
function patterns(): any[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'))
    .map(({ Properties: { EventPattern } }) => JSON.parse(JSON.stringify(EventPattern).replaceAll(/\{"Ref":"Flow[^"]*"\}/g, `"${NAME}"`)));
}

/** Which of a flow's events a pattern matches. */
function matched(pattern: any, flow: SampledFlow): string[] {
  return Object.entries(flowEvents(flow)).filter(([, event]) => matchesEvent(pattern, event)).map(([name]) => name);
}

const RULES: [string, (events: FlowEvents) => void, Sample[]][] = [
  ['onEvent', (events) => events.onEvent('Rule'), EVERY_SAMPLE],
  ['onRunStarted', (events) => events.onRunStarted('Rule'), ['started']],
  ['onRunEnded', (events) => events.onRunEnded('Rule'), ENDS],
  ['onRunSucceeded', (events) => events.onRunSucceeded('Rule'), ['succeeded']],
  ['onRunFailed', (events) => events.onRunFailed('Rule'), ['failed', 'cancelled']],
  ['onDeactivated', (events) => events.onDeactivated('Rule'), DEACTIVATED],
  ['onEventFlowReport', (events) => events.onEventFlowReport('Rule'), ['eventFlowReport']],
  ['onAutomaticFieldImport', (events) => events.onAutomaticFieldImport('Rule'), ['automaticFieldImport']],
];

describe.each(RULES)('%s', (_, addRule, samples) => {
  test.each(Object.entries(FLOWS))('matches these events of %s, and of no other flow', (_kind, makeFlow) => {
    addRule(FlowEvents.fromFlow(makeFlow(stack)));
    const [pattern] = patterns();
    expect(matched(pattern, { ...HERE, name: NAME })).toEqual(samples);
    Object.values(OTHERS).forEach((other) => expect(matched(pattern, other)).toEqual([]));
    expect(matchesEvent(pattern, apiCall({ ...HERE, name: NAME }))).toBe(false);
  });

  test('matches these events of all flows, and no calls of AppFlow\'s API', () => {
    addRule(FlowEvents.allFlows(stack));
    const [pattern] = patterns();
    [{ ...HERE, name: NAME }, ...Object.values(OTHERS)].forEach((flow) => expect(matched(pattern, flow)).toEqual(samples));
    expect(matchesEvent(pattern, apiCall({ ...HERE, name: NAME }))).toBe(false);
  });
});

describe('a pattern', () => {
  test('is that of the rule', () => {
    const { events } = Flow.fromFlowName(stack, 'Flow', NAME);
    events.onRunFailed('Rule');
    const { detailType, ...pattern } = events.pattern(FlowEventType.RUN_FAILED);
    expect([JSON.parse(JSON.stringify(stack.resolve({ ...pattern, 'detail-type': detailType })))]).toEqual(patterns());
  });

  test('is that of any event unless a type is given', () => {
    const { events } = Flow.fromFlowName(stack, 'Flow', NAME);
    expect(events.pattern()).toEqual(events.pattern(FlowEventType.ANY));
  });

  test('can be that of events without a name here', () => {
    expect(Flow.fromFlowName(stack, 'Flow', NAME).events.pattern(FlowEventType.of('AppFlow New Report'))).toMatchObject({
      detailType: ['AppFlow New Report'], detail: { 'flow-name': [NAME] },
    });
  });

  test('goes by the account and Region of the deployment where the stack has no environment', () => {
    const agnostic = new Stack(stack.node.root as App, 'Agnostic');
    expect(agnostic.resolve(Flow.fromFlowName(agnostic, 'Flow', NAME).events.pattern())).toMatchObject({
      account: [{ Ref: 'AWS::AccountId' }], region: [{ Ref: 'AWS::Region' }],
    });
  });
});

describe('a rule', () => {
  const target = (scope: Stack) => new SqsQueue(new Queue(scope, 'Queue'));

  test('is below the flow, with what the options say', () => {
    const flow = FLOWS['an owned flow'](stack);
    const rule = FlowEvents.fromFlow(flow).onRunFailed('Failed', { ruleName: 'failed', description: 'Tell us.', target: target(stack) });
    expect(rule.node.path).toBe('Stack/Flow/Failed');
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      Name: 'failed', Description: 'Tell us.', Targets: [{ Arn: stack.resolve((stack.node.findChild('Queue') as Queue).queueArn) }],
    });
  });

  test('of all flows is where the user wants it', () => {
    expect(FlowEvents.allFlows(stack).onRunFailed('Failed').node.path).toBe('Stack/Failed');
  });

  test('can be in the stack of its target', () => {
    const other = new Stack(stack.node.root as App, 'Other', { env: HERE });
    const rule = FlowEvents.fromFlow(FLOWS['an owned flow'](stack)).onRunFailed('Failed', { crossStackScope: other, target: target(other) });
    expect(rule.node.path).toBe('Other/Failed');
    Template.fromStack(other).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { 'flow-name': [{ 'Fn::ImportValue': Match.stringLikeRegexp('RefFlow') }] } },
    });
    expect(warningsOf(other).filter((warning) => warning.includes('appflow-constructs'))).toEqual([]);
  });

  test('matches only what the user\'s pattern matches, too, which stays as it is', () => {
    const eventPattern = { detail: { 'num-of-record-failures': [{ 'anything-but': ['0'] }] } };
    const { events } = Flow.fromFlowName(stack, 'Flow', NAME);
    events.onRunSucceeded('Incomplete', { eventPattern });
    events.onRunEnded('Ended', { eventPattern });
    const { succeeded } = flowEvents({ ...HERE, name: NAME });
    const incomplete = { ...succeeded, detail: { ...succeeded.detail, 'num-of-record-failures': '3' } };
    expect(patterns().map((pattern) => matchesEvent(pattern, succeeded))).toEqual([false, false]);
    expect(patterns().map((pattern) => matchesEvent(pattern, incomplete))).toEqual([true, true]);
    expect(patterns()[1].detail).not.toHaveProperty('status');
    expect(eventPattern).toEqual({ detail: { 'num-of-record-failures': [{ 'anything-but': ['0'] }] } });
  });

  test.each<[string, (scope: Stack) => appflow.IFlowRef, (events: FlowEvents) => void, boolean]>([
    ['the deactivation of a scheduled flow', FLOWS['an owned flow'], (events) => events.onDeactivated('Rule'), false],
    ['the deactivation of an event flow', eventFlow, (events) => events.onDeactivated('Rule'), false],
    ['the deactivation of an imported flow', FLOWS['a flow imported by its name'], (events) => events.onDeactivated('Rule'), false],
    ['the deactivation of an on-demand flow', onDemand, (events) => events.onDeactivated('Rule'), true],
    ['the report of an event flow', eventFlow, (events) => events.onEventFlowReport('Rule'), false],
    ['the report of a scheduled flow', FLOWS['an owned flow'], (events) => events.onEventFlowReport('Rule'), true],
    ['the report of an L1', FLOWS['an L1'], (events) => events.onEventFlowReport('Rule'), true],
    ['the end of an on-demand flow\'s run', onDemand, (events) => events.onRunEnded('Rule'), false],
  ])('for %s is doubted or not', (_, makeFlow, addRule, isDoubted) => {
    addRule(FlowEvents.fromFlow(makeFlow(stack)));
    expect(warningsOf(stack).some((warning) => warning.includes('flow-event-never-sent'))).toBe(isDoubted);
  });
});

/** The fields of an event's detail that the getters of a class stand for. */
function fieldsOf(type: object): string[] {
  return Object.values(Object.getOwnPropertyDescriptors(type))
    .filter(({ get }) => get !== undefined)
    .map(({ get }) => stack.resolve(get!()).replace(/^\$\.detail\./, ''));
}

describe('the fields', () => {
  const { started, succeeded, failed, scheduledFlowDeactivated, eventFlowReport, automaticFieldImport } = flowEvents({ ...HERE, name: NAME });
  const common = Object.keys(automaticFieldImport.detail);

  test.each([
    ['FlowRunStartedEvent', FlowRunStartedEvent, started],
    ['FlowRunEndedEvent', FlowRunEndedEvent, { ...succeeded, detail: { ...succeeded.detail, ...failed.detail } }],
    ['FlowDeactivatedEvent', FlowDeactivatedEvent, scheduledFlowDeactivated],
    ['EventFlowReportEvent', EventFlowReportEvent, eventFlowReport],
  ])('of %s are those that the event has', (_, fields, event) => {
    expect(fieldsOf(FlowEvent).sort()).toEqual(common.sort());
    expect([...common, ...fieldsOf(fields)].sort()).toEqual(Object.keys(event.detail).sort());
    expect(Object.getPrototypeOf(fields)).toBe(FlowEvent);
  });

  test('become the input of a target', () => {
    const flow = Flow.fromFlowName(stack, 'Flow', NAME);
    flow.events.onRunFailed('Failed', {
      target: new LambdaFunction(Function.fromFunctionName(stack, 'Function', 'tell'), {
        event: RuleTargetInput.fromText(`Run ${FlowRunEndedEvent.executionId} of ${FlowRunEndedEvent.flowName} failed: ${FlowRunEndedEvent.error}`),
      }),
    });
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      Targets: [{
        InputTransformer: {
          InputPathsMap: { 'detail-execution-id': '$.detail.execution-id', 'detail-flow-name': '$.detail.flow-name', 'detail-error': '$.detail.error' },
          InputTemplate: '"Run <detail-execution-id> of <detail-flow-name> failed: <detail-error>"',
        },
      }],
    });
  });
});
