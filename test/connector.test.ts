import { Connector, ConnectorProfile, CustomConnectorConnection, CustomConnectorSource, Mapping, OnDemandFlow } from 'appflow-constructs';
import { App, SecretValue, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnFunction, Code, Function, type IFunction, Runtime, Version } from 'aws-cdk-lib/aws-lambda';
import { salesforceToS3 } from './samples';
import { errorsOf, newStack, templateOf, warningsOf } from './synthesis';

const OTHER_ACCOUNT = 'arn:aws:lambda:eu-west-1:222222222222:function:billing';

function handler(stack: Stack): Function {
  return new Function(stack, 'Handler', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = () => {};') });
}

test('a connector is registered after AppFlow is allowed to invoke its function', () => {
  const stack = newStack();
  new Connector(stack, 'Billing', { function: handler(stack), description: 'What we bill' });
  const template = Template.fromStack(stack);
  const [permission] = Object.keys(template.findResources('AWS::Lambda::Permission'));
  template.hasResource('AWS::AppFlow::Connector', {
    Properties: {
      ConnectorLabel: Match.stringLikeRegexp('^[a-zA-Z0-9][\\w-]+$'),
      ConnectorProvisioningType: 'LAMBDA',
      ConnectorProvisioningConfig: { Lambda: { LambdaArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Handler'), 'Arn'] } } },
      Description: 'What we bill',
    },
    DependsOn: [permission],
  });
  template.hasResourceProperties('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Handler'), 'Arn'] },
    Principal: 'appflow.amazonaws.com',
    SourceAccount: { Ref: 'AWS::AccountId' },
    SourceArn: {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appflow:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':*']],
    },
  });
});

test.each([
  [undefined, []],
  [{}, [{ cost: '7' }]],
  [{ team: 'a', cost: '8' }, [{ team: 'a', cost: '7' }]],
])('given the tags %p, those of the app reach the connector with them, else there is no custom resource', (tags, expected) => {
  const stack = newStack();
  new Connector(stack, 'Connector', { function: handler(stack), connectorLabel: 'Billing', tags });
  Tags.of(stack.node.root).add('cost', '7', { includeResourceTypes: ['AWS::AppFlow::Connector'] });
  const made = Object.values<any>(templateOf(stack).Resources).filter(({ Type }) => Type === 'Custom::AppFlowTags');
  expect(made.map(({ Properties }) => Properties.Tags)).toEqual(expected);
  expect(Object.values<any>(templateOf(stack).Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function')).toHaveLength(1 + expected.length);
});

test('a function that is registered twice is given the permission once', () => {
  const stack = newStack();
  const shared = handler(stack);
  new Connector(stack, 'One', { function: shared });
  new Connector(stack, 'Other', { function: shared });
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 1);
});

test.each<[string, (stack: Stack) => Function | CfnFunction | Version]>([
  ['an L1', (stack) => new CfnFunction(stack, 'Handler', { code: { zipFile: '' }, role: 'role', runtime: 'nodejs22.x', handler: 'index.handler' })],
  ['a version', (stack) => handler(stack).currentVersion],
  ['one of another stack', (stack) => handler(new Stack(App.of(stack) as App, 'Functions'))],
])('%s is given the permission, too', (_, make) => {
  const stack = newStack();
  const given = make(stack);
  new Connector(stack, 'Connector', { function: given });
  Template.fromStack(Stack.of(given)).resourceCountIs('AWS::Lambda::Permission', 1);
  templateOf(stack);
});

test.each<[string, (stack: Stack) => IFunction, number]>([
  ['that cannot be given it from here', (stack) => Function.fromFunctionArn(stack, 'Handler', OTHER_ACCOUNT), 0],
  ['that is known to be in the same account', (stack) =>
    Function.fromFunctionAttributes(stack, 'Handler', { functionArn: OTHER_ACCOUNT, sameEnvironment: true }), 1],
])('an imported function %s', (_, imported, permissions) => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  new Connector(stack, 'Connector', { function: imported(stack) });
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', permissions);
  const warnings = warningsOf(stack);
  expect(warnings).toHaveLength(1 - permissions);
  for (const warning of warnings) {
    expect(warning).toContain('resource-policy-not-changed');
    expect(warning).toContain('"Action":"lambda:InvokeFunction","Condition":{"StringEquals":{"aws:SourceAccount":"111111111111"}');
    expect(warning).toContain(':appflow:eu-west-1:111111111111:*"');
    expect(warning).toContain(`"Resource":"${OTHER_ACCOUNT}"`);
  }
});

test.each<[string, (stack: Stack) => { connectorLabel: string; connectorArn: string }, object]>([
  ['label', (stack) => Connector.fromConnectorLabel(stack, 'Connector', 'Billing'), {
    label: 'Billing',
    arn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appflow:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':connector/Billing']] },
  }],
  ['ARN', (stack) => Connector.fromConnectorArn(stack, 'Connector', 'arn:aws:appflow:eu-west-1:111111111111:connector/Billing'), {
    label: 'Billing',
    arn: 'arn:aws:appflow:eu-west-1:111111111111:connector/Billing',
  }],
])('a connector can be referred to by its %s', (_, imported, expected) => {
  const stack = newStack();
  const { connectorLabel: label, connectorArn: arn } = imported(stack);
  expect(stack.resolve({ label, arn })).toEqual(expected);
});

test('connector profiles and flows use a connector by its label, which is known only at deploy time', () => {
  const stack = newStack();
  const { connectorLabel, connectorType, connectorRef } = new Connector(stack, 'Connector', { function: handler(stack) });
  expect([connectorType.connectorLabel, connectorRef.connectorLabel]).toEqual([connectorLabel, connectorLabel]);
  const profile = new ConnectorProfile(stack, 'Profile', {
    connection: CustomConnectorConnection.apiKey({ connectorLabel, apiKey: SecretValue.secretsManager('billing') }),
  });
  new OnDemandFlow(stack, 'Flow', {
    ...salesforceToS3(stack),
    source: new CustomConnectorSource(profile, { connectorLabel, entityName: 'invoices' }),
    tasks: [Mapping.all()],
  });
  Template.fromStack(stack).hasResourceProperties('AWS::AppFlow::ConnectorProfile', { ConnectorLabel: { Ref: Match.stringLikeRegexp('^Connector') } });
  expect(warningsOf(stack)).toEqual([]);
});

test('a label that AppFlow does not take is reported where the connector is defined', () => {
  const stack = newStack();
  new Connector(stack, 'Connector', { function: handler(stack), connectorLabel: 'Our Billing' });
  expect(errorsOf(stack)).toEqual([expect.stringMatching(/^\[Stack\/Connector\] the label of the connector .*connector-label-invalid/)]);
});
