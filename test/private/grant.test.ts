import {
  Connector, ConnectorProfile, CustomerProfilesDestination, Flow, FlowGrants, Mapping, OnDemandFlow, SalesforceSource,
} from 'appflow-constructs';
import { App, CfnParameter, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { salesforceProfile, salesforceToS3 } from '../samples';
import { newStack, templateOf, warningsOf } from '../synthesis';

const ACCOUNT = '111111111111';
const OTHER_ACCOUNT = '222222222222';

/** The flows that there are. */
const FLOWS: [string, (stack: Stack) => appflow.IFlowRef][] = [
  ['a flow', (stack) => new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()] })],
  ['a flow that the custom resource makes', (stack) => new OnDemandFlow(stack, 'Flow', {
    source: new SalesforceSource(salesforceProfile(stack), { object: 'Lead' }),
    destination: new CustomerProfilesDestination({ domainName: 'customers' }),
    tasks: [Mapping.fields(['Id'])],
  })],
  ['a flow by its name', (stack) => Flow.fromFlowName(stack, 'Flow', 'leads')],
  ['a flow by its ARN', (stack) => Flow.fromFlowArn(stack, 'Flow', `arn:aws:appflow:eu-west-1:${ACCOUNT}:flow/leads`)],
  ['an L1 flow', (stack) => new CfnFlow(stack, 'Flow', {
    flowName: 'leads',
    tasks: [],
    triggerConfig: { triggerType: 'OnDemand' },
    destinationFlowConfigList: [],
    sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties: {} },
  })],
  ['an L1 flow by its name', (stack) => CfnFlow.fromFlowName(stack, 'Flow', 'leads')],
];

