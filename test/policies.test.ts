import { App, Stack } from 'aws-cdk-lib';
import { EveryFeature } from './every-feature';
import { defineExample, EXAMPLES as CONNECTORS } from './example-stack';
import { exampleApp, EXAMPLES, exampleStack } from './examples';

/** A policy statement in a template. */
interface Statement {
  /** The resource that has it. */
  readonly of: string;
  /** The type of that. */
  readonly type: string;
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly services: readonly string[];
  readonly conditions: Readonly<Record<string, unknown>>;
}

/** What is allowed in a template: policies of identities, of resources, trust, and permissions of functions. Denials take nothing from anybody. */
function statementsIn(template: any): Statement[] {
  return Object.entries<any>(template.Resources ?? {}).flatMap(([id, { Type: type, Properties: properties = {} }]) => {
    if (type === 'AWS::Lambda::Permission') {
      const { Action, FunctionName, Principal, SourceAccount, SourceArn } = properties;
      const given = { 'aws:SourceAccount': SourceAccount, 'aws:SourceArn': SourceArn };
      const conditions = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      return [{ of: id, type, actions: [Action], resources: [FunctionName], services: [textOf(Principal)], conditions }];
    }
    return objectsIn(properties).filter(({ Effect, Action }) => Effect === 'Allow' && Action !== undefined).map(({ Action, Resource, Principal, Condition }) => ({
      of: id,
      type,
      actions: [Action].flat(),
      resources: [Resource ?? []].flat(),
      services: [Principal?.Service ?? []].flat().map(textOf),
      conditions: Object.assign({}, ...Object.values<any>(Condition ?? {})),
    }));
  });
}

function objectsIn(value: unknown): any[] {
  return typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}

/** A value as text, with the names of parameters for their values. */
function textOf(value: any): string {
  return typeof value === 'string' ? value : value['Fn::Join']?.[1].map(textOf).join('') ?? `<${value.Ref ?? value['Fn::GetAtt'].join('.')}>`;
}

function templates(): [string, Statement[]][] {
  const app = new App();
  const connectors = Object.entries(CONNECTORS).map(([name, example]) => {
    const stack = new Stack(app, name);
    defineExample(stack, example);
    return stack;
  });
  const examples = exampleApp();
  const stories = EXAMPLES.map((name) => exampleStack(examples, name));
  return [[app, [new EveryFeature(app, 'EveryFeature'), ...connectors]] as const, [examples, stories] as const].flatMap(([root, stacks]) => {
    const assembly = root.synth();
    return stacks.map((stack): [string, Statement[]] => [stack.stackName, statementsIn(assembly.getStackByName(stack.stackName).template)]);
  });
}

/** What the CDK lets the account itself do with a key. */
const isOfTheAccount = ({ type, services }: Statement) => type === 'AWS::KMS::Key' && services.length === 0;

/** The policies of resources, in which '*' is the resource itself. */
const RESOURCE_POLICIES = ['AWS::KMS::Key', 'AWS::SecretsManager::ResourcePolicy'];

/**
 * The actions for which a policy cannot name resources.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const WITHOUT_RESOURCES = [
  'appflow:CreateConnectorProfile', 'appflow:CreateFlow', 'appflow:DescribeConnectorProfiles', 'appflow:DescribeConnectors', 'appflow:ListConnectors',
  'appflow:ListFlows', 'appflow:RegisterConnector', 'kms:ListAliases', 'kms:ListKeys', 'logs:CreateLogDelivery', 'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies', 'logs:GetLogDelivery', 'logs:ListLogDeliveries', 'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery', 'redshift-data:DescribeStatement', 'redshift-data:GetStatementResult', 's3:ListAllMyBuckets', 'xray:GetSamplingRules',
  'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments',
];

interface Deputy {
  /** In which types of resources the service is trusted so. */
  readonly of: RegExp;
  /** The keys on which there has to be a condition, and no other key of the two. */
  readonly keys: readonly string[];
  readonly source: string;
}

const [ACCOUNT, ARN] = ['aws:SourceAccount', 'aws:SourceArn'];
const APPFLOW_ANYWHERE = 'AppFlow documents both keys for buckets; of other resources it does not say what it sends as aws:SourceArn, and what it does not send would be refused';

