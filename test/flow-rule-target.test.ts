import { Flow, FlowRuleTarget, FlowSchedule, Mapping, OnDemandFlow, ScheduledFlow } from 'appflow-constructs';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { Rule } from 'aws-cdk-lib/aws-events';
import type { TargetBaseProps } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import jsonata from 'jsonata';
import { salesforceToS3 } from './samples';
import { warningsOf } from './synthesis';

const HERE = { account: '123456789012', region: 'eu-west-1' };
const EVENT_ID = 'febf499e-03d1-4878-8ef8-6cc73fa7fd00';
const CLIENT_TOKEN = /^[ -~]{1,256}$/;

let app: App;
let stack: Stack;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack', { env: HERE });
});

const onDemand = (id = 'Flow', scope = stack) => new OnDemandFlow(scope, id, { ...salesforceToS3(scope), tasks: [Mapping.all()] });
const scheduled = () => new ScheduledFlow(stack, 'Flow', { ...salesforceToS3(stack), schedule: FlowSchedule.every(Duration.hours(1)), tasks: [Mapping.all()] });
const l1 = () => new CfnFlow(stack, 'Flow', {
  flowName: 'flow',
  sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties: {} },
  destinationFlowConfigList: [],
  tasks: [],
  triggerConfig: { triggerType: 'OnDemand' },
});

const arrival = (target: FlowRuleTarget, id = 'Rule', scope = stack) =>
  new Rule(scope, id, { eventPattern: { source: ['aws.s3'], detailType: ['Object Created'] }, targets: [target] });

const template = (of = stack) => Template.fromStack(of);

/** The one state of the only state machine, with the references of the template put in. */
function state(): any {
  const [{ Properties: { DefinitionString } }] = Object.values(template().findResources('AWS::StepFunctions::StateMachine'));
  const text = DefinitionString['Fn::Join'][1].map((part: any) => typeof part === 'string' ? part : part.Ref).join('');
  const { StartAt, States, TimeoutSeconds } = JSON.parse(text);
  expect(Object.keys(States)).toEqual([StartAt]);
  return { ...States[StartAt], TimeoutSeconds };
}

/** The value of a JSONata expression of the state, as the real interpreter has it. */
function evaluated(expression: string, stateMachine: string): Promise<any> {
  const [, text] = /^\{% (.*) %\}$/.exec(expression)!;
  return jsonata(text).evaluate({}, { states: { input: { id: EVENT_ID }, context: { StateMachine: { Name: stateMachine } } } });
}

describe('the state machine', () => {
  test.each<[string, () => appflow.IFlowRef]>([
    ['an owned flow', onDemand],
    ['an L1', l1],
    ['an imported flow', () => Flow.fromFlowName(stack, 'Flow', 'flow')],
  ])('starts %s, once for each event', async (_, makeFlow) => {
    const flow = makeFlow();
    arrival(FlowRuleTarget.start(flow));
    const { Resource, QueryLanguage, Arguments: { FlowName, ClientToken, ...others }, End } = state();
    const name = stack.resolve(flow.flowRef.flowName);
    expect({ Resource, QueryLanguage, FlowName, others, End }).toEqual({
      Resource: expect.stringMatching(/^arn:.*:states:::aws-sdk:appflow:startFlow$/),
      QueryLanguage: 'JSONata',
      FlowName: name.Ref ?? name,
      others: {},
      End: true,
    });
    const tokens = await Promise.all(['a'.repeat(80), 'b'.repeat(80)].map((machine) => evaluated(ClientToken, machine)));
    tokens.forEach((token) => expect(token).toMatch(CLIENT_TOKEN));
    tokens.forEach((token) => expect(token).toContain(EVENT_ID));
    expect(new Set(tokens).size).toBe(2);
  });

  test('stops a flow, with no token', () => {
    arrival(FlowRuleTarget.stop(scheduled()));
    const { Resource, Arguments } = state();
    expect(Resource).toMatch(/:aws-sdk:appflow:stopFlow$/);
    expect(Object.keys(Arguments)).toEqual(['FlowName']);
  });

  test('waits while AppFlow refuses for now, for most of a day', () => {
    arrival(FlowRuleTarget.start(onDemand()));
    const { Retry: [{ ErrorEquals, IntervalSeconds, MaxDelaySeconds, MaxAttempts, BackoffRate }], TimeoutSeconds } = state();
    expect(ErrorEquals).toEqual(expect.arrayContaining(['Appflow.ConflictException', 'Appflow.ThrottlingException', 'Appflow.ServiceQuotaExceededException']));
    const waits = Array.from({ length: MaxAttempts }, (_, attempt) => Math.min(IntervalSeconds * (BackoffRate ?? 2) ** attempt, MaxDelaySeconds));
    const seconds = waits.reduce((sum, wait) => sum + wait);
    expect(TimeoutSeconds).toBe(86400);
    expect(seconds).toBeGreaterThan(0.9 * TimeoutSeconds);
  });

  test('is one for all rules that do the same to a flow', () => {
    const flow = scheduled();
    ['One', 'Two'].forEach((id) => arrival(FlowRuleTarget.start(flow), id));
    template().resourceCountIs('AWS::StepFunctions::StateMachine', 1);
    arrival(FlowRuleTarget.stop(flow), 'Three');
    expect(flow.node.children.map(({ node }) => node.id)).toEqual(expect.arrayContaining(['StartOnEvent', 'StopOnEvent']));
  });

  test('is a Standard workflow with tracing and logs, which hold no data and do not stay for ever', () => {
    arrival(FlowRuleTarget.start(onDemand()));
    template().hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineType: Match.absent(),
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: Match.absent() },
      TracingConfiguration: { Enabled: true },
    });
    template().hasResource('AWS::Logs::LogGroup', {
      Properties: {
        LogGroupName: { 'Fn::Join': ['', ['/aws/vendedlogs/states/', { Ref: 'AWS::StackName' }, Match.stringLikeRegexp('^/StackFlowStartOnEvent')]] },
        RetentionInDays: 30,
      },
      DeletionPolicy: 'Delete',
    });
  });
});

