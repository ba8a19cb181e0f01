import { ResourceDefinition } from './template';

/** Two buckets that Amazon AppFlow may use. */
export const BUCKETS: Record<string, ResourceDefinition> = {
  Source: { Type: 'AWS::S3::Bucket' },
  SourcePolicy: bucketPolicy('Source'),
  Lake: { Type: 'AWS::S3::Bucket' },
  LakePolicy: bucketPolicy('Lake'),
};

function bucketPolicy(bucket: string): ResourceDefinition {
  return {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: bucket },
      PolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Principal: { Service: 'appflow.amazonaws.com' },
          Action: 's3:*',
          Resource: [{ 'Fn::GetAtt': [bucket, 'Arn'] }, { 'Fn::Sub': `\${${bucket}.Arn}/*` }],
        }],
      },
    },
  };
}

/** A scheduled flow between the two buckets. */
export function flow(properties: Record<string, unknown> = {}, schedule = 'rate(15minutes)'): ResourceDefinition {
  return {
    Type: 'AWS::AppFlow::Flow',
    DependsOn: ['SourcePolicy', 'LakePolicy'],
    Properties: {
      FlowName: 'orders',
      TriggerConfig: { TriggerType: 'Scheduled', TriggerProperties: { ScheduleExpression: schedule, DataPullMode: 'Incremental' } },
      SourceFlowConfig: { ConnectorType: 'S3', SourceConnectorProperties: { S3: { BucketName: { Ref: 'Source' }, BucketPrefix: 'in' } } },
      DestinationFlowConfigList: [{ ConnectorType: 'S3', DestinationConnectorProperties: { S3: { BucketName: { Ref: 'Lake' } } } }],
      Tasks: [{
        TaskType: 'Map_all',
        SourceFields: [],
        ConnectorOperator: { S3: 'NO_OP' },
        TaskProperties: [{ Key: 'EXCLUDE_SOURCE_FIELDS_LIST', Value: '[]' }],
      }],
      ...properties,
    },
  };
}

/** A function with its source inline, and the role that it runs with. */
export function lambdaFunction(
  source: string, statements: object[] = [], properties: Record<string, unknown> = {},
): Record<string, ResourceDefinition> {
  return {
    HandlerRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
        Policies: statements.length === 0 ? [] : [{ PolicyName: 'inline', PolicyDocument: { Statement: statements } }],
      },
    },
    Handler: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { ZipFile: source },
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        Role: { 'Fn::GetAtt': ['HandlerRole', 'Arn'] },
        Timeout: 10,
        ...properties,
      },
    },
  };
}

/**
 * The source of a handler that answers with what `answer`, an expression over `event`, evaluates to, and that logs the events it gets
 * as one line of JSON each.
 */
export function answering(answer: string): string {
  return `
    exports.handler = async (event) => {
      console.log(JSON.stringify({ ...event, ResponseURL: undefined }));
      const { StackId, RequestId, LogicalResourceId } = event;
      const answer = { Status: 'SUCCESS', PhysicalResourceId: event.PhysicalResourceId ?? 'thing-1', StackId, RequestId, LogicalResourceId, ...(${answer}) };
      await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
    };`;
}

/** A custom resource that is handled by the function of `lambdaFunction`. */
export function thing(properties: Record<string, unknown> = {}, more: Partial<ResourceDefinition> = {}): ResourceDefinition {
  return { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] }, ...properties }, ...more };
}

/** Resources that make no calls and have no handler of their own, to fill a stack with. */
export function topic(properties: Record<string, unknown> = {}, more: Partial<ResourceDefinition> = {}): ResourceDefinition {
  return { Type: 'AWS::SNS::Topic', Properties: properties, ...more };
}
