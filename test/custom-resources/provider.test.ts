import {
  ConnectorProfile, CustomerProfilesDestination, FlowActivation, FlowSchedule, FlowTags, Flow, GlueDataCatalog, HoneycodeConnection, Mapping,
  OnDemandFlow, type OnDemandFlowProps, RunOnDeploy, S3Destination, SalesforceSource, ScheduledFlow, type ScheduledFlowProps, SlackSource,
} from 'appflow-constructs';
import { App, Duration, NestedStack, SecretValue, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { type CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { newStack, templateOf } from '../synthesis';

const ACTIVATION = ['appflow:DescribeFlow', 'appflow:StartFlow', 'appflow:StopFlow'];
const RUN = ['appflow:DescribeFlow', 'appflow:StartFlow'];
const OWN_STACK = ['cloudformation:DescribeStacks'];
const TAGS = ['appflow:ListTagsForResource', 'appflow:TagResource', 'appflow:UntagResource'];
const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const CUSTOM_RESOURCE = /^Custom::AppFlow/;

/** IAM's quota, in characters. */
const INLINE_POLICIES_OF_A_ROLE = 10_240;

test('the handler of a stack is one, however many custom resources need it', () => {
  const stack = newStack();
  scheduledFlow(stack, 'First');
  scheduledFlow(stack, 'Second');
  new OnDemandFlow(stack, 'Third', { ...ends(stack), runOnDeploy: RunOnDeploy.onChange() });
  tagsOn(stack, 'imported');

  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Lambda::Function', 1);
  template.resourceCountIs('AWS::IAM::Role', 1);
  template.resourceCountIs('AWS::IAM::Policy', 2);
  template.resourceCountIs('AWS::Logs::LogGroup', 1);
  const [handler] = Object.keys(template.findResources('AWS::Lambda::Function'));
  const tokens = customResourcesIn(template.toJSON()).map(({ Properties }) => Properties.ServiceToken);
  expect(tokens).toEqual(Array(3).fill({ 'Fn::GetAtt': [handler, 'Arn'] }));
});

test('the handler logs to a group of its own, which keeps its logs for a month and goes with the stack', () => {
  const stack = newStack();
  scheduledFlow(stack, 'Flow');

  const template = Template.fromStack(stack);
  template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  const [logGroup] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
  template.hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogGroup: { Ref: logGroup } } });
});

test('the handler is the bundle, under a Node that Lambda has, with time to spare before CloudFormation gives up', () => {
  const stack = newStack();
  scheduledFlow(stack, 'Flow');

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', { Runtime: 'nodejs24.x', Handler: 'index.handler', Timeout: 900 });
  template.hasResourceProperties('Custom::AppFlowFlowActivation', { ServiceTimeout: '1200' });
});

test.each<[string, (stack: Stack) => void, string[][]]>([
  ['a flow that is activated', (stack) => scheduledFlow(stack, 'Flow'), [ACTIVATION, OWN_STACK]],
  ['an on-demand flow that is run', (stack) => new OnDemandFlow(stack, 'Flow', { ...ends(stack), runOnDeploy: RunOnDeploy.onCreate() }), [RUN, OWN_STACK]],
  ['tags', (stack) => tagsOn(stack, 'imported'), [TAGS]],
  ['all of these', (stack) => {
    scheduledFlow(stack, 'Activated');
    new OnDemandFlow(stack, 'Run', { ...ends(stack), runOnDeploy: RunOnDeploy.onCreate() });
    tagsOn(stack, 'imported');
  }, [ACTIVATION, OWN_STACK, TAGS]],
])('the role may do only what is done: %s', (_, define, expected) => {
  const stack = newStack();
  define(stack);
  const actions = policiesIn(templateOf(stack)).flatMap(({ statements }) => statements.map(({ Action }) => [Action].flat().join()));
  expect(actions.sort()).toEqual([LOGS, ...expected].map((each) => each.join()).sort());
});