/** What takes statements into a policy. */
const GRANTEES: [string, (stack: Stack) => iam.IGrantable][] = [
  ['a role', (stack) => role(stack)],
  ['an imported role', (stack) => iam.Role.fromRoleArn(stack, 'Grantee', `arn:aws:iam::${ACCOUNT}:role/operator`)],
  ['a role by its name', (stack) => iam.Role.fromRoleName(stack, 'Grantee', 'operator')],
  ['a user', (stack) => new iam.User(stack, 'Grantee')],
  ['an imported user', (stack) => iam.User.fromUserName(stack, 'Grantee', 'operator')],
  ['a group', (stack) => new iam.Group(stack, 'Grantee')],
  ['a managed policy', (stack) => new iam.ManagedPolicy(stack, 'Grantee')],
  ['a function', (stack) =>
    new Function(stack, 'Grantee', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = () => {};') })],
];

function role(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Grantee', { assumedBy: new iam.AccountRootPrincipal() });
}

function stackIn(account?: string): Stack {
  return new Stack(new App(), 'Stack', { env: { account, region: 'eu-west-1' } });
}

/** The statements for AppFlow in the identity policies of a stack, without those of the library's own handler. */
function statements(stack: Stack): any[] {
  return Object.entries<any>(templateOf(stack).Resources ?? {})
    .filter(([id, { Type }]) => ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(Type) && !id.startsWith('AppFlowConstructs'))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => JSON.stringify(Action).includes('appflow:'));
}

describe.each(FLOWS)('on %s', (_flow, makeFlow) => {
  test.each(GRANTEES)('%s gets the statement, for that flow alone', (_grantee, makeGrantee) => {
    const stack = stackIn(ACCOUNT);
    const flow = makeFlow(stack);
    const result = FlowGrants.fromFlow(flow).start(makeGrantee(stack));
    expect(result.success).toBe(true);
    expect(statements(stack)).toEqual([{ Effect: 'Allow', Action: 'appflow:StartFlow', Resource: stack.resolve(flow.flowRef.flowArn) }]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, iam.IPrincipal]>([
    ['a service', new iam.ServicePrincipal('scheduler.amazonaws.com')],
    ['an identity provider', new iam.FederatedPrincipal('cognito-identity.amazonaws.com')],
    ['everybody', new iam.StarPrincipal()],
  ])('%s cannot be granted anything', (_principal, principal) => {
    const stack = stackIn(ACCOUNT);
    const grants = FlowGrants.fromFlow(makeFlow(stack));
    expect(() => grants.start(principal)).toThrow(/\(appflow-constructs:grantee-without-policy at Stack\/Flow\)$/);
  });

  test.each<[string, (stack: Stack) => iam.IGrantable, string]>([
    ['the ARN of an identity', () => new iam.ArnPrincipal('arn:aws:iam::111111111111:role/operator'), '{"AWS":["arn:aws:iam::111111111111:role/operator"]}'],
    ['the account', () => new iam.AccountPrincipal(ACCOUNT), '{"AWS":'],
    ['an imported role that is not to be changed', (stack) =>
      iam.Role.fromRoleArn(stack, 'Fixed', `arn:aws:iam::${ACCOUNT}:role/operator`, { mutable: false }), '\'Stack/Fixed\''],
    ['a role that grants go to resources for', (stack) =>
      iam.Role.fromRoleArn(stack, 'Fixed', `arn:aws:iam::${ACCOUNT}:role/operator`, { mutable: false, addGrantsToResources: true }), '\'Stack/Fixed\''],
    ['a role of the stack without its updates', (stack) => role(stack).withoutPolicyUpdates(), '\'Stack/ImmutableRoleGrantee\''],
    ['a function with an imported role', (stack) => Function.fromFunctionAttributes(stack, 'Fixed', {
      functionArn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`,
      role: iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/operator`, { mutable: false }),
    }), '\'Stack/Fixed\''],
  ])('for %s a warning prints the statement', (_grantee, makeGrantee, name) => {
    const stack = stackIn(ACCOUNT);
    const flow = makeFlow(stack);
    FlowGrants.fromFlow(flow).cancel(makeGrantee(stack));
    const [warning, ...others] = warningsOf(stack).filter((text) => text.includes('grantee-policy-not-changed'));
    expect(others).toEqual([]);
    expect(warning).toContain(`the policy of ${name}`);
    const [, printed] = /where the identity is defined: (\{.*\}) \[ack/.exec(warning)!;
    expect(JSON.parse(printed)).toEqual({ Effect: 'Allow', Action: 'appflow:CancelFlowExecutions', Resource: stack.resolve(flow.flowRef.flowArn) });
    expect(statements(stack)).toEqual([]);
  });
});

test('of a function without a role, the CDK warns itself', () => {
  const stack = stackIn(ACCOUNT);
  const imported = Function.fromFunctionName(stack, 'Function', 'starter');
  FlowGrants.fromFlow(Flow.fromFlowName(stack, 'Flow', 'leads')).start(imported);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('@aws-cdk/aws-iam:unknownPrincipalAddStatementToRole')]);
});

describe('an identity of another account', () => {
  test.each<[string, (stack: Stack) => iam.IGrantable]>([
    ['an imported role', (stack) => iam.Role.fromRoleArn(stack, 'Grantee', `arn:aws:iam::${OTHER_ACCOUNT}:role/operator`)],
    ['a role of a stack there', (stack) =>
      role(new Stack(App.of(stack) as App, 'Other', { env: { account: OTHER_ACCOUNT, region: 'eu-west-1' } }))],
    ['the account', () => new iam.AccountPrincipal(OTHER_ACCOUNT)],
  ])('is refused: %s', (_, makeGrantee) => {
    const stack = stackIn(ACCOUNT);
    const { grants } = Flow.fromFlowName(stack, 'Flow', 'leads');
    expect(() => grants.start(makeGrantee(stack))).toThrow(/of the account 222222222222, allowed identities of the account 111111111111; .*grantee-in-another-account/);
  });

  test('is refused on an imported flow of another account, too, as the identity is of this one', () => {
    const stack = stackIn(ACCOUNT);
    const { grants } = Flow.fromFlowArn(stack, 'Flow', `arn:aws:appflow:eu-west-1:${OTHER_ACCOUNT}:flow/leads`);
    expect(() => grants.start(role(stack))).toThrow('grantee-in-another-account');
  });

  test('is not suspected where one of the accounts is known only at deploy time', () => {
    const known = stackIn(ACCOUNT);
    const agnostic = newStack();
    Flow.fromFlowArn(known, 'Flow', `arn:aws:appflow:eu-west-1:${new CfnParameter(known, 'Account').valueAsString}:flow/leads`).grants.start(role(known));
    Flow.fromFlowName(agnostic, 'Flow', 'leads').grants.start(iam.Role.fromRoleArn(agnostic, 'Grantee', `arn:aws:iam::${OTHER_ACCOUNT}:role/operator`));
    expect([statements(known), statements(agnostic)]).toEqual([[expect.anything()], [expect.anything()]]);
  });

  test('is let in where flow and role are of the same account, which is not that of the stack, but has to be told elsewhere', () => {
    const stack = stackIn(ACCOUNT);
    const there = iam.Role.fromRoleArn(stack, 'Grantee', `arn:aws:iam::${OTHER_ACCOUNT}:role/operator`);
    Flow.fromFlowArn(stack, 'Flow', `arn:aws:appflow:eu-west-1:${OTHER_ACCOUNT}:flow/leads`).grants.start(there);
    expect(warningsOf(stack)).toEqual([expect.stringContaining('grantee-policy-not-changed')]);
  });
});

describe('any actions', () => {
  const makeStack = () => stackIn(ACCOUNT);

  test.each<[string, string[], RegExp]>([
    ['creating a flow', ['appflow:CreateFlow'], /got 'appflow:CreateFlow', allowed 'appflow:CancelFlowExecutions'/],
    ['using a connector profile, in any case', ['appflow:StopFlow', 'AppFlow:useconnectorprofile'], /got 'AppFlow:useconnectorprofile'/],
    ['describing flows, which only the console does', ['appflow:DescribeFlows'], /cannot be limited to a flow in IAM/],
  ])('are refused that IAM cannot limit to a flow: %s', (_, actions, expected) => {
    const stack = makeStack();
    const { grants } = Flow.fromFlowName(stack, 'Flow', 'leads');
    expect(() => grants.actions(role(stack), ...actions)).toThrow(expected);
  });

  test.each<[string, (stack: Stack) => void, RegExp]>([
    ['a connector profile', (stack) => ConnectorProfile.fromConnectorProfileName(stack, 'P', 'acme').grants.actions(role(stack), 'appflow:DescribeConnectorProfiles'),
      /limited to a connector profile in IAM, .* allowed 'appflow:DeleteConnectorProfile'/],
    ['a connector', (stack) => Connector.fromConnectorLabel(stack, 'C', 'Billing').grants.actions(role(stack), 'appflow:StartFlow'),
      /limited to a connector in IAM, .* allowed 'appflow:DescribeConnector'/],
  ])('are refused that IAM cannot limit to %s', (_, code, expected) => {
    expect(() => code(makeStack())).toThrow(expected);
  });

  test('are taken that AppFlow may have by now, with wildcards, of other services, and those known only at deploy time', () => {
    const stack = makeStack();
    const { grants } = Flow.fromFlowName(stack, 'Flow', 'leads');
    const actions = ['appflow:PauseFlow', 'appflow:Describe*', Lazy.string({ produce: () => 'appflow:StartFlow' }), Fn.importValue('action')];
    grants.actions(role(stack), ...actions);
    expect(statements(stack)).toEqual([expect.objectContaining({ Action: ['appflow:PauseFlow', 'appflow:Describe*', 'appflow:StartFlow', { 'Fn::ImportValue': 'action' }] })]);
  });
});

test('what depends on a grant waits for the policy', () => {
  const stack = stackIn(ACCOUNT);
  const grantee = role(stack);
  const starter = new iam.Role(stack, 'Starter', { assumedBy: grantee });
  Flow.fromFlowName(stack, 'Flow', 'leads').grants.start(grantee).applyBefore(starter);
  const made = Object.entries<any>(templateOf(stack).Resources).find(([id]) => id.startsWith('Starter'))!;
  expect(made[1].DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^GranteeDefaultPolicy/)]));
});
