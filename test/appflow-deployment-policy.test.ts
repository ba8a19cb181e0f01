import { AppFlowDeploymentPolicy, type AppFlowDeploymentPolicyProps } from 'appflow-constructs';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { EveryFeature } from './every-feature';
import { generatedName } from './local-cloud/cloudformation/resources/generated-name';
import { Identities } from './local-cloud/iam';
import { templateOf } from './synthesis';

const ACCOUNT = '111111111111';
const REGION = 'eu-west-1';
const env = { account: ACCOUNT, region: REGION };
const ROLE = `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`;

/** How many characters a managed policy can have: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. */
const QUOTA = 6144;

const EVERYTHING: AppFlowDeploymentPolicyProps = { secretNames: ['*'], connectorFunctionNames: ['*'] };
const SALES: AppFlowDeploymentPolicyProps = {
  stackNames: ['Sales*'],
  flowNames: ['Sales-*'],
  connectorProfileNames: ['Sales-*', 'crm'],
  secretNames: ['crm/*'],
  bucketNames: ['sales-lake'],
  roleNames: ['SalesCatalog'],
  connectorFunctionNames: ['Sales*'],
};

/** The document of a policy, as IAM is given it. */
function documentOf(props?: AppFlowDeploymentPolicyProps | ((stack: Stack) => AppFlowDeploymentPolicyProps)): any {
  const stack = new Stack(new App(), 'Bootstrap', { env });
  new AppFlowDeploymentPolicy(stack, 'Policy', typeof props === 'function' ? props(stack) : props);
  const [policy] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  return resolved(policy.Properties.PolicyDocument);
}

/** A value of a template with the partition in it, and some ARN for each reference. */
function resolved(value: any): any {
  if (Array.isArray(value)) {
    return value.map(resolved);
  }
  if (typeof value !== 'object') {
    return value;
  }
  if ('Ref' in value) {
    return value.Ref === 'AWS::Partition' ? 'aws' : `arn:aws:iam::${ACCOUNT}:policy/${value.Ref}`;
  }
  if ('Fn::GetAtt' in value) {
    return `arn:aws:kms:${REGION}:${ACCOUNT}:key/${value['Fn::GetAtt'][0]}`;
  }
  return 'Fn::Join' in value
    ? value['Fn::Join'][1].map(resolved).join(value['Fn::Join'][0])
    : Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolved(member)]));
}

/** Asks the local cloud's IAM whether a role with the policy may do something. */
function asking(document: any): (action: string, resource: string, context?: Record<string, string>) => boolean {
  const identities = new Identities(ACCOUNT, REGION);
  identities.createRole('Execution', ROLE);
  identities.putPolicy('Execution', 'Policy', document);
  return (action, resource, context) => identities.allows(ROLE, action, resource, {}, context);
}

const flow = `arn:aws:appflow:${REGION}:${ACCOUNT}:flow/Sales-Leads`;
const profile = `arn:aws:appflow:${REGION}:${ACCOUNT}:connectorprofile/Sales-Crm`;
const connector = `arn:aws:appflow:${REGION}:${ACCOUNT}:connector/Billing`;
const connectorFunction = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:Sales-Billing-ABC`;
const bucket = 'arn:aws:s3:::sales-lake';
const key = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0a1b2c3d`;
const catalogRole = `arn:aws:iam::${ACCOUNT}:role/SalesCatalog`;
const ownSecret = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:appflow!${ACCOUNT}-crm-A1b2C3`;
const secret = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:crm/tokens-A1b2C3`;

const toAppFlow = { 'iam:PassedToService': 'appflow.amazonaws.com' };
const byAppFlow = { 'aws:CalledVia': 'appflow.amazonaws.com' };
const keyByAppFlow = { 'kms:ViaService': `appflow.${REGION}.amazonaws.com`, 'kms:GrantIsForAWSResource': 'true' };

/** What each action of CloudFormation's handlers is done to, and with which values of condition keys. */
const DONE_TO: Record<string, [string, Record<string, string>?]> = {
  'iam:PassRole': [catalogRole, toAppFlow],
  's3:ListAllMyBuckets': ['*'],
  's3:GetBucketLocation': [bucket],
  's3:GetBucketPolicy': [bucket],
  'kms:ListKeys': ['*'],
  'kms:ListAliases': ['*'],
  'kms:DescribeKey': [key],
  'kms:ListGrants': [key],
  'kms:CreateGrant': [key, keyByAppFlow],
  'secretsmanager:CreateSecret': [ownSecret, byAppFlow],
  'secretsmanager:PutResourcePolicy': [ownSecret, byAppFlow],
  'secretsmanager:GetSecretValue': [secret],
  'lambda:InvokeFunction': [connectorFunction],
};

