import {
  ConnectorProfile, DataPull, EventFlow, Flow, FlowActivation, FlowActivationState, FlowSchedule, Mapping, OnDemandFlow, S3Destination,
  S3Source, SalesforceSource, ScheduledFlow, type ScheduledFlowProps, ScheduleTime,
} from 'appflow-constructs';
import { App, CfnOutput, CfnParameter, CfnResource, Duration, NestedStack, RemovalPolicy, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';

const FLOW_NAME = /^[a-zA-Z0-9][\w!@#.-]+$/;

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
});

function ends(scope: Construct = stack) {
  const bucket = new Bucket(scope, 'Bucket');
  return { source: new S3Source(bucket, { prefix: 'in' }), destination: new S3Destination(bucket), tasks: [Mapping.all()] };
}

function scheduled(props: Partial<ScheduledFlowProps> = {}, id = 'Flow') {
  return new ScheduledFlow(stack, id, { ...ends(id === 'Flow' ? stack : new Construct(stack, `EndsOf${id}`)), schedule: FlowSchedule.every(Duration.hours(1)), ...props });
}

function flowProperties(scope: Stack = stack) {
  const [flow] = Object.values(Template.fromStack(scope).findResources('AWS::AppFlow::Flow'));
  return flow.Properties;
}

describe('the name', () => {
  test('is made from the path, and is one that AppFlow takes', () => {
    scheduled();
    expect(flowProperties().FlowName).toMatch(FLOW_NAME);
    expect(flowProperties().FlowName).toMatch(/^Stack-Flow-[0-9A-F]{8}-[0-9a-f]{8}$/);
  });

  test('is that which the user gives', () => {
    scheduled({ flowName: 'opportunities' });
    expect(flowProperties().FlowName).toEqual('opportunities');
  });

  test('can be known only at deploy time', () => {
    scheduled({ flowName: new CfnParameter(stack, 'Name').valueAsString });
    expect(flowProperties().FlowName).toEqual({ Ref: 'Name' });
  });

  test.each(['x', 'a'.repeat(200), 'ünïcode', 'a.b.c'])('stays within the pattern for the id %s', (id) => {
    new OnDemandFlow(stack, id, ends());
    expect(flowProperties().FlowName).toMatch(FLOW_NAME);
    expect(flowProperties().FlowName.length).toBeLessThanOrEqual(128);
  });

  test('differs between stages, stacks, nested stacks and ids', () => {
    const app = new App();
    const stacks = [
      new Stack(app, 'One'), new Stack(app, 'Two'), new Stack(new Stage(app, 'Beta'), 'One'), new NestedStack(new Stack(app, 'Three'), 'Nested'),
    ];
    for (const each of stacks) {
      const props = ends(each);
      new OnDemandFlow(each, 'A', props);
      new OnDemandFlow(each, 'B', props);
    }
    const names = stacks.flatMap((each) => Object.values(Template.fromStack(each).findResources('AWS::AppFlow::Flow')))
      .map(({ Properties }) => Properties.FlowName);
    expect(new Set(names).size).toEqual(8);
  });
});

describe('references', () => {
  test('are those of the resource', () => {
    const flow = scheduled();
    expect(stack.resolve(flow.flowName)).toEqual({ Ref: expect.stringMatching(/^Flow/) });
    expect(stack.resolve(flow.flowArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Flow/), 'FlowArn'] });
  });

  test.each<[string, (scope: Stack) => appflow.IFlowRef]>([
    ['a flow of ours', () => scheduled({ flowName: 'f' })],
    ['an L1 flow', (scope) => CfnFlow.fromFlowName(scope, 'L1', 'f')],
    ['an imported flow', (scope) => Flow.fromFlowName(scope, 'Imported', 'f')],
  ])('%s can be handed around as IFlowRef', (_, make) => {
    const ref = make(stack);
    expect(stack.resolve(ref.flowRef.flowName)).toBeDefined();
    expect(stack.resolve(ref.flowRef.flowArn)).toBeDefined();
  });

  test('by name have the ARN of the stack\'s environment', () => {
    const flow = Flow.fromFlowName(stack, 'Imported', 'opportunities');
    expect(flow.flowName).toEqual('opportunities');
    expect(stack.resolve(flow.flowArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appflow:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':flow/opportunities']],
    });
  });

  test('by ARN have the name and the environment of the ARN', () => {
    const flow = Flow.fromFlowArn(stack, 'Imported', 'arn:aws-cn:appflow:cn-north-1:111122223333:flow/opportunities');
    expect(flow.flowName).toEqual('opportunities');
    expect(flow.env).toMatchObject({ account: '111122223333', region: 'cn-north-1' });
  });

  test('by an ARN that is known only at deploy time have the name in it', () => {
    const arn = new CfnParameter(stack, 'Arn').valueAsString;
    const flow = ScheduledFlow.fromFlowArn(stack, 'Imported', arn);
    expect(stack.resolve(flow.flowName)).toEqual({
      'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', { Ref: 'Arn' }] }] }] }],
    });
  });
});