test('the role may act on the flows of the stack, which have its tag, and on nothing else', () => {
  const stack = newStack();
  scheduledFlow(stack, 'First');
  scheduledFlow(stack, 'Second');

  const template = templateOf(stack);
  const statements = policiesIn(template).flatMap((policy) => policy.statements);
  expect(statements).toEqual([
    expect.objectContaining({ Action: LOGS }),
    { Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: { Ref: 'AWS::StackId' } },
    {
      Effect: 'Allow',
      Action: ACTIVATION,
      Resource: {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appflow:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':flow/*']],
      },
      Condition: { StringEquals: { 'aws:ResourceTag/appflow-constructs:stack': { Ref: 'AWS::StackId' } } },
    },
  ]);
  for (const { Properties } of Object.values<any>(template.Resources).filter(({ Type }) => Type === 'AWS::AppFlow::Flow')) {
    expect(Properties.Tags).toEqual([{ Key: 'appflow-constructs:stack', Value: { Ref: 'AWS::StackId' } }]);
  }
  const [logGroup] = Object.keys(Template.fromStack(stack).findResources('AWS::Logs::LogGroup'));
  expect(statements[0].Resource).toEqual({ 'Fn::GetAtt': [logGroup, 'Arn'] });
});

test('the role may tag another flow by its full ARN, through a policy that goes with the tags', () => {
  const permissionFor = (flowArn: string) => {
    const stack = newStack();
    new FlowTags(stack, 'Tags', { flow: Flow.fromFlowArn(stack, 'Other', flowArn), tags: { team: 'sales' } });
    const template = templateOf(stack);
    const [permission] = policiesIn(template).filter(({ statements }) => statements.some(({ Action }) => Action.includes('appflow:TagResource')));
    expect(permission.statements).toEqual([{ Effect: 'Allow', Action: TAGS, Resource: flowArn }]);
    expect(customResourcesIn(template)[0].DependsOn).toContain(permission.id);
    return permission.id;
  };
  const orders = permissionFor('arn:aws:appflow:eu-west-1:111122223333:flow/orders');
  expect(permissionFor('arn:aws:appflow:eu-west-1:111122223333:flow/orders')).toBe(orders);
  expect(permissionFor('arn:aws:appflow:eu-west-1:111122223333:flow/invoices')).not.toBe(orders);
});

