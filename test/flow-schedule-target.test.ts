import { Flow, FlowSchedule, FlowScheduleTarget, type FlowScheduleTargetOptions, Mapping, OnDemandFlow, ScheduledFlow } from 'appflow-constructs';
import { App, Aws, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { salesforceToS3 } from './samples';
import { warningsOf } from './synthesis';

const HERE = { account: '123456789012', region: 'eu-west-1' };
const CLIENT_TOKEN = /^[ -~]{1,256}$/;

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack', { env: HERE });
});

const onDemand = (id = 'Flow') => new OnDemandFlow(stack, id, { ...salesforceToS3(stack), tasks: [Mapping.all()] });
const scheduled = () => new ScheduledFlow(stack, 'Flow', { ...salesforceToS3(stack), schedule: FlowSchedule.every(Duration.hours(1)), tasks: [Mapping.all()] });
const l1 = () => new CfnFlow(stack, 'Flow', {
  flowName: 'flow',
  sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties: {} },
  destinationFlowConfigList: [],
  tasks: [],
  triggerConfig: { triggerType: 'OnDemand' },
});

function schedule(target: FlowScheduleTarget, id = 'Schedule', scheduleGroup?: ScheduleGroup) {
  return new Schedule(stack, id, { schedule: ScheduleExpression.rate(Duration.hours(1)), target, scheduleGroup });
}

function only(type: string): any {
  const resources = Object.values(Template.fromStack(stack).findResources(type));
  expect(resources).toHaveLength(1);
  return resources[0].Properties;
}

/** The request that EventBridge Scheduler sends, with its keywords and the references of the template put in. */
function request(): any {
  const { Target: { Input } } = only('AWS::Scheduler::Schedule');
  const text = typeof Input === 'string' ? Input : Input['Fn::Join'][1].map((part: any) => typeof part === 'string' ? part : part.Ref).join('');
  return JSON.parse(text
    .replaceAll('<aws.scheduler.schedule-arn>', 'arn:aws-us-gov:scheduler:us-gov-west-1:123456789012:schedule/' + 'g'.repeat(64) + '/' + 's'.repeat(64))
    .replaceAll('<aws.scheduler.scheduled-time>', '2026-11-22T18:59:43Z'));
}

const statements = () => Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

describe('the request', () => {
  test.each<[string, () => appflow.IFlowRef]>([
    ['an owned flow', onDemand],
    ['an L1', l1],
    ['an imported flow', () => Flow.fromFlowName(stack, 'Flow', 'flow')],
  ])('starts %s, once for each time', (_, makeFlow) => {
    const flow = makeFlow();
    schedule(FlowScheduleTarget.start(flow));
    const { FlowName, ClientToken, ...others } = request();
    const name = stack.resolve(flow.flowRef.flowName);
    expect(FlowName).toBe(name.Ref ?? name);
    expect(ClientToken).toMatch(CLIENT_TOKEN);
    expect(ClientToken).toContain('2026-11-22T18:59:43Z');
    expect(others).toEqual({});
    expect(only('AWS::Scheduler::Schedule').Target.Arn).toEqual(stack.resolve(`arn:${Aws.PARTITION}:scheduler:::aws-sdk:appflow:startFlow`));
  });

  test('stops a flow, with no token', () => {
    schedule(FlowScheduleTarget.stop(scheduled()));
    expect(Object.keys(request())).toEqual(['FlowName']);
    expect(only('AWS::Scheduler::Schedule').Target.Arn).toEqual(stack.resolve(`arn:${Aws.PARTITION}:scheduler:::aws-sdk:appflow:stopFlow`));
  });

  test('has another token in each schedule, so that AppFlow takes no flow for another one', () => {
    ['One', 'Two'].forEach((id) => schedule(FlowScheduleTarget.start(onDemand(id)), `${id}Schedule`));
    const inputs = Object.values(Template.fromStack(stack).findResources('AWS::Scheduler::Schedule')).map(({ Properties }) => JSON.stringify(Properties.Target.Input));
    inputs.forEach((input) => expect(input).toContain('<aws.scheduler.schedule-arn>'));
  });
});

describe('the role', () => {
  test.each<[string, () => FlowScheduleTarget, string]>([
    ['start', () => FlowScheduleTarget.start(onDemand()), 'appflow:StartFlow'],
    ['stop', () => FlowScheduleTarget.stop(scheduled()), 'appflow:StopFlow'],
  ])('of a %s may do that with this flow, and nothing else', (_, makeTarget, action) => {
    const { node } = schedule(makeTarget());
    const role = node.findChild('TargetRole') as Role;
    const policy = Template.fromStack(stack).findResources('AWS::IAM::Policy', { Properties: { Roles: [stack.resolve(role.roleName)] } });
    expect(Object.values(policy).map(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([[
      { Action: action, Effect: 'Allow', Resource: stack.resolve((stack.node.findChild('Flow') as Flow).flowArn) },
    ]]);
  });

  test.each<[string, () => ScheduleGroup | undefined, (group?: ScheduleGroup) => unknown]>([
    ['the default group', () => undefined, () => stack.formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: 'default' })],
    ['the group of the schedule', () => new ScheduleGroup(stack, 'Group'), (group) => group!.scheduleGroupArn],
  ])('is assumed for %s of the account', (_, makeGroup, arn) => {
    const group = makeGroup();
    schedule(FlowScheduleTarget.start(onDemand()), 'Schedule', group);
    expect(only('AWS::IAM::Role').AssumeRolePolicyDocument.Statement).toEqual([{
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: 'scheduler.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': HERE.account, 'aws:SourceArn': stack.resolve(arn(group)) } },
    }]);
  });

  test('is one of its own for each schedule', () => {
    const flow = onDemand();
    ['One', 'Two'].forEach((id) => schedule(FlowScheduleTarget.start(flow), id));
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 2);
  });

  test('can be the user\'s, which is allowed the same', () => {
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    schedule(FlowScheduleTarget.start(onDemand(), { role }));
    expect(only('AWS::Scheduler::Schedule').Target.RoleArn).toEqual(stack.resolve(role.roleArn));
    expect(statements()).toEqual([expect.objectContaining({ Action: 'appflow:StartFlow' })]);
  });

  test('that cannot be changed from here is told of', () => {
    const role = Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${HERE.account}:role/scheduler`, { mutable: false });
    schedule(FlowScheduleTarget.start(onDemand(), { role }));
    expect(warningsOf(stack)).toEqual([expect.stringContaining('"Action":"appflow:StartFlow"')]);
  });
});

describe('the options', () => {
  test('go into the schedule, and what they need into the role', () => {
    const deadLetterQueue = new Queue(stack, 'DeadLetters');
    const options: FlowScheduleTargetOptions = { deadLetterQueue, maxEventAge: Duration.hours(2), retryAttempts: 7 };
    schedule(FlowScheduleTarget.start(onDemand(), options));
    expect(only('AWS::Scheduler::Schedule').Target).toMatchObject({
      DeadLetterConfig: { Arn: stack.resolve(deadLetterQueue.queueArn) },
      RetryPolicy: { MaximumEventAgeInSeconds: 7200, MaximumRetryAttempts: 7 },
    });
    expect(statements()).toContainEqual({ Action: 'sqs:SendMessage', Effect: 'Allow', Resource: stack.resolve(deadLetterQueue.queueArn) });
  });

  test('can be left out', () => {
    schedule(FlowScheduleTarget.start(onDemand()));
    expect(only('AWS::Scheduler::Schedule').Target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185 });
    expect(warningsOf(stack)).toEqual([]);
  });
});
