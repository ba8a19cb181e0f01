import {
  FileAggregation, GlueDataCatalog, Mapping, OnDemandFlow, OutputFormat, PathPrefix, PrefixFormat, PrefixType, S3Destination, S3InputFormat, S3Source,
} from 'appflow-constructs';
import { App, Aws, CfnParameter, Size, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { aws_s3 as s3 } from 'aws-cdk-lib/interfaces';

const READ = ['s3:ListBucket', 's3:GetObject'];
const WRITE = [
  's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:ListBucketMultipartUploads', 's3:GetBucketAcl', 's3:PutObjectAcl',
];

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
});

function copy(from: s3.IBucketRef, to: s3.IBucketRef, id = 'Copy') {
  return new OnDemandFlow(stack, id, {
    source: new S3Source(from, { prefix: 'in' }),
    destination: new S3Destination(to),
    tasks: [Mapping.all()],
  });
}

function statement(sid: string, actions: string[]) {
  return Match.objectLike({
    Sid: sid,
    Effect: 'Allow',
    Principal: { Service: 'appflow.amazonaws.com' },
    Action: actions,
    Condition: {
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
      ArnLike: {
        'aws:SourceArn': {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appflow:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':*']],
        },
      },
    },
  });
}

describe('the bucket policy', () => {
  test.each<[string, () => s3.IBucketRef]>([
    ['a bucket', () => new Bucket(stack, 'Bucket')],
    ['an L1 bucket', () => new CfnBucket(stack, 'Bucket')],
  ])('of %s lets AppFlow read and write, a statement a purpose, however many flows there are', (_, bucket) => {
    const both = bucket();
    copy(both, both, 'First');
    copy(both, both, 'Second');
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::S3::BucketPolicy', 1);
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [statement('AllowAppFlowSourceActions', READ), statement('AllowAppFlowDestinationActions', WRITE)],
      },
    });
  });

  test('is there before each flow', () => {
    const bucket = new Bucket(stack, 'Bucket');
    copy(bucket, bucket, 'First');
    copy(bucket, bucket, 'Second');
    const template = Template.fromStack(stack);
    const [policy] = Object.keys(template.findResources('AWS::S3::BucketPolicy'));
    template.allResources('AWS::AppFlow::Flow', { DependsOn: [policy] });
  });

  test('that cannot be changed is told, with the statement to add', () => {
    const bucket = Bucket.fromBucketName(stack, 'Bucket', 'imported');
    copy(bucket, new Bucket(stack, 'Target'));
    Template.fromStack(stack).resourceCountIs('AWS::S3::BucketPolicy', 1);
    const [warning, ...others] = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('resource-policy-not-changed'));
    expect(others).toEqual([]);
    expect(warning.id).toEqual('/Stack/Copy');
    expect(warning.entry.data).toContain('"Action":["s3:ListBucket","s3:GetObject"]');
    expect(warning.entry.data).toContain('"Principal":{"Service":"appflow.amazonaws.com"}');
  });

  test('statements are for the account and Region of a stack that knows them', () => {
    stack = new Stack(new App(), 'Env', { env: { account: '111122223333', region: 'eu-central-1' } });
    const bucket = new Bucket(stack, 'Bucket');
    copy(bucket, bucket);
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Condition: {
            StringEquals: { 'aws:SourceAccount': '111122223333' },
            ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appflow:eu-central-1:111122223333:*']] } },
          },
        })]),
      },
    });
  });
});