describe('triggers', () => {
  test('of a scheduled flow say when and what', () => {
    scheduled({
      schedule: FlowSchedule.every(Duration.minutes(5), {
        startTime: ScheduleTime.iso('2099-01-01T02:00:00Z'),
        endTime: ScheduleTime.at(new Date(Date.UTC(2099, 1, 1))),
        firstExecutionFrom: ScheduleTime.epochSeconds(1_700_000_000),
        timeZone: 'Europe/Berlin',
        offset: Duration.minutes(2),
        deactivationThreshold: 3,
      }),
      pull: DataPull.incremental({ timestampField: 'LastModifiedDate', continueOnReplacement: false }),
    });
    expect(flowProperties().TriggerConfig).toEqual({
      TriggerType: 'Scheduled',
      TriggerProperties: {
        ScheduleExpression: 'rate(5minutes)',
        DataPullMode: 'Incremental',
        ScheduleStartTime: 4070916000,
        ScheduleEndTime: 4073587200,
        FirstExecutionFrom: 1700000000,
        TimeZone: 'Europe/Berlin',
        ScheduleOffset: 120,
        FlowErrorDeactivationThreshold: 3,
      },
    });
    expect(flowProperties().SourceFlowConfig.IncrementalPullConfig).toEqual({ DatetimeTypeFieldName: 'LastModifiedDate' });
  });

  test('of an on-demand flow have no properties', () => {
    new OnDemandFlow(stack, 'Flow', ends());
    expect(flowProperties().TriggerConfig).toEqual({ TriggerType: 'OnDemand' });
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
  });
});

describe('activation', () => {
  const customResource = () => Object.values(Template.fromStack(stack).findResources('Custom::AppFlowFlowActivation'))[0].Properties;
  const activations = () => customResource().Flows;
  const flowId = () => Object.keys(Template.fromStack(stack).findResources('AWS::AppFlow::Flow'))[0];

  test('is the custom resource\'s by default', () => {
    scheduled();
    expect(flowProperties().FlowStatus).toBeUndefined();
    expect(activations()).toEqual({ [flowId()]: { FlowName: { Ref: flowId() }, TriggerType: 'Scheduled', Status: 'Active' } });
  });

  test('can be to suspend', () => {
    scheduled({ activation: FlowActivation.byCustomResource(FlowActivationState.SUSPENDED) });
    expect(activations()).toMatchObject({ [flowId()]: { Status: 'Suspended' } });
  });

  test.each([FlowActivationState.ACTIVE, FlowActivationState.SUSPENDED])('can be CloudFormation\'s, to %s', (state) => {
    scheduled({ activation: FlowActivation.byCloudFormation(state) });
    expect(flowProperties().FlowStatus).toEqual(state);
    Template.fromStack(stack).resourceCountIs('Custom::AppFlowFlowActivation', 0);
  });

  test('can be nobody\'s', () => {
    scheduled({ activation: FlowActivation.manual() });
    expect(flowProperties().FlowStatus).toBeUndefined();
    Template.fromStack(stack).resourceCountIs('Custom::AppFlowFlowActivation', 0);
  });

  test('of an event flow works alike', () => {
    const source = new SalesforceSource(ConnectorProfile.fromConnectorProfileName(stack, 'P', 'p'), { object: 'Order__e' });
    new EventFlow(stack, 'Flow', { ...ends(), source });
    expect(activations()).toMatchObject({ [flowId()]: { TriggerType: 'Event', Status: 'Active' } });
  });

  test('leaves a retained flow running', () => {
    scheduled().applyRemovalPolicy(RemovalPolicy.RETAIN);
    expect(activations()).toMatchObject({ [flowId()]: { OnDelete: 'Leave' } });
  });

  test('can be to leave the flow as it is found', () => {
    scheduled({ activation: FlowActivation.leaveAsFound(FlowActivationState.SUSPENDED) });
    expect(activations()).toMatchObject({ [flowId()]: { Status: 'AsFound', InitialStatus: 'Suspended' } });
  });

  test('knows a flow by its logical id, as the user has overridden it', () => {
    (scheduled().node.defaultChild as CfnFlow).overrideLogicalId('Mine');
    expect(activations()).toEqual({ Mine: { FlowName: { Ref: 'Mine' }, TriggerType: 'Scheduled', Status: 'Active' } });
  });

  test('is one for all flows of a stack, whose logical id stays', () => {
    const props = { ...ends(), schedule: FlowSchedule.every(Duration.hours(1)) };
    ['First', 'Second'].forEach((id) => new ScheduledFlow(stack, id, props));
    new ScheduledFlow(stack, 'Mine', { ...props, activation: FlowActivation.manual() });
    const resources = Template.fromStack(stack).findResources('Custom::AppFlowFlowActivation');
    expect(Object.keys(resources)).toEqual(['AppFlowConstructsProviderActivationA2516A9D']);
    expect(Object.keys(activations())).toEqual([expect.stringMatching(/^First/), expect.stringMatching(/^Second/)]);
  });

  test.each<[string, Partial<ScheduledFlowProps>, boolean]>([
    ['is only marked', { activation: FlowActivation.manual(), pull: DataPull.incremental({ timestampField: 'LastModifiedDate' }) }, true],
    ['is not even that', { activation: FlowActivation.manual() }, false],
  ])('of a flow that nobody activates and that %s is said to be manual where the handler would take the flow for one of its own', (_, props, isNamed) => {
    scheduled(props);
    const resources = Object.values(Template.fromStack(stack).findResources('Custom::AppFlowFlowActivation'));
    expect(resources.map(({ Properties }) => Properties.Flows[flowId()].Status)).toEqual(isNamed ? ['Manual'] : []);
  });

  test('can wait for more', () => {
    const needed = new CfnResource(stack, 'Needed', { type: 'AWS::SNS::Topic' });
    const flow = scheduled();
    needed.node.addDependency(flow);
    flow.activateAfter(needed);
    Template.fromStack(stack).hasResource('Custom::AppFlowFlowActivation', { DependsOn: Match.arrayWith(['Needed']) });
    expect(() => scheduled({ activation: FlowActivation.byCloudFormation() }, 'Early').activateAfter(needed)).toThrow('appflow-constructs:activation-too-early');
    scheduled({ activation: FlowActivation.manual() }, 'Manual').activateAfter(needed);
  });

  describe('is due again', () => {
    const template = (change: (flow: ScheduledFlow) => void = () => undefined, props: Partial<ScheduledFlowProps> = {}) => {
      stack = new Stack(new App(), 'Stack');
      change(scheduled(props));
      const { Template: hash, Parameters } = customResource();
      return JSON.stringify([hash, Parameters]);
    };

    test.each<[string, (flow: ScheduledFlow) => void, Partial<ScheduledFlowProps>]>([
      ['the flow', () => undefined, { description: 'another' }],
      ['the flow through an escape hatch', ({ node }) => (node.defaultChild as CfnFlow).addPropertyOverride('Description', 'another'), {}],
      ['another resource', () => new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' }), {}],
      ['another resource, after the template was looked at', () => {
        stack.resolve(stack.node.findAll().filter(CfnResource.isCfnResource).map((resource) => resource._toCloudFormation()));
        new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
      }, {}],
      ['an output', () => new CfnOutput(stack, 'Output', { value: 'text' }), {}],
      ['a parameter', () => new CfnParameter(stack, 'Parameter'), {}],
    ])('when something changes: %s', (_, change, props) => {
      expect(template(change, props)).not.toEqual(template());
    });

    test('only then', () => {
      expect(template()).toEqual(template());
      expect(JSON.parse(template())).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/), null]);
    });

    test('when a parameter has another value, unless that is secret', () => {
      const [, parameters] = JSON.parse(template(() => {
        new CfnParameter(stack, 'Open');
        new CfnParameter(stack, 'Secret', { noEcho: true });
      }));
      expect(parameters).toEqual([{ Ref: 'Open' }]);
    });
  });
});

