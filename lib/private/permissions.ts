import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { aws_s3 as s3, aws_secretsmanager as secretsmanager, IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import type { IConstruct, IDependable } from 'constructs';
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
  keyActions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
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
): IDependable | undefined {
  const granted = allowed.get(resource) ?? new Map<string, IDependable | undefined>();
  allowed.set(resource, granted);
  if (granted.has(access.sid)) {
    return granted.get(access.sid);
  }

  const principal = appFlowPrincipal(resource);
  const statement = makeStatement(principal);
  const result = iam.ResourceWithPolicies.of(resource)?.addToResourcePolicy(statement);
  if (!result?.statementAdded) {
    warnOfMissingStatement(scope, resource, statement);
  }
  grantOnKey(resource, principal, access);
  granted.set(access.sid, result?.policyDependable);
  return result?.policyDependable;
}

/** Lets AppFlow use the key of a resource: by CDK's trait, which buckets have, or by the key itself, which secrets tell. */
function grantOnKey(resource: IEnvironmentAware, principal: iam.ServicePrincipal, access: Access) {
  const encrypted = iam.EncryptedResources.of(resource);
  if (encrypted !== undefined) {
    encrypted.grantOnKey(principal, ...access.keyActions);
  } else {
    (resource as { encryptionKey?: IKey }).encryptionKey?.grant(principal, ...access.keyActions);
  }
}

function warnOfMissingStatement(scope: IConstruct, resource: IConstruct, statement: iam.PolicyStatement) {
  warn(scope, 'resource-policy-not-changed', {
    what: `the resource policy of '${resource.node.path}' cannot be changed from here, and AppFlow needs a statement in it`,
    remedy: `add it where the resource is defined, before the deployment: ${JSON.stringify(Stack.of(scope).resolve(statement.toStatementJson()))}`,
  });
}