/** The services that are trusted, and with which conditions. Whoever gives a service less has to say here why. */
const DEPUTIES: Readonly<Record<string, readonly Deputy[]>> = {
  'appflow.amazonaws.com': [
    { of: /^AWS::S3::BucketPolicy$/, keys: [ACCOUNT, ARN], source: 'https://docs.aws.amazon.com/appflow/latest/userguide/s3-policies-management.html' },
    { of: /^AWS::Lambda::Permission$/, keys: [ACCOUNT, ARN], source: 'https://github.com/awslabs/aws-appflow-custom-connector-java' },
    { of: /^AWS::(KMS::Key|SecretsManager::ResourcePolicy|IAM::Role)$/, keys: [ACCOUNT], source: APPFLOW_ANYWHERE },
  ],
  'lambda.amazonaws.com': [{
    of: /^AWS::IAM::Role$/,
    keys: [],
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html: aws:SourceArn is for policies where the function is the target',
  }],
  'events.amazonaws.com': [
    {
      of: /^AWS::IAM::Role$/,
      keys: [ACCOUNT, ARN],
      source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html',
    },
    { of: /^AWS::SQS::QueuePolicy$/, keys: [ARN], source: 'the CDK names the rule, and with it the account' },
  ],
  'scheduler.amazonaws.com': [{
    of: /^AWS::IAM::Role$/,
    keys: [ACCOUNT, ARN],
    source: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html',
  }],
  'cloudwatch.amazonaws.com': [{
    of: /^AWS::SNS::TopicPolicy$/,
    keys: [ACCOUNT],
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html; the topic is for all alarms of the account',
  }],
  'logging.s3.amazonaws.com': [{
    of: /^AWS::S3::BucketPolicy$/,
    keys: [ACCOUNT, ARN],
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html',
  }],
  'states.amazonaws.com': [{
    of: /^AWS::IAM::Role$/,
    keys: [ACCOUNT, ARN],
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html#prevent-cross-service-confused-deputy',
  }],
  ...Object.fromEntries(['redshift.amazonaws.com', 'redshift-serverless.amazonaws.com'].map((service) => [service, [{
    of: /^AWS::IAM::Role$/,
    keys: [],
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/authorizing-redshift-service-database-users.html: the condition it documents is on sts:ExternalId',
  }]])),
  'logs.<AWS::Region>.<AWS::URLSuffix>': [{
    of: /^AWS::KMS::Key$/,
    keys: ['kms:EncryptionContext:aws:logs:arn'],
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html: the ARN of the log group, with its account, is the context',
  }],
};
const KEYS = new Set(Object.values(DEPUTIES).flatMap((deputies) => deputies.flatMap(({ keys }) => keys)));

const TEMPLATES = templates();

test('the templates have policies', () => {
  expect(TEMPLATES.flatMap(([, statements]) => statements).length).toBeGreaterThan(200);
});

test.each(TEMPLATES)('%s has no wildcard in an action', (_, statements) => {
  const wildcards = statements.filter((statement) => !isOfTheAccount(statement) && statement.actions.some((action) => action.includes('*')));
  expect(wildcards).toEqual([]);
});

test.each(TEMPLATES)('%s is for all resources only where the actions have none to name', (_, statements) => {
  const all = statements.filter(({ type, resources }) => !RESOURCE_POLICIES.includes(type) && resources.includes('*'));
  expect(all.filter(({ actions }) => !actions.every((action) => WITHOUT_RESOURCES.includes(action)))).toEqual([]);
});

test.each(TEMPLATES)('%s trusts services for the account alone', (_, statements) => {
  const trusts = statements.flatMap(({ services, ...statement }) => services.map((service) => ({ service, ...statement })));
  expect(trusts.filter(({ service, type, conditions }) => {
    const expected = DEPUTIES[service]?.find(({ of }) => of.test(type));
    return expected === undefined || Object.keys(conditions).filter((key) => KEYS.has(key)).sort().join() !== [...expected.keys].sort().join();
  })).toEqual([]);
});

test('each service that is expected is trusted somewhere', () => {
  const found = TEMPLATES.flatMap(([, statements]) => statements.flatMap(({ services, type }) => services.map((service) => `${service} ${type}`)));
  const expected = Object.entries(DEPUTIES).flatMap(([service, deputies]) => deputies.map(({ of }) => ({ service, of })));
  expect(expected.filter(({ service, of }) => !found.some((line) => line.startsWith(`${service} `) && of.test(line.slice(service.length + 1))))).toEqual([]);
});
