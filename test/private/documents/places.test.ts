import { checkDocument } from '../../../lib/private/documents';
import type { Configuration } from '../../real-configurations/material';

const NO_VALUE = { Ref: 'AWS::NoValue' };
const LONG = 'x'.repeat(3000);

/** A flow from Amazon S3 to Salesforce as CloudFormation writes it, without mistakes. */
function flow(changes: Configuration = {}, properties: Configuration = {}): Configuration {
  return {
    FlowName: 'orders',
    TriggerConfig: { TriggerType: 'OnDemand' },
    SourceFlowConfig: { ConnectorType: 'S3', SourceConnectorProperties: { S3: { BucketName: 'lake', BucketPrefix: 'in' } } },
    DestinationFlowConfigList: [{
      ConnectorType: 'Salesforce', ConnectorProfileName: 'crm', DestinationConnectorProperties: { Salesforce: { Object: 'Order', ...properties } },
    }],
    Tasks: [{ TaskType: 'Map_all', SourceFields: [] }],
    ...changes,
  };
}

function profile(credentials: Configuration, properties: Configuration = {}): Configuration {
  return {
    ConnectorProfileName: 'crm',
    ConnectorType: 'Salesforce',
    ConnectionMode: 'Public',
    ConnectorProfileConfig: { ConnectorProfileCredentials: { Salesforce: credentials }, ConnectorProfileProperties: { Salesforce: properties } },
  };
}

/** The codes of errors with their places. */
function errors(document: unknown): string[] {
  return checkDocument(document)!.filter(({ severity }) => severity === 'error').map(({ code, path }) => `${code.replace(/^.*:/, '')} at ${path}`);
}

const task = (changes: Configuration) => ({ TaskType: 'Map_all', SourceFields: [], ...changes });
const DESTINATION = 'Properties.DestinationFlowConfigList.0.DestinationConnectorProperties.Salesforce';

