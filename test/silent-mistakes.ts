/** Mistakes of which CDK's own validation of templates says nothing, or only warns, as resources of a template. */

type Properties = Readonly<Record<string, unknown>>;

interface FlowParts {
  readonly name?: string;
  readonly source?: Properties;
  readonly destination?: Properties;
  readonly trigger?: Properties;
  readonly tasks?: readonly Properties[];
}

const SALESFORCE = { ConnectorType: 'Salesforce', ConnectorProfileName: 'acme', SourceConnectorProperties: { Salesforce: { Object: 'Account' } } };
const SLACK = { ConnectorType: 'Slack', ConnectorProfileName: 'acme', SourceConnectorProperties: { Slack: { Object: 'conversations' } } };
const S3_SOURCE = { ConnectorType: 'S3', SourceConnectorProperties: { S3: { BucketName: 'lake', BucketPrefix: 'in' } } };
const S3 = { ConnectorType: 'S3', DestinationConnectorProperties: { S3: { BucketName: 'lake', BucketPrefix: 'out' } } };
const EVENT_BRIDGE = { ConnectorType: 'EventBridge', DestinationConnectorProperties: { EventBridge: { Object: 'aws.partner/appflow/orders' } } };
const ON_DEMAND = { TriggerType: 'OnDemand' };
const PROJECTION = { TaskType: 'Filter', SourceFields: ['Id', 'Phone'], ConnectorOperator: { Salesforce: 'PROJECTION' } };
const MAP = { TaskType: 'Map', SourceFields: ['Id'], ConnectorOperator: { Salesforce: 'NO_OP' }, DestinationField: 'Id' };
const MAP_ALL = { TaskType: 'Map_all', SourceFields: [] };

function flow({ name = 'orders', source = SALESFORCE, destination = S3, trigger = ON_DEMAND, tasks = [MAP_ALL] }: FlowParts) {
  return {
    Type: 'AWS::AppFlow::Flow',
    Properties: {
      FlowName: name, FlowStatus: 'Active', SourceFlowConfig: source, DestinationFlowConfigList: [destination], TriggerConfig: trigger, Tasks: tasks,
    },
  };
}

function scheduled(properties: Properties) {
  return flow({ trigger: { TriggerType: 'Scheduled', TriggerProperties: { ScheduleExpression: 'rate(5minutes)', DataPullMode: 'Incremental', ...properties } } });
}

/** Seconds since the epoch. */
const NEXT_CENTURY = Date.UTC(2100, 0, 1) / 1000;

