import { SnowflakeStage, SnowflakeStorageIntegrationRole } from 'appflow-constructs';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';

test.each([
  [SnowflakeStage.of('SALES', 'PUBLIC', 'APPFLOW'), 'SALES.PUBLIC.APPFLOW'],
  [SnowflakeStage.fromName('SALES.PUBLIC.APPFLOW'), 'SALES.PUBLIC.APPFLOW'],
])('a stage is written with its database and its schema', (stage, name) => {
  expect(stage.name).toBe(name);
});

describe.each([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
])('in the partition %s', (partition, region) => {
  test('the role of a storage integration is for Snowflake alone, and for a folder alone', () => {
    const app = new App({ context: { '@aws-cdk/core:enablePartitionLiterals': true } });
    const stack = new Stack(app, 'Stack', { env: { region, account: '111122223333' } });
    const bucket = new Bucket(stack, 'Bucket', { encryption: BucketEncryption.KMS });
    const iamUserArn = `arn:${partition}:iam::444455556666:user/snowflake`;
    const { role } = new SnowflakeStorageIntegrationRole(stack, 'Snowflake', {
      bucket,
      prefix: 'staging',
      iamUserArn,
      externalId: 'ACME_SFCRole=1_abc=',
      roleName: 'snowflake',
    });

    const template = Template.fromStack(stack);
    const bucketArn = stack.resolve(bucket.bucketArn);
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'snowflake',
      AssumeRolePolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: iamUserArn },
          Condition: { StringEquals: { 'sts:ExternalId': 'ACME_SFCRole=1_abc=' } },
        }],
      },
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      Roles: [stack.resolve(role.roleName)],
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: { 'Fn::Join': ['', [bucketArn, '/staging/*']] } },
          { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucketArn, Condition: { StringLike: { 's3:prefix': ['staging', 'staging/*'] } } },
          { Effect: 'Allow', Action: 's3:GetBucketLocation', Resource: bucketArn },
          { Effect: 'Allow', Action: 'kms:Decrypt', Resource: stack.resolve(bucket.encryptionKey!.keyArn) },
        ],
      },
    });
    expect(JSON.stringify(template.toJSON())).not.toMatch(new RegExp(`arn:(?!${partition}:)`));
  });
});