test('tags reach the flow through CloudFormation', () => {
  Tags.of(scheduled()).add('team', 'sales');
  expect(flowProperties().Tags).toContainEqual({ Key: 'team', Value: 'sales' });
});

test('the key is sent', () => {
  const encryptionKey = new Key(stack, 'Key');
  scheduled({ encryptionKey });
  expect(flowProperties().KMSArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] });
});

test('a dependency on a flow is one on its creation, and makes no cycle with the activation', () => {
  const props = ends();
  const first = new ScheduledFlow(stack, 'First', { ...props, schedule: FlowSchedule.every(Duration.hours(1)) });
  const second = new ScheduledFlow(stack, 'Second', { ...props, schedule: FlowSchedule.every(Duration.hours(1)) });
  second.node.addDependency(first);
  const template = Template.fromStack(stack); // refuses cycles
  const [firstId] = Object.keys(template.findResources('AWS::AppFlow::Flow'));
  template.hasResource('AWS::AppFlow::Flow', { DependsOn: Match.arrayWith([firstId]) });
});

test('all that is wrong is told at once, at the construct\'s path', () => {
  scheduled({ flowName: 'no blanks', description: 'no / slash', schedule: FlowSchedule.every(Duration.seconds(10)) });
  expect(() => Template.fromStack(stack)).toThrow(/\[Stack\/Flow\].*flow-name-invalid[^]*\[Stack\/Flow\].*flow-description-invalid[^]*schedule-rate-too-high/);
});

test('a number that is known only at deploy time can be part of a name', () => {
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  scheduled({ flowName: `copy-${number}`, description: `copy ${number}` });
  expect(flowProperties().FlowName).toEqual({ 'Fn::Join': ['', ['copy-', { Ref: 'Number' }]] });
});