test('the key of an encrypted bucket lets AppFlow use it', () => {
  const key = new Key(stack, 'Key');
  const bucket = new Bucket(stack, 'Bucket', { encryption: BucketEncryption.KMS, encryptionKey: key });
  copy(bucket, bucket);
  Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([Match.objectLike({
        Principal: { Service: 'appflow.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      })]),
    },
  });
});

describe('a source', () => {
  test('says where the files are and what is in them', () => {
    const bucket = new Bucket(stack, 'Bucket');
    new OnDemandFlow(stack, 'Flow', {
      source: new S3Source(bucket, { prefix: 'in', format: S3InputFormat.JSON }),
      destination: new S3Destination(bucket),
      tasks: [Mapping.all()],
    });
    Template.fromStack(stack).hasResourceProperties('AWS::AppFlow::Flow', {
      SourceFlowConfig: {
        ConnectorType: 'S3',
        ConnectorProfileName: Match.absent(),
        SourceConnectorProperties: {
          S3: { BucketName: { Ref: 'Bucket83908E77' }, BucketPrefix: 'in', S3InputFormatConfig: { S3InputFileType: 'JSON' } },
        },
      },
    });
  });
});

describe('a destination', () => {
  function destination(props: ConstructorParameters<typeof S3Destination>[1]) {
    const bucket = new Bucket(stack, 'Bucket');
    new OnDemandFlow(stack, 'Flow', { source: new S3Source(bucket, { prefix: 'in' }), destination: new S3Destination(bucket, props), tasks: [Mapping.all()] });
    const [flow] = Object.values(Template.fromStack(stack).findResources('AWS::AppFlow::Flow'));
    return flow.Properties.DestinationFlowConfigList[0].DestinationConnectorProperties.S3;
  }

  test('sends nothing that was not said', () => {
    expect(destination({})).toEqual({ BucketName: { Ref: 'Bucket83908E77' } });
  });

  test.each<[string, ConstructorParameters<typeof S3Destination>[1], unknown]>([
    ['CSV', { format: OutputFormat.csv() }, { FileType: 'CSV' }],
    ['JSON', { format: OutputFormat.json() }, { FileType: 'JSON' }],
    ['Parquet', { format: OutputFormat.parquet() }, { FileType: 'PARQUET' }],
    ['Parquet with types', { format: OutputFormat.parquet({ preserveSourceDataTyping: true }) }, { FileType: 'PARQUET', PreserveSourceDataTyping: true }],
    ['Parquet without types', { format: OutputFormat.parquet({ preserveSourceDataTyping: false }) }, { FileType: 'PARQUET', PreserveSourceDataTyping: false }],
    ['one file', { aggregation: FileAggregation.singleFile() }, { AggregationConfig: { AggregationType: 'SingleFile' } }],
    ['several files', { aggregation: FileAggregation.none() }, { AggregationConfig: { AggregationType: 'None' } }],
    [
      'files of a size', { aggregation: FileAggregation.none({ targetFileSize: Size.mebibytes(128) }) },
      { AggregationConfig: { AggregationType: 'None', TargetFileSize: 128 } },
    ],
    [
      'folders',
      {
        prefixConfig: {
          prefixType: PrefixType.PATH_AND_FILENAME,
          prefixFormat: PrefixFormat.HOUR,
          pathPrefixHierarchy: [PathPrefix.SCHEMA_VERSION, PathPrefix.EXECUTION_ID],
        },
      },
      { PrefixConfig: { PrefixType: 'PATH_AND_FILENAME', PrefixFormat: 'HOUR', PathPrefixHierarchy: ['SCHEMA_VERSION', 'EXECUTION_ID'] } },
    ],
  ])('writes %s', (_, props, config) => {
    expect(destination(props).S3OutputFormatConfig).toEqual(config);
  });

  test('takes a prefix that is known only at deploy time', () => {
    expect(destination({ prefix: new CfnParameter(stack, 'Prefix').valueAsString }).BucketPrefix).toEqual({ Ref: 'Prefix' });
  });
});

describe('a catalogue', () => {
  function catalogued(catalog: GlueDataCatalog) {
    const bucket = new Bucket(stack, 'Bucket');
    new OnDemandFlow(stack, 'Flow', {
      source: new S3Source(bucket, { prefix: 'in' }),
      destination: new S3Destination(bucket, { catalog }),
      tasks: [Mapping.all()],
    });
    return Template.fromStack(stack);
  }

  test('gets a role for its own database alone', () => {
    const template = catalogued(new GlueDataCatalog({ databaseName: 'lake', tablePrefix: 'crm' }));
    template.hasResourceProperties('AWS::AppFlow::Flow', {
      MetadataCatalogConfig: {
        GlueDataCatalog: { DatabaseName: 'lake', TablePrefix: 'crm', RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('FlowCatalogRole'), 'Arn'] } },
      },
    });
    const glue = (resource: string) => ({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':glue:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:${resource}`]],
    });
    const [role] = Object.values(template.findResources('AWS::IAM::Role'));
    expect(role.Properties.AssumeRolePolicyDocument.Statement).toEqual([{
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: 'appflow.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }]);
    const [policy] = role.Properties.Policies;
    expect(policy.PolicyDocument.Statement).toHaveLength(1);
    expect(policy.PolicyDocument.Statement[0].Action).toHaveLength(29);
    expect(policy.PolicyDocument.Statement[0].Resource).toEqual([glue('catalog'), glue('database/lake'), glue('table/lake/*')]);
  });

  test('takes a role that was made elsewhere', () => {
    const role = Role.fromRoleArn(stack, 'Role', `arn:${Aws.PARTITION}:iam::111122223333:role/Catalog`);
    const template = catalogued(new GlueDataCatalog({ databaseName: 'lake', tablePrefix: 'crm', role }));
    template.resourceCountIs('AWS::IAM::Role', 0);
    template.hasResourceProperties('AWS::AppFlow::Flow', {
      MetadataCatalogConfig: { GlueDataCatalog: { RoleArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:role/Catalog']] } } },
    });
  });
});