describe('flows that CloudFormation cannot express', () => {
  const STACK_ID = { Ref: 'AWS::StackId' };
  const text = (value: unknown) => JSON.stringify(value);

  /** The statements of the policy that such flows share, as the actions and all else. */
  function statementsFor(props: Partial<OnDemandFlowProps>, define: (stack: Stack) => void = () => undefined): Record<string, any> {
    const stack = newStack();
    define(stack);
    new OnDemandFlow(stack, 'Flow', { ...ends(stack), destination: new CustomerProfilesDestination({ domainName: 'domain' }), ...props });
    const [policy, ...others] = policiesIn(templateOf(stack)).filter(({ statements }) => text(statements).includes('appflow:CreateFlow'));
    expect(others).toEqual([]);
    return Object.fromEntries(policy.statements.map(({ Action, Effect, ...rest }) => [[Action].flat().join(), rest]));
  }

  test('are created with the tag of the stack only, and others than the stack\'s own are only looked at', () => {
    const statements = statementsFor({});
    const asked = { StringEquals: { 'aws:RequestTag/appflow-constructs:stack': STACK_ID } };
    const tagged = { StringEquals: { 'aws:ResourceTag/appflow-constructs:stack': STACK_ID } };
    expect(statements['appflow:CreateFlow']).toEqual({ Resource: '*', Condition: asked });
    expect(statements['appflow:TagResource'].Condition).toEqual(asked);
    expect(statements['appflow:DeleteFlow,appflow:TagResource,appflow:UntagResource,appflow:UpdateFlow'].Condition).toEqual(tagged);
    expect(statements['appflow:DescribeFlow']).toEqual({ Resource: expect.anything() });
    expect(text(statements['appflow:UseConnectorProfile'].Resource)).toContain(':connectorprofile/acme');
    expect(Object.keys(statements).sort()).toEqual([
      'appflow:CreateFlow', 'appflow:DeleteFlow,appflow:TagResource,appflow:UntagResource,appflow:UpdateFlow', 'appflow:DescribeFlow',
      'appflow:TagResource', 'appflow:UseConnectorProfile', 'secretsmanager:CreateSecret,secretsmanager:PutResourcePolicy',
    ]);
  });

  test('let the handler use their buckets and their key, and nothing beside them', () => {
    const stack = newStack();
    const key = new Key(stack, 'Key');
    const slack = new SlackSource(ConnectorProfile.fromConnectorProfileName(stack, 'Slack', 'slack'), { object: 'conversations' });
    new OnDemandFlow(stack, 'Flow', {
      source: slack,
      destination: new S3Destination(Bucket.fromBucketName(stack, 'Lake', 'lake'), { catalog: new GlueDataCatalog({ databaseName: 'db', tablePrefix: 'x' }) }),
      tasks: [Mapping.all(), slack.filter.greaterThan('members', 3)],
      encryptionKey: key,
    });
    const [{ statements }] = policiesIn(templateOf(stack)).filter((policy) => text(policy.statements).includes('appflow:CreateFlow'));
    const forAction = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action)) as any[];
    const keyArn = { 'Fn::GetAtt': [stack.getLogicalId(key.node.defaultChild as CfnKey), 'Arn'] };
    expect(text(forAction('s3:GetBucketPolicy')[0].Resource)).toMatch(/:s3:::lake"\]\]\}$/);
    expect(forAction('kms:DescribeKey')[0].Resource).toEqual(keyArn);
    expect(forAction('kms:CreateGrant')[0]).toMatchObject({
      Resource: keyArn,
      Condition: { StringLike: { 'kms:ViaService': 'appflow.*.amazonaws.com' }, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    });
    expect(forAction('iam:PassRole')[0]).toMatchObject({ Condition: { StringEquals: { 'iam:PassedToService': 'appflow.amazonaws.com' } } });
  });

  test.each([1, 100])('%s of them share one policy, and each waits for it', (count) => {
    const stack = newStack();
    const props = { ...ends(stack), destination: new CustomerProfilesDestination({ domainName: 'domain' }) };
    for (let i = 0; i < count; i++) {
      new OnDemandFlow(stack, `Flow${i}`, props);
    }
    const template = templateOf(stack);
    const [policy, ...others] = policiesIn(template).filter(({ statements }) => text(statements).includes('appflow:CreateFlow'));
    expect(others).toEqual([]);
    expect(text(policy.statements).length).toBeLessThan(INLINE_POLICIES_OF_A_ROLE);
    expect(customResourcesIn(template).filter(({ DependsOn }) => DependsOn.includes(policy.id))).toHaveLength(count);
    expect(cycleIn(template)).toBeUndefined();
  });

  test('are tagged as those are that CloudFormation makes', () => {
    const stack = newStack();
    stack.tags.setTag('cost', 'one');
    const flow = new OnDemandFlow(stack, 'Flow', { ...ends(stack), destination: new CustomerProfilesDestination({ domainName: 'domain' }) });
    Tags.of(flow).add('team', 'sales', { includeResourceTypes: ['AWS::AppFlow::Flow'] });
    const [{ Properties, Metadata }] = customResourcesIn(templateOf(stack));
    expect(Properties.Tags).toEqual({ 'appflow-constructs:stack': STACK_ID, 'team': 'sales' });
    expect(Properties.StackTags).toEqual({ cost: 'one' });
    expect(Metadata['appflow-constructs:why-by-custom-resource']).toBe('AWS::AppFlow::Flow does not have the destination CustomerProfiles');
  });
});

describe('connector profiles that the custom resource makes', () => {
  function permissionsFor(define: (stack: Stack) => SecretValue): { statements: any[]; template: any } {
    const stack = newStack();
    new ConnectorProfile(stack, 'Profile', { connection: HoneycodeConnection.accessToken({ accessToken: define(stack) }), connectorProfileName: 'table' });
    const template = templateOf(stack);
    const [policy] = policiesIn(template).filter(({ statements }) => JSON.stringify(statements).includes('appflow:CreateConnectorProfile'));
    return { statements: policy.statements, template };
  }
  const arn = (name: string) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':secretsmanager:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:secret:${name}`]],
  });

  test.each<[string, (stack: Stack) => SecretValue, unknown]>([
    ['a secret by its name', () => SecretValue.secretsManager('vault', { jsonField: 'token' }), arn('vault-??????')],
    [
      'a secret by its ARN',
      () => SecretValue.secretsManager('arn:aws:secretsmanager:eu-west-1:111122223333:secret:vault-AbCdEf'),
      ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:vault-AbCdEf', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:vault-AbCdEf-??????'],
    ],
    ['a secret of the stack', (stack) => new Secret(stack, 'Secret').secretValueFromJson('token'), [{ Ref: 'SecretA720EF05' }, { 'Fn::Join': ['', [{ Ref: 'SecretA720EF05' }, '-??????']] }]],
  ])('let the handler read %s', (_, secret, resource) => {
    const { statements, template } = permissionsFor(secret);
    const [reading] = statements.filter(({ Action }) => Action === 'secretsmanager:GetSecretValue');
    expect(reading.Resource).toEqual(resource);
    const [decrypting] = statements.filter(({ Action }) => Action === 'kms:Decrypt');
    expect(decrypting.Condition.StringLike).toMatchObject({ 'kms:EncryptionContext:SecretARN': [resource].flat() });
    expect(JSON.stringify(template)).not.toContain('{{resolve:');
    expect(cycleIn(template)).toBeUndefined();
  });

  test('are created by their handler only, each under a policy of its own', () => {
    const { statements } = permissionsFor(() => SecretValue.secretsManager('vault'));
    expect(statements.map(({ Action }) => [Action].flat().join())).toEqual([
      'appflow:CreateConnectorProfile,appflow:DescribeConnectorProfiles', 'appflow:UpdateConnectorProfile,appflow:DeleteConnectorProfile',
      'secretsmanager:CreateSecret,secretsmanager:PutResourcePolicy', 'secretsmanager:GetSecretValue', 'kms:Decrypt',
    ]);
    expect(JSON.stringify(statements[1].Resource)).toContain(':connectorprofile/table');
  });
});