const ON_KEYS = ['kms:ListKeys', 'kms:DescribeKey', 'kms:ListAliases', 'kms:CreateGrant', 'kms:ListGrants'];
const ON_BUCKETS = ['iam:PassRole', 's3:ListAllMyBuckets', 's3:GetBucketLocation', 's3:GetBucketPolicy'];
const ON_CREDENTIALS = ['secretsmanager:CreateSecret', 'secretsmanager:PutResourcePolicy'];
const ON_PROFILES = [...ON_KEYS, 'iam:PassRole', ...ON_CREDENTIALS, 'secretsmanager:GetSecretValue'];

/** What the handlers declare, by the schemas of the resource types. */
const HANDLERS: Record<string, [string, string[]]> = {
  'AWS::AppFlow::Flow': [flow, [
    'appflow:CreateFlow', 'appflow:DescribeFlow', 'appflow:UpdateFlow', 'appflow:DeleteFlow', 'appflow:ListFlows', 'appflow:StartFlow', 'appflow:StopFlow',
    'appflow:TagResource', 'appflow:UntagResource', 'appflow:ListTagsForResource', 'appflow:UseConnectorProfile', ...ON_BUCKETS, ...ON_KEYS, ...ON_CREDENTIALS,
  ]],
  'AWS::AppFlow::ConnectorProfile': [profile, [
    'appflow:CreateConnectorProfile', 'appflow:UpdateConnectorProfile', 'appflow:DeleteConnectorProfile', 'appflow:DescribeConnectorProfiles', ...ON_PROFILES,
  ]],
  'AWS::AppFlow::Connector': [connector, [
    'appflow:RegisterConnector', 'appflow:DescribeConnector', 'appflow:UnRegisterConnector', 'appflow:ListConnectors', 'appflow:UpdateConnectorRegistration',
    'lambda:InvokeFunction',
  ]],
};

const WITHOUT_RESOURCES = ['appflow:CreateFlow', 'appflow:CreateConnectorProfile', 'appflow:DescribeConnectorProfiles', 'appflow:RegisterConnector'];

describe.each(Object.entries(HANDLERS))('of what CloudFormation does for %s', (_type, [resource, actions]) => {
  test.each(actions)('%s is allowed, and nowhere but on the resources that are named', (action) => {
    const [on, context] = WITHOUT_RESOURCES.includes(action) ? ['*'] : action === 'appflow:UseConnectorProfile' ? [profile] : DONE_TO[action] ?? [resource];
    expect(asking(documentOf(EVERYTHING))(action, on, context)).toBe(true);
    const mayDo = asking(documentOf((stack) => ({ ...SALES, encryptionKeys: [Key.fromKeyArn(stack, 'Key', key)] })));
    expect(mayDo(action, on, context)).toBe(true);
    if (on !== '*' && on !== connector) {
      expect(mayDo(action, on.replace(/Sales|sales|crm|0a1b2c3d|appflow!/, 'other'), context)).toBe(false);
    }
    if (context !== undefined) {
      expect(mayDo(action, on)).toBe(false);
    }
  });
});

test.each<[string, string, Record<string, string>?]>([
  ['a role to another service', 'iam:PassRole', { 'iam:PassedToService': 'ec2.amazonaws.com' }],
  ['a grant that is not for AppFlow', 'kms:CreateGrant', { ...keyByAppFlow, 'kms:ViaService': `s3.${REGION}.amazonaws.com` }],
  ['a secret that AppFlow does not ask for', 'secretsmanager:CreateSecret', { 'aws:CalledVia': 'cloudformation.amazonaws.com' }],
])('%s is not given', (_, action, context) => {
  expect(asking(documentOf(EVERYTHING))(action, DONE_TO[action][0], context)).toBe(false);
});

test.each(WITHOUT_RESOURCES)('%s is allowed in the Region alone', (action) => {
  expect(asking(documentOf(EVERYTHING))(action, '*', { 'aws:RequestedRegion': 'us-east-1' })).toBe(false);
});

