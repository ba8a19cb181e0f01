import {
  ConnectorProfile, type IConnectorProfile, Mapping, OnDemandFlow, S3Destination, S3Source, SalesforceConnection, SalesforceDestination,
  SalesforceSource, WriteOperation,
} from 'appflow-constructs';
import { SecretValue, type Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { aws_kms as kms, aws_s3 as s3, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib/interfaces';
import { newStack, templateOf, warningsOf } from '../synthesis';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d';
const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:app-A1b2C3';

let stack: Stack;
beforeEach(() => {
  stack = newStack();
});

/** The statements of the policies of a type. */
function statements(type: string, property: string): any[] {
  const resources = Object.values<any>(templateOf(stack).Resources).filter(({ Type }) => Type === type);
  return resources.flatMap(({ Properties }) => Properties[property]?.Statement ?? []);
}
const bucketStatements = () => statements('AWS::S3::BucketPolicy', 'PolicyDocument');
const keyStatements = () => statements('AWS::KMS::Key', 'KeyPolicy');
const sids = (of: any[]) => of.map(({ Sid }) => Sid);

/** The statement that each warning prints. */
function printed(): any[] {
  const codes = warningsOf(stack).map((warning) => / \[ack: appflow-constructs:(.*)\]$/.exec(warning)?.[1]);
  expect(new Set(codes)).toEqual(new Set(codes.length > 0 ? ['resource-policy-not-changed'] : []));
  return warningsOf(stack).map((warning) => JSON.parse(/before the deployment: (\{.*\}) \[ack/.exec(warning)![1]));
}

const principal = { Service: 'appflow.amazonaws.com' };
const Condition = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };

function profile(id = 'Profile', clientCredentials?: secretsmanager.ISecretRef, encryptionKey?: kms.IKeyRef): IConnectorProfile {
  return new ConnectorProfile(stack, id, {
    connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('tokens'), clientCredentials }), encryptionKey,
  });
}

/** A flow that writes to a bucket. */
function flowTo(bucket: s3.IBucketRef, id: string, encryptionKey?: kms.IKeyRef) {
  const source = new SalesforceSource(stack.node.tryFindChild('Profile') as IConnectorProfile ?? profile(), { object: 'Account' });
  new OnDemandFlow(stack, id, { source, destination: new S3Destination(bucket), tasks: [Mapping.all()], encryptionKey });
}

/** A flow that reads from a bucket, and writes what Salesforce refuses to it. */
function flowFrom(bucket: s3.IBucketRef, id: string) {
  const destination = new SalesforceDestination(stack.node.tryFindChild('Profile') as IConnectorProfile ?? profile(), {
    object: 'Account', writeOperation: WriteOperation.insert(), errorHandling: { bucket },
  });
  new OnDemandFlow(stack, id, { source: new S3Source(bucket, { prefix: 'in' }), destination, tasks: [Mapping.fields(['Id'])] });
}

