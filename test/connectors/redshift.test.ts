import { ConnectorProfile, RedshiftConnection } from 'appflow-constructs';
import { App, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnRole, Role } from 'aws-cdk-lib/aws-iam';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { newStack } from '../synthesis';

const CLUSTER = { clusterIdentifier: 'warehouse', databaseName: 'sales', username: 'appflow' };
const WORKGROUP = { workgroupName: 'warehouse', databaseName: 'sales' };
const JDBC = { databaseUrl: 'jdbc:redshift://acme:5439/dev', username: 'appflow', password: SecretValue.secretsManager('redshift') };

/** The statements of a role's policy, by the role's logical id. */
function statementsOf(template: Template, role: string): any[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy', { Properties: { Roles: [{ Ref: role }] } }));
  return policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

function roleIds(stack: Stack, connection: RedshiftConnection) {
  const id = (role: { node: { defaultChild?: unknown } }) => stack.getLogicalId(role.node.defaultChild as CfnRole);
  return { role: id(connection.role!), dataApiRole: connection.dataApiRole !== undefined ? id(connection.dataApiRole) : '' };
}

describe.each([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
])('in the partition %s', (partition, region) => {
  const env = { region, account: '111122223333' };
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:111122223333:${resource}`;
  const serviceLinkedRole = {
    Effect: 'Allow',
    Action: 'iam:CreateServiceLinkedRole',
    Resource: `arn:${partition}:iam::111122223333:role/aws-service-role/redshift-data.amazonaws.com/AWSServiceRoleForRedshift`,
    Condition: { StringLike: { 'iam:AWSServiceName': 'redshift-data.amazonaws.com' } },
  };

  let stack: Stack;
  beforeEach(() => {
    stack = new Stack(new App({ context: { '@aws-cdk/core:enablePartitionLiterals': true } }), 'Stack', { env });
  });

  function synthesize(connection: RedshiftConnection) {
    new ConnectorProfile(stack, 'Profile', { connection });
    const template = Template.fromStack(stack);
    const { role, dataApiRole } = roleIds(stack, connection);
    return { template, role, dataApiRole, statements: statementsOf(template, dataApiRole) };
  }

  /** Reading the results of the role's own statements, in whichever session. */
  const ownResults = (dataApiRole: string) => ({
    Effect: 'Allow',
    Action: ['redshift-data:GetStatementResult', 'redshift-data:DescribeStatement'],
    Resource: '*',
    Condition: {
      StringLike: { 'redshift-data:statement-owner-iam-userid': { 'Fn::Join': ['', [{ 'Fn::GetAtt': [dataApiRole, 'RoleId'] }, ':*']] } },
    },
  });

  test('the role for a cluster may use one database of it, as one user', () => {
    const { template, dataApiRole, statements } = synthesize(RedshiftConnection.dataApi({ ...CLUSTER, bucket: new Bucket(stack, 'Bucket') }));
    expect(statements).toEqual([
      { Effect: 'Allow', Action: 'redshift-data:ExecuteStatement', Resource: arn('redshift', 'cluster:warehouse') },
      ownResults(dataApiRole),
      {
        Effect: 'Allow',
        Action: 'redshift:GetClusterCredentials',
        Resource: [arn('redshift', 'dbname:warehouse/sales'), arn('redshift', 'dbuser:warehouse/appflow')],
      },
      { Effect: 'Deny', Action: 'redshift:CreateClusterUser', Resource: arn('redshift', 'dbuser:warehouse/*') },
      serviceLinkedRole,
    ]);
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'appflow.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        }],
      },
    });
  });

  test.each([
    ['the workgroup that is named', arn('redshift-serverless', 'workgroup/0123-4567')],
    ['any workgroup, where none is named', undefined],
  ])('the role for Amazon Redshift Serverless may use %s', (_, workgroupArn) => {
    const bucket = new Bucket(stack, 'Bucket');
    const { dataApiRole, statements } = synthesize(RedshiftConnection.serverless({ ...WORKGROUP, workgroupArn, bucket }));
    const Resource = workgroupArn ?? arn('redshift-serverless', 'workgroup/*');
    expect(statements).toEqual([
      { Effect: 'Allow', Action: 'redshift-data:ExecuteStatement', Resource },
      ownResults(dataApiRole),
      { Effect: 'Allow', Action: 'redshift-serverless:GetCredentials', Resource },
      serviceLinkedRole,
    ]);
  });

  test('no ARN is of another partition', () => {
    const { template } = synthesize(RedshiftConnection.dataApi({ ...CLUSTER, bucket: new Bucket(stack, 'Bucket') }));
    const partitions = [...JSON.stringify(template.toJSON()).matchAll(/arn:([\w-]+):/g)].map(([, found]) => found);
    expect(new Set(partitions)).toEqual(new Set([partition]));
  });
});

describe('the role that Amazon Redshift reads the bucket with', () => {
  test.each([
    ['the whole bucket', undefined, '/*', undefined],
    ['a folder', 'staging', '/staging/*', { StringLike: { 's3:prefix': ['staging', 'staging/*'] } }],
    ['a folder that ends in a slash', 'staging/', '/staging/*', { StringLike: { 's3:prefix': ['staging', 'staging/*'] } }],
  ])('may read %s, and decrypt with the bucket\'s key', (_, prefix, objects, Condition) => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Bucket', { encryption: BucketEncryption.KMS });
    const connection = RedshiftConnection.dataApi({ ...CLUSTER, bucket, prefix });
    new ConnectorProfile(stack, 'Profile', { connection });
    const bucketArn = stack.resolve(bucket.bucketArn);
    expect(statementsOf(Template.fromStack(stack), roleIds(stack, connection).role)).toEqual([
      { Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::Join': ['', [bucketArn, objects]] } },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucketArn, Condition },
      { Effect: 'Allow', Action: 's3:GetBucketLocation', Resource: bucketArn },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: stack.resolve(bucket.encryptionKey!.keyArn) },
    ]);
  });

  test.each<[string, (bucket: Bucket) => RedshiftConnection, string[]]>([
    ['a cluster', (bucket) => RedshiftConnection.dataApi({ ...CLUSTER, bucket }), ['redshift.amazonaws.com']],
    [
      'Amazon Redshift Serverless',
      (bucket) => RedshiftConnection.serverless({ ...WORKGROUP, bucket }),
      ['redshift.amazonaws.com', 'redshift-serverless.amazonaws.com'],
    ],
    ['JDBC', (bucket) => RedshiftConnection.jdbc({ ...JDBC, bucket }), ['redshift.amazonaws.com']],
  ])('trusts, for %s, the service that loads', (_, connection, services) => {
    const stack = newStack();
    new ConnectorProfile(stack, 'Profile', { connection: connection(new Bucket(stack, 'Bucket')) });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: services.map((Service) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } })) },
    });
  });
});

test('the roles can be had once a connector profile uses the connection, which waits for them and for the bucket\'s policy', () => {
  const stack = newStack();
  const bucket = new Bucket(stack, 'Bucket');
  const connection = RedshiftConnection.dataApi({ ...CLUSTER, bucket });
  expect([connection.role, connection.dataApiRole]).toEqual([undefined, undefined]);

  new ConnectorProfile(stack, 'Profile', { connection });
  expect([connection.role, connection.dataApiRole].map((role) => role?.node.path)).toEqual(['Stack/Profile/RedshiftRole', 'Stack/Profile/DataApiRole']);

  const template = Template.fromStack(stack);
  const [{ DependsOn }] = Object.values(template.findResources('AWS::AppFlow::ConnectorProfile'));
  const policies = [...Object.keys(template.findResources('AWS::IAM::Policy')), ...Object.keys(template.findResources('AWS::S3::BucketPolicy'))];
  expect(policies).toHaveLength(3);
  expect(DependsOn).toEqual(expect.arrayContaining(policies));
});

test('connector profiles that share a connection share its roles', () => {
  const stack = newStack();
  const connection = RedshiftConnection.dataApi({ ...CLUSTER, bucket: new Bucket(stack, 'Bucket') });
  new ConnectorProfile(stack, 'One', { connection });
  const { role, dataApiRole } = connection;
  new ConnectorProfile(stack, 'Other', { connection });
  expect([connection.role, connection.dataApiRole]).toEqual([role, dataApiRole]);

  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Role', 2);
  template.resourcePropertiesCountIs('AWS::AppFlow::ConnectorProfile', {
    ConnectorProfileConfig: {
      ConnectorProfileProperties: { Redshift: { RoleArn: stack.resolve(role!.roleArn), DataApiRoleArn: stack.resolve(dataApiRole!.roleArn) } },
    },
  }, 2);
});

test('roles that are given are used as they are', () => {
  const stack = newStack();
  const role = new CfnRole(stack, 'Role', { assumeRolePolicyDocument: {} });
  const dataApiRole = Role.fromRoleName(stack, 'DataApiRole', 'appflow');
  const connection = RedshiftConnection.serverless({ ...WORKGROUP, bucket: new Bucket(stack, 'Bucket'), role, dataApiRole });
  new ConnectorProfile(stack, 'Profile', { connection });
  expect([connection.role, connection.dataApiRole]).toEqual([undefined, undefined]);

  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Role', 1);
  template.resourceCountIs('AWS::IAM::Policy', 0);
  template.hasResourceProperties('AWS::AppFlow::ConnectorProfile', {
    ConnectorProfileConfig: {
      ConnectorProfileProperties: {
        Redshift: { IsRedshiftServerless: true, RoleArn: stack.resolve(role.attrArn), DataApiRoleArn: stack.resolve(dataApiRole.roleArn) },
      },
    },
  });
});