describe('a mistake in a template is found where it is written', () => {
  test('a flow without mistakes has none', () => {
    expect(errors({ Resources: { Flow: { Type: 'AWS::AppFlow::Flow', Properties: flow() } } })).toEqual([]);
  });

  test.each<[string, Configuration, string]>([
    ['in a task', flow({ Tasks: [task({}), task({ TaskType: 'Odd' })] }), 'task-type-unknown at Properties.Tasks.1.TaskType'],
    ['after a task that is not there', flow({ Tasks: [NO_VALUE, task({}), NO_VALUE, task({ TaskType: 'Odd' })] }), 'task-type-unknown at Properties.Tasks.3.TaskType'],
    ['after a task that may be there', flow({ Tasks: [{ 'Fn::If': ['Condition', task({}), NO_VALUE] }, task({ TaskType: 'Odd' })] }), 'task-type-unknown at Properties.Tasks.1.TaskType'],
    ['in an element of a list after one that is not there', flow({ Tasks: [task({}), { TaskType: 'Map', SourceFields: [NO_VALUE, LONG], DestinationField: 'a' }] }),
      'task-text-invalid at Properties.Tasks.1.SourceFields.1'],
    ['in a property of a task', flow({ Tasks: [task({ TaskProperties: [{ Key: 'EXCLUDE_SOURCE_FIELDS_LIST', Value: '[]' }, NO_VALUE, { Key: 'VALUE', Value: LONG }] })] }),
      'task-text-invalid at Properties.Tasks.0.TaskProperties.2.Value'],
    ['after a property of a task with an unknown key', flow({ Tasks: [task({ TaskProperties: [{ Key: { Ref: 'Parameter' }, Value: 'a' }, { Key: 'VALUE', Value: LONG }] })] }),
      'task-text-invalid at Properties.Tasks.0.TaskProperties.1.Value'],
    ['in an operator', flow({ Tasks: [task({}), { TaskType: 'Filter', SourceFields: ['a'], ConnectorOperator: { S3: 'ODD' } }] }),
      'operator-not-of-connector at Properties.Tasks.1.ConnectorOperator.S3'],
    ['in the only destination of a list', flow({ DestinationFlowConfigList: [NO_VALUE, { ...flow().DestinationFlowConfigList[0], ApiVersion: 'a b' }] }),
      'api-version-invalid at Properties.DestinationFlowConfigList.1.ApiVersion'],
    ['in the properties of a connector', flow({}, { Object: 'a b' }), `connector-property-invalid at ${DESTINATION}.Object`],
    ['in a list of the properties', flow({}, { IdFieldNames: ['Id', NO_VALUE, 'a b'] }), `connector-property-invalid at ${DESTINATION}.IdFieldNames.2`],
    ['in a structure of the properties', flow({}, { ErrorHandlingConfig: { FailOnFirstError: true, BucketName: 'a' } }),
      `connector-property-invalid at ${DESTINATION}.ErrorHandlingConfig.BucketName`],
    ['that consists in leaving something out', flow({}, { WriteOperationType: 'UPSERT' }), `write-operation-without-id-fields at ${DESTINATION}.IdFieldNames`],
    ['in a schedule', flow({ TriggerConfig: { TriggerType: 'Scheduled', TriggerProperties: { ScheduleExpression: 'rate(1days)', TimeZone: LONG } } }),
      'schedule-text-too-long at Properties.TriggerConfig.TriggerProperties.TimeZone'],
    ['in a tag', flow({ Tags: [{ Key: 'team', Value: 'sales' }, { Key: 'owner', Value: LONG }] }), 'tag-invalid at Properties.Tags.1.Value'],
  ])('%s', (_, properties, place) => {
    expect(errors({ Resources: { Flow: { Type: 'AWS::AppFlow::Flow', Properties: properties } } })).toEqual([place]);
  });

  test.each<[string, Configuration, string]>([
    ['in a member that the API calls otherwise', profile({ RefreshToken: { Ref: 'Token' }, ConnectorOAuthRequest: { RedirectUri: 'a b' } }),
      'credential-invalid at Properties.ConnectorProfileConfig.ConnectorProfileCredentials.Salesforce.ConnectorOAuthRequest.RedirectUri'],
    ['in the properties', profile({ RefreshToken: { Ref: 'Token' } }, { InstanceUrl: 'a b' }),
      'connector-profile-property-invalid at Properties.ConnectorProfileConfig.ConnectorProfileProperties.Salesforce.InstanceUrl'],
  ])('of a connector profile, %s', (_, properties, place) => {
    expect(errors({ Resources: { Profile: { Type: 'AWS::AppFlow::ConnectorProfile', Properties: properties } } })).toEqual([place]);
  });
});

test('a mistake in a request is found where it is written', () => {
  expect(errors({
    flowName: 'orders',
    triggerConfig: { triggerType: 'Scheduled', triggerProperties: { Scheduled: { scheduleExpression: 'rate(1days)', timezone: LONG } } },
    sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties: { S3: { bucketName: 'lake', bucketPrefix: LONG } } },
    destinationFlowConfigList: [{
      connectorType: 'Salesforce', connectorProfileName: 'crm', destinationConnectorProperties: { Salesforce: { object: 'Order', idFieldNames: ['Id', 'a b'] } },
    }],
    tasks: [{ taskType: 'Map_all', sourceFields: [], taskProperties: { VALUE: LONG } }],
    tags: { owner: LONG },
  }).sort()).toEqual([
    'connector-property-invalid at destinationFlowConfigList.0.destinationConnectorProperties.Salesforce.idFieldNames.1',
    'connector-property-invalid at sourceFlowConfig.sourceConnectorProperties.S3.bucketPrefix',
    'schedule-text-too-long at triggerConfig.triggerProperties.Scheduled.timezone',
    'tag-invalid at tags.owner',
    'task-text-invalid at tasks.0.taskProperties.VALUE',
  ]);
});