test('nested stacks, other stacks and stages have handlers of their own', () => {
  const app = new App();
  const parent = new Stack(app, 'Parent');
  const nested = new NestedStack(parent, 'Nested');
  const sibling = new Stack(app, 'Sibling');
  const staged = new Stack(new Stage(app, 'Stage'), 'Staged');
  for (const stack of [parent, nested, sibling, staged]) {
    scheduledFlow(stack, 'Flow');
  }

  for (const stack of [parent, nested, sibling, staged]) {
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Lambda::Function', 1);
    const [handler] = Object.keys(template.findResources('AWS::Lambda::Function'));
    template.hasResourceProperties('Custom::AppFlowFlowActivation', { ServiceToken: { 'Fn::GetAtt': [handler, 'Arn'] } });
  }
});

test.each<[string, (stack: Stack) => void]>([
  ['on-demand flows that are not run', (stack) => new OnDemandFlow(stack, 'Flow', ends(stack))],
  ['flows that CloudFormation activates', (stack) => scheduledFlow(stack, 'Flow', { activation: FlowActivation.byCloudFormation() })],
  ['flows that nobody activates', (stack) => scheduledFlow(stack, 'Flow', { activation: FlowActivation.manual() })],
])('%s need no handler', (_, define) => {
  const stack = newStack();
  define(stack);
  const types = Object.values<any>(templateOf(stack).Resources).map(({ Type }) => Type);
  expect(types.filter((type) => /^(AWS::Lambda|AWS::IAM|AWS::Logs|Custom)::/.test(type))).toEqual([]);
});

test('a flow can depend on another, and the activation of both waits for both through references', () => {
  const stack = newStack();
  const first = scheduledFlow(stack, 'First');
  const second = scheduledFlow(stack, 'Second');
  second.node.addDependency(first);

  const template = templateOf(stack);
  expect(cycleIn(template)).toBeUndefined();
  const [{ Properties: { Flows } }, ...others] = customResourcesIn(template);
  expect(others).toEqual([]);
  const [firstId, secondId] = Object.values<any>(Flows).map(({ FlowName }) => FlowName.Ref);
  expect(Object.keys(Flows)).toEqual([firstId, secondId]);
  expect(template.Resources[firstId].Type).toBe('AWS::AppFlow::Flow');
  expect(template.Resources[secondId].DependsOn).toEqual([firstId]);
  const role = Object.values<any>(template.Resources).filter(({ Type }) => /^AWS::(IAM|Lambda)::/.test(Type));
  expect(JSON.stringify(role)).not.toContain(firstId);
});

test('a flow of which only a reference to another stack has changed is activated again', () => {
  const definitions = ['First', 'Second'].map((id) => {
    const app = new App();
    const buckets = ['First', 'Second'].map((stackId) => new Bucket(new Stack(app, stackId), 'Lake'));
    const stack = new Stack(app, 'Stack');
    const destination = new S3Destination(buckets.find((bucket) => Stack.of(bucket).node.id === id)!);
    scheduledFlow(stack, 'Flow', { destination });
    return customResourcesIn(templateOf(stack))[0].Properties.Template;
  });
  expect(definitions[0]).toMatch(/^[0-9a-f]{16}$/);
  expect(definitions[0]).not.toBe(definitions[1]);
});

