import { ArnFormat, CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { CfnKey, IKey } from 'aws-cdk-lib/aws-kms';
import type { aws_kms as kms, aws_s3 as s3, aws_secretsmanager as secretsmanager, IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import type { IConstruct, IDependable } from 'constructs';
import { because, justifyWildcards } from './justification';
import { warn } from './report';

/** What AppFlow does with a resource of the user's, as its resource policy must allow it. */
interface Access {
  readonly sid: string;
  readonly actions: readonly string[];
  /** What AppFlow does with the resource's key, where it has one. */
  readonly keyActions: readonly string[];
}

/**
 * The actions that AppFlow documents for buckets.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/s3-policies-management.html
 */
const READ_FROM_BUCKET: Access = {
  sid: 'AllowAppFlowSourceActions',
  actions: ['s3:ListBucket', 's3:GetObject'],
  keyActions: ['kms:Decrypt'],
};
const WRITE_TO_BUCKET: Access = {
  sid: 'AllowAppFlowDestinationActions',
  actions: [
    's3:PutObject',
    's3:AbortMultipartUpload',
    's3:ListMultipartUploadParts',
    's3:ListBucketMultipartUploads',
    's3:GetBucketAcl',
    's3:PutObjectAcl',
  ],
  keyActions: ['kms:Decrypt', 'kms:GenerateDataKey'],
};
/** What services do with a symmetric key, each action by its name. */
const KEY_ACTIONS = [
  'kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:DescribeKey',
];
/** AppFlow documents what the caller needs, and has the service use the key in its name; that it also asks as itself is inferred. */
const USE_KEY: Access = {
  sid: 'AllowAppFlowUseKey',
  actions: [...KEY_ACTIONS, 'kms:CreateGrant'],
  keyActions: [],
};
const ENCRYPT_LOGS: Access = {
  sid: 'AllowCloudWatchLogsUseKey',
  actions: KEY_ACTIONS,
  keyActions: [],
};
const READ_SECRET: Access = {
  sid: 'AllowAppFlowReadSecret',
  actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
  keyActions: ['kms:Decrypt'],
};

/** AppFlow as a principal, acting for the account of the scope and for no other. */
export function appFlowPrincipal(scope: IConstruct): iam.ServicePrincipal {
  return new iam.ServicePrincipal('appflow.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
}

/** Lets AppFlow read from a bucket. Returns what the flow must wait for, if anything. */
export function allowReadingBucket(scope: IConstruct, bucket: s3.IBucketRef): IDependable | undefined {
  return allowOnBucket(scope, bucket, READ_FROM_BUCKET);
}

/** Lets AppFlow write to a bucket. Returns what the flow must wait for, if anything. */
export function allowWritingBucket(scope: IConstruct, bucket: s3.IBucketRef): IDependable | undefined {
  return allowOnBucket(scope, bucket, WRITE_TO_BUCKET);
}

/** Lets AppFlow pass records through a bucket. Returns what the flow must wait for. */
export function allowStaging(scope: IConstruct, bucket: s3.IBucketRef): IDependable[] {
  return [allowWritingBucket(scope, bucket), allowReadingBucket(scope, bucket)].filter((policy) => policy !== undefined);
}

/**
 * Lets a role, with which another service loads what AppFlow has written, read from a bucket. Its policy names no more than it needs:
 * the bucket, and what is below the prefix.
 */
export function allowLoading(role: iam.Role, bucket: s3.IBucketRef, prefix: string | undefined, objectActions: readonly string[]) {
  const { bucketArn } = bucket.bucketRef;
  const folder = (prefix ?? '').replace(/\/$/, '');
  const objects = folder !== '' ? `${folder}/*` : '*';
  const statements = [
    because('AppFlow makes up the names of the objects.', new iam.PolicyStatement({ actions: [...objectActions], resources: [`${bucketArn}/${objects}`] })),
    new iam.PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [bucketArn],
      conditions: folder !== '' ? { StringLike: { 's3:prefix': [folder, objects] } } : undefined,
    }),
    // Which has no prefix, so that the condition would refuse it.
    new iam.PolicyStatement({ actions: ['s3:GetBucketLocation'], resources: [bucketArn] }),
  ];
  statements.forEach((statement) => role.addToPolicy(statement));
  justifyWildcards(role, statements);
  grantOnKey(bucket, role, READ_FROM_BUCKET);
}

/** Lets AppFlow encrypt a flow's data or a profile's credentials with a key. */
export function allowUsingKey(scope: IConstruct, key: kms.IKeyRef | undefined) {
  if (key !== undefined) {
    allow(scope, key, USE_KEY, (principal) => new iam.PolicyStatement({
      sid: USE_KEY.sid,
      principals: [principal],
      actions: [...USE_KEY.actions],
      resources: ['*'],
    }));
  }
}

/**
 * Lets CloudWatch Logs encrypt log groups with a key. The context of the encryption is the ARN of the log group: its name is made on deployment, and
 * the log group names the key.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function allowEncryptingLogs(scope: IConstruct, key: kms.IKeyRef) {
  const { region, urlSuffix } = Stack.of(key);
  const logGroups = Stack.of(key).formatArn({ service: 'logs', resource: 'log-group', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  allow(scope, key, ENCRYPT_LOGS, () => new iam.PolicyStatement({
    sid: ENCRYPT_LOGS.sid,
    principals: [new iam.ServicePrincipal(`logs.${region}.${urlSuffix}`)],
    actions: [...ENCRYPT_LOGS.actions],
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
  }), 'Amazon CloudWatch Logs');
}

/** Lets AppFlow read a secret. Returns what the connector profile must wait for, if anything. */
export function allowReadingSecret(scope: IConstruct, secret: secretsmanager.ISecretRef): IDependable | undefined {
  return allow(scope, secret, READ_SECRET, (principal) => new iam.PolicyStatement({
    sid: READ_SECRET.sid,
    principals: [principal],
    actions: [...READ_SECRET.actions],
    resources: ['*'],
  }));
}

function allowOnBucket(scope: IConstruct, bucket: s3.IBucketRef, access: Access): IDependable | undefined {
  return allow(scope, bucket, access, (principal) => {
    const { bucketArn } = bucket.bucketRef;
    const statement = new iam.PolicyStatement({
      sid: access.sid,
      principals: [principal],
      actions: [...access.actions],
      resources: [bucketArn, `${bucketArn}/*`],
    });
    // A wildcard, since AppFlow also reads buckets for no flow in particular: DescribeConnectorEntity, and the console's browsing.
    statement.addCondition('ArnLike', {
      'aws:SourceArn': Stack.of(bucket).formatArn({ service: 'appflow', resource: '*' }),
    });
    return statement;
  });
}

/** What was already allowed on a resource, by statement id, and what has to be waited for. The entries go with their resources. */
const allowed = new WeakMap<IEnvironmentAware, Map<string, IDependable | undefined>>();

/** Adds the statement to the resource's policy once, however many flows need it, and lets AppFlow use the resource's key. */
function allow(
  scope: IConstruct,
  resource: IEnvironmentAware & IConstruct,
  access: Access,
  makeStatement: (principal: iam.ServicePrincipal) => iam.PolicyStatement,
  service?: string,
): IDependable | undefined {
  const granted = allowed.get(resource) ?? new Map<string, IDependable | undefined>();
  allowed.set(resource, granted);
  if (granted.has(access.sid)) {
    return granted.get(access.sid);
  }

  const principal = appFlowPrincipal(resource);
  const statement = makeStatement(principal);
  const result = addToResourcePolicy(resource, statement);
  if (!result?.statementAdded) {
    warnOfMissingStatement(scope, resource, statement, service);
  }
  if (access.keyActions.length > 0) {
    allowUsingKeyOf(scope, resource, principal, access);
  }
  granted.set(access.sid, result?.policyDependable);
  return result?.policyDependable;
}

/** Adds a statement to the resource's policy, by CDK's trait. */
function addToResourcePolicy(resource: IEnvironmentAware & IConstruct, statement: iam.PolicyStatement): iam.AddToResourcePolicyResult | undefined {
  if (!isL1Key(resource)) {
    return iam.ResourceWithPolicies.of(resource)?.addToResourcePolicy(statement);
  }
  // CDK's trait would give a key without a policy this statement alone, so that nobody could administer the key, which AWS KMS refuses.
  resource.keyPolicy ??= new iam.PolicyDocument({
    statements: [new iam.PolicyStatement({ principals: [new iam.AccountRootPrincipal()], actions: ['kms:*'], resources: ['*'] })],
  });
  if (isPolicyDocument(resource.keyPolicy)) {
    resource.keyPolicy.addStatements(statement);
    return { statementAdded: true, policyDependable: resource.keyPolicy };
  }
  return iam.ResourceWithPolicies.of(resource)?.addToResourcePolicy(statement);
}

function isL1Key(resource: IConstruct): resource is CfnKey {
  return CfnResource.isCfnResource(resource) && resource.cfnResourceType === 'AWS::KMS::Key';
}

function isPolicyDocument(policy: unknown): policy is iam.PolicyDocument {
  return typeof (policy as { addStatements?: unknown }).addStatements === 'function';
}

/** Lets AppFlow use the key that a resource is encrypted with. */
function allowUsingKeyOf(scope: IConstruct, resource: IEnvironmentAware, principal: iam.ServicePrincipal, access: Access) {
  const { encryptionKey } = resource as { encryptionKey?: IKey };
  if (encryptionKey === undefined) {
    grantOnKey(resource, principal, access);
    return;
  }
  // Not a grant, which does not tell whether an imported key was left as it is.
  const statement = new iam.PolicyStatement({ principals: [principal], actions: [...access.keyActions], resources: ['*'] });
  if (!addToResourcePolicy(encryptionKey, statement)?.statementAdded) {
    warnOfMissingStatement(scope, encryptionKey, statement);
  }
}

/** Lets a principal use the key of a resource: by CDK's trait, which buckets have, or by the key itself, which secrets tell. */
function grantOnKey(resource: IEnvironmentAware, principal: iam.IGrantable, access: Access) {
  const encrypted = iam.EncryptedResources.of(resource);
  if (encrypted !== undefined) {
    encrypted.grantOnKey(principal, ...access.keyActions);
  } else {
    (resource as { encryptionKey?: IKey }).encryptionKey?.grant(principal, ...access.keyActions);
  }
}

/** Tells the user what a resource policy lacks that cannot be changed from here. */
export function warnOfMissingStatement(scope: IConstruct, resource: IConstruct, statement: iam.PolicyStatement, service = 'AppFlow') {
  warn(scope, 'resource-policy-not-changed', {
    what: `the resource policy of '${resource.node.path}' cannot be changed from here, and ${service} needs a statement in it`,
    remedy: `add it where the resource is defined, before the deployment: ${JSON.stringify(Stack.of(scope).resolve(statement.toStatementJson()))}`,
  });
}