describe('a bucket', () => {
  test('has one statement a purpose, however many flows use it', () => {
    const bucket = new Bucket(stack, 'Bucket');
    flowTo(bucket, 'One');
    flowTo(bucket, 'Two');
    flowFrom(bucket, 'Three');
    flowFrom(bucket, 'Four');
    expect(sids(bucketStatements())).toEqual(['AllowAppFlowDestinationActions', 'AllowAppFlowSourceActions']);
    expect(printed()).toEqual([]);
  });

  test('that is imported is warned of once a purpose, with the statement that it needs', () => {
    const bucket = Bucket.fromBucketName(stack, 'Bucket', 'lake');
    ['One', 'Two', 'Three'].forEach((id) => flowTo(bucket, id));
    flowFrom(bucket, 'Four');
    const [writing, reading, ...rest] = printed();
    expect(rest).toEqual([]);
    expect(writing).toMatchObject({ Sid: 'AllowAppFlowDestinationActions', Effect: 'Allow', Principal: principal, Condition });
    expect(reading).toMatchObject({ Sid: 'AllowAppFlowSourceActions', Action: ['s3:ListBucket', 's3:GetObject'] });
  });

  test('that is imported would be content with the statement that the warning prints', () => {
    flowTo(Bucket.fromBucketName(stack, 'Imported', 'lake'), 'One');
    const [statement] = printed();
    stack = newStack();
    flowTo(new Bucket(stack, 'Own', { bucketName: 'lake' }), 'One');
    const [expected] = bucketStatements();
    expect({ ...statement, Resource: undefined }).toEqual({ ...expected, Resource: undefined });
  });

  test('with an imported key is warned of, since AppFlow has to use the key', () => {
    flowTo(new Bucket(stack, 'Bucket', { encryptionKey: Key.fromKeyArn(stack, 'Key', KEY_ARN) }), 'One');
    flowTo(stack.node.findChild('Bucket') as Bucket, 'Two');
    expect(printed()).toEqual([
      { Effect: 'Allow', Principal: principal, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*', Condition },
    ]);
  });

  test('with a key of the stack is not', () => {
    flowTo(new Bucket(stack, 'Bucket', { encryptionKey: new Key(stack, 'Key') }), 'One');
    expect(printed()).toEqual([]);
    expect(keyStatements()).toContainEqual(expect.objectContaining({ Principal: principal, Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }));
  });
});

describe('the key of flows and connector profiles', () => {
  const use = (key: kms.IKeyRef) => {
    profile('Profile', undefined, key);
    profile('Another', undefined, key);
    const bucket = new Bucket(stack, 'Bucket');
    ['One', 'Two'].forEach((id) => flowTo(bucket, id, key));
  };
  const statement = {
    Sid: 'AllowAppFlowUseKey',
    Effect: 'Allow',
    Principal: principal,
    Action: [
      'kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:DescribeKey',
      'kms:CreateGrant',
    ],
    Resource: '*',
    Condition,
  };
  /** What AWS KMS gives a key without a policy: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
  const administration = {
    Effect: 'Allow',
    Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] } },
    Action: 'kms:*',
    Resource: '*',
  };
  const given = { Sid: 'Own', Effect: 'Allow', Principal: { AWS: '111111111111' }, Action: 'kms:*', Resource: '*' };
  const document = () => new PolicyDocument({
    statements: [new PolicyStatement({ sid: 'Own', principals: [new ServicePrincipal('s3.amazonaws.com')], actions: ['kms:*'], resources: ['*'] })],
  });

  test.each<[string, () => kms.IKeyRef, unknown]>([
    ['a Key', () => new Key(stack, 'Key'), administration],
    ['the L1 of a Key', () => new Key(stack, 'Key').node.defaultChild as CfnKey, administration],
    ['a CfnKey with the default policy', () => new CfnKey(stack, 'Key'), administration],
    ['a CfnKey with a policy in JSON', () => new CfnKey(stack, 'Key', { keyPolicy: { Version: '2012-10-17', Statement: [given] } }), given],
    ['a CfnKey with a PolicyDocument', () => new CfnKey(stack, 'Key', { keyPolicy: document() }), { ...given, Principal: { Service: 's3.amazonaws.com' } }],
  ])('has one statement for all of them beside those that it had: %s', (_, make, before) => {
    use(make());
    expect(keyStatements()).toEqual([before, statement]);
    expect(printed()).toEqual([]);
  });

  test('that is imported is warned of once, with the statement that it needs', () => {
    use(Key.fromKeyArn(stack, 'Key', KEY_ARN));
    expect(printed()).toEqual([statement]);
  });
});

describe('a secret', () => {
  test('has one statement, however many connector profiles use it', () => {
    const secret = new Secret(stack, 'Secret');
    ['One', 'Two', 'Three'].forEach((id) => profile(id, secret));
    expect(sids(statements('AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy'))).toEqual(['AllowAppFlowReadSecret']);
    expect(printed()).toEqual([]);
  });

  test('that is imported is warned of once, with the statement that it needs, and its key too', () => {
    const secret = Secret.fromSecretAttributes(stack, 'Secret', { secretCompleteArn: SECRET_ARN, encryptionKey: Key.fromKeyArn(stack, 'Key', KEY_ARN) });
    ['One', 'Two', 'Three'].forEach((id) => profile(id, secret));
    expect(printed()).toEqual([
      {
        Sid: 'AllowAppFlowReadSecret',
        Effect: 'Allow',
        Principal: principal,
        Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        Resource: '*',
        Condition,
      },
      { Effect: 'Allow', Principal: principal, Action: 'kms:Decrypt', Resource: '*', Condition },
    ]);
  });
});