test.each([
  ['appflow:DeleteFlow', `arn:aws:appflow:us-east-1:${ACCOUNT}:flow/Sales-Leads`],
  ['appflow:DeleteFlow', `arn:aws:appflow:${REGION}:222222222222:flow/Sales-Leads`],
  ['iam:CreateRole', `arn:aws:iam::${ACCOUNT}:role/Administrator`],
  ['iam:AttachRolePolicy', `arn:aws:iam::${ACCOUNT}:role/Sales-AppFlowConstructsProviderRole-ABC`],
  ['lambda:CreateFunction', `arn:aws:lambda:${REGION}:${ACCOUNT}:function:Sales-Handler-ABC`],
  ['s3:PutObject', `${bucket}/key`],
  ['kms:Decrypt', key],
])('%s on %s is not allowed', (action, resource) => {
  expect(asking(documentOf())(action, resource)).toBe(false);
});

describe('the library\'s own resources', () => {
  /** What the handlers declare for the types that there are, without what is for properties that these do not have. */
  const OWN: Record<string, { arn: (name: string) => string; actions: string[] }> = {
    'AWS::Lambda::Function': {
      arn: (name) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`,
      actions: ['CreateFunction', 'GetFunction', 'GetFunctionCodeSigningConfig', 'UpdateFunctionCode', 'UpdateFunctionConfiguration', 'DeleteFunction',
        'TagResource', 'UntagResource', 'ListTags', 'InvokeFunction'].map((action) => `lambda:${action}`),
    },
    'AWS::IAM::Role': {
      arn: (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`,
      actions: ['CreateRole', 'GetRole', 'UpdateRole', 'UpdateAssumeRolePolicy', 'PutRolePolicy', 'GetRolePolicy', 'DeleteRolePolicy', 'ListRolePolicies',
        'ListAttachedRolePolicies', 'TagRole', 'UntagRole', 'DeleteRole'].map((action) => `iam:${action}`),
    },
    'AWS::Logs::LogGroup': {
      arn: (name) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${name}:*`,
      actions: ['CreateLogGroup', 'DescribeLogGroups', 'PutRetentionPolicy', 'TagResource', 'UntagResource', 'ListTagsForResource', 'DeleteLogGroup']
        .map((action) => `logs:${action}`),
    },
    'AWS::StepFunctions::StateMachine': {
      arn: (name) => `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${name}`,
      actions: ['CreateStateMachine', 'DescribeStateMachine', 'UpdateStateMachine', 'DeleteStateMachine', 'TagResource', 'UntagResource', 'ListTagsForResource']
        .map((action) => `states:${action}`),
    },
    // A policy of a role is of the role.
    'AWS::IAM::Policy': { arn: () => '', actions: [] },
  };
  const stack = new EveryFeature(new App(), 'EveryFeature');
  const resources = Object.entries<any>(templateOf(stack).Resources)
    .filter(([id, { Type }]) => id.startsWith('AppFlowConstructs') && !Type.startsWith('Custom::'));

  test('are of types that are known here', () => {
    expect([...new Set(resources.map(([, { Type }]) => Type))].sort()).toEqual(Object.keys(OWN).sort());
  });

  test.each(Object.keys(OWN))('of the type %s can be made, changed and deleted in the stacks that are named', (type) => {
    const mayDo = asking(documentOf(SALES));
    const ids = resources.filter(([, { Type }]) => Type === type).map(([id]) => id);
    const ask = (stackName: string) => ids.map((logicalId) => generatedName({ stack: { name: stackName } as any, logicalId, token: logicalId }))
      .flatMap((name) => OWN[type].actions.map((action) => [action, mayDo(action, OWN[type].arn(name))]));
    expect(ask('Sales-Production').filter(([, isAllowed]) => !isAllowed)).toEqual([]);
    if (!['AWS::StepFunctions::StateMachine', 'AWS::IAM::Policy'].includes(type)) {
      expect(ask('Other').filter(([action, isAllowed]) => isAllowed && action !== 'logs:DescribeLogGroups')).toEqual([]);
    }
  });

  test('come with roles that Lambda and Step Functions alone can be given', () => {
    const mayDo = asking(documentOf(SALES));
    const role = `arn:aws:iam::${ACCOUNT}:role/Sales-AppFlowConstructsProviderRole0A1B2C3D-ABC`;
    const pass = (service: string) => mayDo('iam:PassRole', role, { 'iam:PassedToService': service });
    expect([pass('lambda.amazonaws.com'), pass('states.amazonaws.com'), pass('ec2.amazonaws.com')]).toEqual([true, true, false]);
  });

  test('come from the assets of the bootstrapping, whose version each stack asks for', () => {
    const mayDo = asking(documentOf(SALES));
    expect(mayDo('s3:GetObject', `arn:aws:s3:::cdk-hnb659fds-assets-${ACCOUNT}-${REGION}/0a1b2c.zip`)).toBe(true);
    expect(mayDo('ssm:GetParameters', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/cdk-bootstrap/hnb659fds/version`)).toBe(true);
    expect(mayDo('ssm:GetParameters', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/password`)).toBe(false);
  });

  test('can have roles with the permissions boundary only', () => {
    const boundary = `arn:aws:iam::${ACCOUNT}:policy/Boundary`;
    const document = documentOf((scope) => ({ permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyArn(scope, 'Boundary', boundary) }));
    const role = `arn:aws:iam::${ACCOUNT}:role/Sales-AppFlowConstructsProviderRole-ABC`;
    const mayDo = asking(document);
    for (const action of ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary']) {
      expect([mayDo(action, role), mayDo(action, role, { 'iam:PermissionsBoundary': boundary })]).toEqual([false, true]);
    }
    expect(mayDo('iam:DeleteRolePermissionsBoundary', role)).toBe(false);
  });

  test('are left out where no custom resources are wanted', () => {
    const text = JSON.stringify(documentOf({ customResources: false }));
    expect(text).not.toMatch(/"(lambda|logs|states):|iam:CreateRole|-assets-/);
  });
});

test.each<[string, AppFlowDeploymentPolicyProps | ((stack: Stack) => AppFlowDeploymentPolicyProps) | undefined]>([
  ['as it is', undefined],
  ['for everything', EVERYTHING],
  ['with names', SALES],
  ['with a permissions boundary, and keys', (stack) => ({
    ...SALES,
    encryptionKeys: [1, 2].map((n) => Key.fromKeyArn(stack, `Key${n}`, `arn:aws:kms:${REGION}:${ACCOUNT}:key/0a1b2c3d-0000-1111-2222-33334444555${n}`)),
    permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'DeploymentBoundary'),
  })],
])('the policy %s fits into a managed policy', (_, props) => {
  expect(JSON.stringify(documentOf(props)).length).toBeLessThan(QUOTA);
});

test.each<[string, AppFlowDeploymentPolicyProps, RegExp]>([
  ['buckets', { bucketNames: [] }, /s3:/],
  ['roles', { roleNames: [], customResources: false }, /iam:/],
  ['keys', { encryptionKeys: [] }, /kms:/],
])('a policy for no %s has nothing for them', (_, props, pattern) => {
  const statements = JSON.stringify(documentOf(props).Statement.filter(({ Resource }: any) => !JSON.stringify(Resource).includes('-assets-')));
  expect(statements).not.toMatch(pattern);
});

test('what a stack makes without a name of its own has the name of the stack first', () => {
  const NAMES: Record<string, string> = { 'AWS::AppFlow::Flow': 'FlowName', 'AWS::AppFlow::ConnectorProfile': 'ConnectorProfileName' };
  const stack = new EveryFeature(new App(), 'Sales');
  const names = Object.values<any>(templateOf(stack).Resources).flatMap(({ Type, Properties }) => Type in NAMES ? [Properties[NAMES[Type]]] : []);
  expect(names.filter((name) => name.startsWith('Sales-')).length).toBeGreaterThan(10);
  expect(names.filter((name) => !name.startsWith('Sales-'))).toEqual(['crm/main', 'declared']);
});

test('no action has a wildcard', () => {
  expect(documentOf(EVERYTHING).Statement.flatMap(({ Action }: any) => Action).filter((action: string) => action.includes('*'))).toEqual([]);
});

test('has the name that cdk bootstrap is given', () => {
  const stack = new Stack(new App(), 'Bootstrap');
  new AppFlowDeploymentPolicy(stack, 'Policy', { managedPolicyName: 'DeployFlows' });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'DeployFlows', Path: '/' });
});
