import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { type PropertyType, type SpecDatabase } from '@aws-cdk/service-spec-types';
import { AppFlowService } from './appflow-service';
import { toApi } from './from-cloudformation';
import { type JsonObject, type JsonValue } from './json';
import { ACCOUNT, REGION } from './samples';

const flow: JsonObject = {
  FlowName: 'orders',
  FlowStatus: 'Active',
  KMSArn: 'arn:aws:kms:us-east-1:111122223333:key/0',
  Tags: [{ Key: 'team', Value: 'sales' }],
  TriggerConfig: {
    TriggerType: 'Scheduled',
    TriggerProperties: { ScheduleExpression: 'rate(1days)', TimeZone: 'UTC', ScheduleStartTime: '1800000000', FlowErrorDeactivationThreshold: '5' },
  },
  SourceFlowConfig: { ConnectorType: 'Salesforce', ConnectorProfileName: 'crm', SourceConnectorProperties: { Salesforce: { Object: 'Account', IncludeDeletedRecords: 'true' } } },
  DestinationFlowConfigList: [{
    ConnectorType: 'Redshift',
    ConnectorProfileName: 'warehouse',
    DestinationConnectorProperties: { Redshift: { Object: 'public.accounts', IntermediateBucketName: 'stage', ErrorHandlingConfig: { FailOnFirstError: false, BucketName: 'errors' } } },
  }],
  Tasks: [{
    TaskType: 'Mask',
    SourceFields: ['Phone'],
    ConnectorOperator: { Salesforce: 'MASK_FIRST_N' },
    TaskProperties: [{ Key: 'MASK_LENGTH', Value: 5 }, { Key: 'MASK_VALUE', Value: '*' }],
  }],
};

test('a flow', () => {
  expect(toApi('AWS::AppFlow::Flow', flow)).toEqual({
    flowName: 'orders',
    kmsArn: 'arn:aws:kms:us-east-1:111122223333:key/0',
    tags: { team: 'sales' },
    triggerConfig: {
      triggerType: 'Scheduled',
      triggerProperties: { Scheduled: { scheduleExpression: 'rate(1days)', timezone: 'UTC', scheduleStartTime: 1800000000, flowErrorDeactivationThreshold: 5 } },
    },
    sourceFlowConfig: {
      connectorType: 'Salesforce', connectorProfileName: 'crm', sourceConnectorProperties: { Salesforce: { object: 'Account', includeDeletedRecords: true } },
    },
    destinationFlowConfigList: [{
      connectorType: 'Redshift',
      connectorProfileName: 'warehouse',
      destinationConnectorProperties: {
        Redshift: { object: 'public.accounts', intermediateBucketName: 'stage', errorHandlingConfig: { failOnFirstDestinationError: false, bucketName: 'errors' } },
      },
    }],
    tasks: [{
      taskType: 'Mask', sourceFields: ['Phone'], connectorOperator: { Salesforce: 'MASK_FIRST_N' }, taskProperties: { MASK_LENGTH: '5', MASK_VALUE: '*' },
    }],
  });
});

test('an update of a flow has no key, no tags and no status', () => {
  const update = toApi('AWS::AppFlow::Flow', flow, 'UpdateFlow');
  expect(Object.keys(update).sort()).toEqual(['destinationFlowConfigList', 'flowName', 'sourceFlowConfig', 'tasks', 'triggerConfig']);
});

test('a profile', () => {
  expect(toApi('AWS::AppFlow::ConnectorProfile', {
    ConnectorProfileName: 'crm',
    ConnectorType: 'Salesforce',
    ConnectionMode: 'Public',
    ConnectorProfileConfig: {
      ConnectorProfileProperties: { Salesforce: { InstanceUrl: 'https://example.com', isSandboxEnvironment: 'false' } },
      ConnectorProfileCredentials: { Salesforce: { ConnectorOAuthRequest: { AuthCode: 'a', RedirectUri: 'r' }, OAuth2GrantType: 'AUTHORIZATION_CODE' } },
    },
  })).toEqual({
    connectorProfileName: 'crm',
    connectorType: 'Salesforce',
    connectionMode: 'Public',
    connectorProfileConfig: {
      connectorProfileProperties: { Salesforce: { instanceUrl: 'https://example.com', isSandboxEnvironment: false } },
      connectorProfileCredentials: { Salesforce: { oAuthRequest: { authCode: 'a', redirectUri: 'r' }, oAuth2GrantType: 'AUTHORIZATION_CODE' } },
    },
  });
});

test('the keys of maps are the user\'s own', () => {
  const api = toApi('AWS::AppFlow::ConnectorProfile', {
    ConnectorProfileConfig: { ConnectorProfileProperties: { CustomConnector: { ProfileProperties: { APIVersion: 2 } } } },
  });
  expect(api.connectorProfileConfig).toEqual({ connectorProfileProperties: { CustomConnector: { profileProperties: { APIVersion: '2' } } } });
});

test('what the API has no member for is an error below the resource itself', () => {
  expect(() => toApi('AWS::AppFlow::Flow', { TriggerConfig: { Cron: '* * *' } })).toThrow('AWS::AppFlow::Flow.TriggerConfig.Cron has no counterpart in the API');
  expect(() => toApi('AWS::S3::Bucket', {})).toThrow('No operation of Amazon AppFlow is known for AWS::S3::Bucket');
});

describe('every property of the CloudFormation types', () => {
  let specification: SpecDatabase;
  beforeAll(async () => { specification = await loadAwsServiceSpec(); });

  /** A value with every property, however deep. */
  function sample(type: PropertyType): JsonValue {
    switch (type.type) {
      case 'ref': return everything(specification.get('typeDefinition', type.reference).properties);
      case 'array': return [sample(type.element)];
      case 'map': return { key: sample(type.element) };
      case 'boolean': return true;
      case 'integer':
      case 'number': return 7;
      default: return 'text';
    }
  }

  function everything(properties: Record<string, { type: PropertyType }>): JsonObject {
    return Object.fromEntries(Object.entries(properties).map(([name, { type }]) => [name, sample(type)]));
  }

  test.each(['AWS::AppFlow::Flow', 'AWS::AppFlow::ConnectorProfile', 'AWS::AppFlow::Connector'])('%s has a counterpart in the API', (type) => {
    const { properties } = specification.lookup('resource', 'cloudFormationType', 'equals', type).only();
    const { FlowStatus: _, ...ofOperation } = everything(properties);
    const api = toApi(type, ofOperation);
    expect(Object.keys(api)).toHaveLength(Object.keys(ofOperation).length);

    // The sample is no valid input, but none of its members is unknown to the operation.
    const service = new AppFlowService({ account: ACCOUNT, region: REGION });
    const operation = { 'AWS::AppFlow::Flow': 'CreateFlow', 'AWS::AppFlow::ConnectorProfile': 'CreateConnectorProfile' }[type] ?? 'RegisterConnector';
    expect(() => service.invoke(operation, api)).toThrow();
    expect(service.calls[0].unknownMembers).toEqual([]);
  });
});