test('a flow that has changed through an escape hatch is activated again', () => {
  const [before, after] = [undefined, 'Changed'].map((description) => {
    const stack = newStack();
    const flow = scheduledFlow(stack, 'Flow');
    if (description !== undefined) {
      (flow.node.defaultChild as CfnFlow).addPropertyOverride('Description', description);
    }
    return customResourcesIn(templateOf(stack))[0].Properties.Template;
  });
  expect(before).not.toBe(after);
});

test('many flows need one policy and one activation, which waits for it', () => {
  const stack = newStack();
  const props = ends(stack);
  for (let i = 0; i < 100; i++) {
    scheduledFlow(stack, `Flow${i}`, props);
  }
  const template = templateOf(stack);
  const [policy, ...others] = policiesIn(template);
  expect(others).toEqual([]);
  expect(JSON.stringify(policy.statements).length).toBeLessThan(INLINE_POLICIES_OF_A_ROLE);
  const [activation, ...more] = customResourcesIn(template);
  expect(more).toEqual([]);
  expect(activation.DependsOn).toContain(policy.id);
});

test('tags on a flow of the same stack are allowed beside its activation', () => {
  const stack = newStack();
  const flow = scheduledFlow(stack, 'Flow');
  new FlowTags(stack, 'Tags', { flow, tags: { team: 'sales' } });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: TAGS })]) },
  });
  expect(cycleIn(templateOf(stack))).toBeUndefined();
});

interface Policy {
  readonly id: string;
  readonly type: string;
  readonly roles: unknown[];
  readonly statements: { Effect: string; Action: string[]; Resource: unknown }[];
}

/** The policies of the handler's role. */
function policiesIn(template: any): Policy[] {
  return Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::ManagedPolicy')
    .map(([id, { Type, Properties }]) => ({ id, type: Type, roles: Properties.Roles, statements: Properties.PolicyDocument.Statement }));
}

function customResourcesIn(template: any): any[] {
  return Object.entries<any>(template.Resources).filter(([, { Type }]) => CUSTOM_RESOURCE.test(Type)).map(([id, resource]) => ({ id, ...resource }));
}

/** Resources that wait for each other, as their logical ids. */
function cycleIn({ Resources }: any): string[] | undefined {
  const done = new Set<string>();
  const visit = (id: string, path: string[]): string[] | undefined => {
    if (path.includes(id)) {
      return [...path, id];
    }
    if (done.has(id)) {
      return undefined;
    }
    for (const next of dependenciesOf(Resources[id]).filter((dependency) => dependency in Resources)) {
      const cycle = visit(next, [...path, id]);
      if (cycle !== undefined) {
        return cycle;
      }
    }
    done.add(id);
    return undefined;
  };
  return Object.keys(Resources).map((id) => visit(id, [])).find((cycle) => cycle !== undefined);
}

function dependenciesOf(value: any): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(dependenciesOf);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, member]: [string, any]) => {
    switch (key) {
      case 'Ref': return [member];
      case 'Fn::GetAtt': return [member[0]];
      case 'DependsOn': return [member].flat();
      default: return dependenciesOf(member);
    }
  });
}

function scheduledFlow(scope: Construct, id: string, props: Partial<ScheduledFlowProps> = {}): ScheduledFlow {
  return new ScheduledFlow(scope, id, { ...ends(scope), schedule: FlowSchedule.every(Duration.hours(1)), ...props });
}

function tagsOn(scope: Construct, flowName: string): FlowTags {
  return new FlowTags(scope, `TagsOf${flowName}`, { flow: Flow.fromFlowName(scope, flowName, flowName), tags: { team: 'sales' } });
}

function ends(scope: Construct) {
  const { node } = Stack.of(scope);
  const profile = node.tryFindChild('Salesforce') ?? ConnectorProfile.fromConnectorProfileName(Stack.of(scope), 'Salesforce', 'acme');
  const bucket = node.tryFindChild('Imported') ?? Bucket.fromBucketName(Stack.of(scope), 'Imported', 'lake');
  return {
    source: new SalesforceSource(profile as ConnectorProfile, { object: 'Account' }),
    destination: new S3Destination(bucket as Bucket),
    tasks: [Mapping.all()],
  };
}