/** What is wrong, where that is, and the resource. */
export const SILENT_MISTAKES: readonly (readonly [string, string, { readonly Type: string; readonly Properties: Properties }])[] = [
  ['the spelling of a rate', 'TriggerConfig.TriggerProperties.ScheduleExpression', scheduled({ ScheduleExpression: 'rate(5 minutes)' })],
  ['scheduled without trigger properties', 'TriggerConfig.TriggerProperties', flow({ trigger: { TriggerType: 'Scheduled' } })],
  [
    'trigger properties on an on-demand flow', 'TriggerConfig.TriggerProperties',
    flow({ trigger: { TriggerType: 'OnDemand', TriggerProperties: { ScheduleExpression: 'rate(5minutes)' } } }),
  ],
  ['a start in the past', 'TriggerConfig.TriggerProperties.ScheduleStartTime', scheduled({ ScheduleStartTime: 1_600_000_000 })],
  [
    'an end before the start', 'TriggerConfig.TriggerProperties.ScheduleEndTime',
    scheduled({ ScheduleStartTime: NEXT_CENTURY, ScheduleEndTime: NEXT_CENTURY - 86_400 }),
  ],
  [
    'UPSERT without an id field', 'DestinationFlowConfigList.0.DestinationConnectorProperties.Salesforce',
    flow({
      source: S3_SOURCE,
      destination: {
        ConnectorType: 'Salesforce',
        ConnectorProfileName: 'acme',
        DestinationConnectorProperties: { Salesforce: { Object: 'Account', WriteOperationType: 'UPSERT' } },
      },
      tasks: [{ ...MAP, ConnectorOperator: { S3: 'NO_OP' } }],
    }),
  ],
  [
    'a source with the properties of another connector', 'SourceFlowConfig.SourceConnectorProperties',
    flow({ source: { ...SALESFORCE, SourceConnectorProperties: { Servicenow: { Object: 'incident' } } } }),
  ],
  [
    'a destination with the properties of another connector', 'DestinationFlowConfigList.0.DestinationConnectorProperties',
    flow({ destination: { ...S3, DestinationConnectorProperties: { Redshift: { Object: 'orders', IntermediateBucketName: 'stage' } } } }),
  ],
  [
    'an operator of another connector than the source', 'Tasks.1.ConnectorOperator',
    flow({ tasks: [PROJECTION, { ...MAP, ConnectorOperator: { S3: 'NO_OP' } }] }),
  ],
  [
    'Mask with a comparison', 'Tasks.2.ConnectorOperator',
    flow({ tasks: [PROJECTION, MAP, { TaskType: 'Mask', SourceFields: ['Phone'], ConnectorOperator: { Salesforce: 'GREATER_THAN' } }] }),
  ],
  ['Map without a destination field', 'Tasks.1', flow({ tasks: [PROJECTION, { ...MAP, DestinationField: undefined }] })],
  ['Salesforce without a profile', 'SourceFlowConfig', flow({ source: { ...SALESFORCE, ConnectorProfileName: undefined } })],
  ['EventBridge from an on-demand flow', 'TriggerConfig.TriggerType', flow({ destination: EVENT_BRIDGE })],
  ['events of a connector that has none', 'TriggerConfig.TriggerType', flow({ source: SLACK, trigger: { TriggerType: 'Event' } })],
  ['a flow name with blanks', 'FlowName', flow({ name: 'all my orders' })],
  [
    'a private profile with the credentials of another connector, and a secret in plain text', 'ConnectorProfileConfig',
    {
      Type: 'AWS::AppFlow::ConnectorProfile',
      Properties: {
        ConnectorProfileName: 'acme',
        ConnectorType: 'Salesforce',
        ConnectionMode: 'Private',
        ConnectorProfileConfig: {
          ConnectorProfileProperties: { Salesforce: { InstanceUrl: 'https://acme.my.salesforce.com' } },
          ConnectorProfileCredentials: { Zendesk: { ClientId: 'id', ClientSecret: 'plain', AccessToken: 'plain' } },
        },
      },
    },
  ],
  ['a wrong trigger type', 'TriggerConfig.TriggerType', flow({ trigger: { TriggerType: 'OnDemande' } })],
  ['a wrong pull mode', 'TriggerConfig.TriggerProperties.DataPullMode', scheduled({ DataPullMode: 'Full' })],
  ['a wrong connector type', 'SourceFlowConfig.ConnectorType', flow({ source: { ...SALESFORCE, ConnectorType: 'SalesForce' } })],
  ['a wrong destination type', 'DestinationFlowConfigList.0.ConnectorType', flow({ destination: { ...S3, ConnectorType: 's3' } })],
  ['a wrong task type', 'Tasks.1.TaskType', flow({ tasks: [PROJECTION, { ...MAP, TaskType: 'Mapp' }] })],
  ['a wrong operator', 'Tasks.1.ConnectorOperator', flow({ tasks: [PROJECTION, { ...MAP, ConnectorOperator: { Salesforce: 'NOOP' } }] })],
  [
    'a wrong task property', 'Tasks.1.TaskProperties',
    flow({ tasks: [PROJECTION, { ...MAP, TaskProperties: [{ Key: 'SOURCE_DATATYPE', Value: 'string' }] }] }),
  ],
  [
    'a wrong file type', 'DestinationFlowConfigList.0.DestinationConnectorProperties.S3.S3OutputFormatConfig.FileType',
    flow({
      destination: { ...S3, DestinationConnectorProperties: { S3: { BucketName: 'lake', BucketPrefix: 'out', S3OutputFormatConfig: { FileType: 'XML' } } } },
    }),
  ],
  [
    'a wrong write operation', 'DestinationFlowConfigList.0.DestinationConnectorProperties.Salesforce.WriteOperationType',
    flow({
      source: S3_SOURCE,
      destination: {
        ConnectorType: 'Salesforce',
        ConnectorProfileName: 'acme',
        DestinationConnectorProperties: { Salesforce: { Object: 'Account', WriteOperationType: 'REPLACE' } },
      },
      tasks: [{ ...MAP, ConnectorOperator: { S3: 'NO_OP' } }],
    }),
  ],
];