describe('permissions', () => {
  const policiesOf = (role: string) => Object.values(template().findResources('AWS::IAM::Policy'))
    .filter(({ Properties: { Roles } }) => Roles.some(({ Ref }: { Ref: string }) => Ref.startsWith(role)))
    .flatMap(({ Properties: { PolicyDocument } }) => PolicyDocument.Statement);

  test.each<[string, () => FlowRuleTarget, string]>([
    ['start', () => FlowRuleTarget.start(onDemand()), 'appflow:StartFlow'],
    ['stop', () => FlowRuleTarget.stop(scheduled()), 'appflow:StopFlow'],
  ])('to %s are on this flow, and all others are to write logs and traces', (verb, makeTarget, action) => {
    arrival(makeTarget());
    const statements = policiesOf(verb === 'start' ? 'FlowStartOnEventRole' : 'FlowStopOnEventRole');
    expect(statements).toContainEqual({ Action: action, Effect: 'Allow', Resource: stack.resolve((stack.node.findChild('Flow') as Flow).flowArn) });
    const others = statements.flatMap(({ Action }) => Action).filter((each: string) => each !== action);
    others.forEach((each: string) => expect(each).toMatch(/^(logs|xray):\w+$/));
  });

  test('of EventBridge are to start this state machine', () => {
    arrival(FlowRuleTarget.start(onDemand()));
    const [machine] = Object.keys(template().findResources('AWS::StepFunctions::StateMachine'));
    expect(policiesOf('FlowStartOnEventEventsRole')).toEqual([{ Action: 'states:StartExecution', Effect: 'Allow', Resource: { Ref: machine } }]);
  });

  test.each([
    ['states.amazonaws.com', 'states', 'stateMachine:*'],
    ['events.amazonaws.com', 'events', 'rule/*'],
  ])('are %s\'s on behalf of the account and Region alone', (principal, service, resources) => {
    arrival(FlowRuleTarget.start(onDemand()));
    template().hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: principal },
          Condition: {
            StringEquals: { 'aws:SourceAccount': HERE.account },
            ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${service}:${HERE.region}:${HERE.account}:${resources}`]] } },
          },
        }],
      },
    });
  });
});

describe('the target', () => {
  test('is the state machine, which gets the id of the event alone', () => {
    const deadLetterQueue = new Queue(stack, 'DeadLetters');
    const options: TargetBaseProps = { deadLetterQueue, maxEventAge: Duration.hours(2), retryAttempts: 7 };
    arrival(FlowRuleTarget.start(onDemand(), options));
    template().hasResourceProperties('AWS::Events::Rule', {
      Targets: [{
        Arn: { Ref: Match.stringLikeRegexp('^FlowStartOnEventStateMachine') },
        RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FlowStartOnEventEventsRole'), 'Arn'] },
        InputTransformer: { InputPathsMap: { id: '$.id' }, InputTemplate: '{"id":<id>}' },
        DeadLetterConfig: { Arn: stack.resolve(deadLetterQueue.queueArn) },
        RetryPolicy: { MaximumEventAgeInSeconds: 7200, MaximumRetryAttempts: 7 },
      }],
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('of another flow\'s event makes a chain', () => {
    const [first, second] = [onDemand('First'), onDemand('Second')];
    first.events.onRunSucceeded('Next', { target: FlowRuleTarget.start(second) });
    template().hasResourceProperties('AWS::Events::Rule', { Targets: [{ Arn: { Ref: Match.stringLikeRegexp('^SecondStartOnEvent') } }] });
  });

  test('can be a flow of another Region of the app, to which EventBridge takes the events', () => {
    const far = new Stack(app, 'Far', { env: { ...HERE, region: 'us-east-1' } });
    arrival(FlowRuleTarget.start(onDemand('Flow', far)));
    template(far).resourceCountIs('AWS::StepFunctions::StateMachine', 1);
    template(far).resourceCountIs('AWS::Events::Rule', 1);
    template().hasResourceProperties('AWS::Events::Rule', { Targets: [{ Arn: Match.objectLike({}) }] });
  });

  test('cannot be a flow that is imported from another Region, where the state machine would not find it', () => {
    const imported = Flow.fromFlowArn(stack, 'Flow', `arn:aws:appflow:us-east-1:${HERE.account}:flow/flow`);
    expect(() => arrival(FlowRuleTarget.start(imported))).toThrow('appflow-constructs:flow-of-target-elsewhere');
  });
});
