import { Mapping, OnDemandFlow, RunOnDeploy, RunWait, S3Destination, S3Source } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { newStack } from '../synthesis';

function awaitedFlow(stack: Stack, id = 'Flow', timeout?: Duration): OnDemandFlow {
  return runFlow(stack, id, RunWait.untilSuccessful({ timeout }));
}

function runFlow(stack: Stack, id: string, wait?: RunWait): OnDemandFlow {
  const bucket = Bucket.fromBucketName(stack, `${id}Bucket`, 'bucket');
  return new OnDemandFlow(stack, id, {
    source: new S3Source(bucket, { prefix: 'in' }),
    destination: new S3Destination(bucket, { prefix: 'out' }),
    tasks: [Mapping.all()],
    runOnDeploy: RunOnDeploy.onChange({ wait }),
  });
}

test('one for all custom resources of a stack that take long, and only where there is one', () => {
  const typesWith = (define: (stack: Stack) => void) => {
    const stack = newStack();
    define(stack);
    const types = Object.values<{ Type: string }>(Template.fromStack(stack).toJSON().Resources).map(({ Type }) => Type);
    return types.filter((type) => !/^Custom::|^AWS::AppFlow/.test(type)).sort();
  };
  const none = typesWith((stack) => void runFlow(stack, 'Flow'));
  const one = typesWith((stack) => void awaitedFlow(stack));
  const three = typesWith((stack) => ['One', 'Two', 'Three'].forEach((id) => awaitedFlow(stack, id)));
  expect(three).toEqual(one);
  expect(one).toEqual([
    ...none,
    ...Array<string>(3).fill('AWS::IAM::Policy'), ...Array<string>(3).fill('AWS::IAM::Role'), ...Array<string>(5).fill('AWS::Lambda::Function'),
    'AWS::StepFunctions::StateMachine',
  ].sort());
});

test('functions of the stack log to the one group, and none logs what a request is answered at', () => {
  const stack = newStack();
  awaitedFlow(stack);
  const template = Template.fromStack(stack);
  const [logGroup] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
  template.allResourcesProperties('AWS::Lambda::Function', { LoggingConfig: Match.objectLike({ LogGroup: { Ref: logGroup } }) });
  template.resourcePropertiesCountIs('AWS::Lambda::Function', { LoggingConfig: Match.objectLike({ ApplicationLogLevel: 'FATAL' }) }, 3);
  template.hasResourceProperties('AWS::StepFunctions::StateMachine', { LoggingConfiguration: Match.absent() });
});

test('the roles of the framework may call the two functions, start the state machine, and write logs', () => {
  const stack = newStack();
  awaitedFlow(stack);
  const template = Template.fromStack(stack);
  template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.includes('Polling'));
  expect(policies).toHaveLength(3);
  const statements = policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
  expect([...new Set(statements.flatMap(({ Action }) => Action))].sort()).toEqual([
    'lambda:GetFunction', 'lambda:InvokeFunction', 'logs:CreateLogStream', 'logs:PutLogEvents', 'states:StartExecution',
  ]);
  expect(JSON.stringify(statements)).not.toContain('"Resource":"*"');
});

test('asks every 30 seconds, for as long as CloudFormation waits', () => {
  const stack = newStack();
  awaitedFlow(stack);
  const template = Template.fromStack(stack);
  const [{ Properties }] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  const definition = JSON.stringify(Properties.DefinitionString);
  expect(definition).toContain('\\"IntervalSeconds\\":30,\\"MaxAttempts\\":120,\\"BackoffRate\\":1');
  template.allResourcesProperties('Custom::AppFlowFlowRunCompletion', { ServiceTimeout: '3600' });
});

test('the two functions are the bundle', () => {
  const stack = newStack();
  awaitedFlow(stack);
  for (const handler of ['index.handler', 'index.onEvent', 'index.isComplete']) {
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Handler: handler, Runtime: 'nodejs24.x' });
  }
});

test.each([[1, [60]], [50, [3000]], [51, [3000, 60]], [120, [3000, 3000, 1200]], [2880, [...Array<number>(57).fill(3000), 1800]]])(
  '%s minutes are waited for by custom resources in a row', (minutes, seconds) => {
    const stack = newStack();
    awaitedFlow(stack, 'Flow', Duration.minutes(minutes));
    const template = Template.fromStack(stack).toJSON();
    const parts = Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === 'Custom::AppFlowFlowRunCompletion');
    expect(parts.map(([, { Properties }]) => Properties.Seconds)).toEqual(seconds);
    expect(parts.map(([, { Properties }]) => Properties.Last)).toEqual(seconds.map((_, index) => index === seconds.length - 1));
    parts.slice(1).forEach(([, { DependsOn }], index) => expect(DependsOn).toContain(parts[index][0]));
    expect(parts[0][1].Properties.ExecutionId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^FlowRun/), 'ExecutionId'] });
  });
