import { AppFlowService } from './appflow-service';
import { FLOW_RULES } from './flow-rule';
import { type JsonObject } from './json';
import { ACCOUNT, REGION, refusalOf, s3Destination, s3Flow, salesforceFlow, salesforceProfile, schedule } from './samples';
import { type World } from './world';

function cloud(world: Partial<World> = {}): AppFlowService {
  const service = new AppFlowService({ account: ACCOUNT, region: REGION, ...world });
  service.invoke('CreateConnectorProfile', salesforceProfile());
  return service;
}

const projection = { taskType: 'Filter', sourceFields: ['Id'], connectorOperator: { Salesforce: 'PROJECTION' } };
const map = { taskType: 'Map', sourceFields: ['Id'], destinationField: 'Id', connectorOperator: { Salesforce: 'NO_OP' } };
const destination = (connectorType: string, properties: JsonObject, profile?: string) =>
  ({ connectorType, connectorProfileName: profile, destinationConnectorProperties: { [connectorType]: properties } });

interface Case {
  readonly rule: string;
  readonly input: JsonObject;
  readonly world?: Partial<World>;
  /** The flow that is there before, for what is refused at UpdateFlow only. */
  readonly stored?: JsonObject;
  readonly code?: string;
  readonly message: string;
}

const failed = (reason: string) => `Create Flow request failed: [${reason}]`;
const updateFailed = (reason: string) => `Update Flow request failed due to:[${reason}]`;

const CASES: readonly Case[] = [
  { rule: 'one destination', input: s3Flow({ destinationFlowConfigList: [] }), message: failed('A flow must have exactly one destination') },
  { rule: 'one destination', input: s3Flow({ destinationFlowConfigList: [s3Destination(), s3Destination()] }), message: failed('A flow must have exactly one destination') },
  {
    rule: 'connector properties',
    input: s3Flow({ sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties: { Slack: { object: 'x' } } } }),
    message: failed('SourceConnectorProperties are missing for connector: S3'),
  },
  {
    rule: 'connector properties',
    input: s3Flow({ sourceFlowConfig: { connectorType: 'Redshift', sourceConnectorProperties: {} } }),
    message: failed('SourceConnectorProperties are missing for connector: Redshift'),
  },
  {
    rule: 'connector properties',
    input: s3Flow({ destinationFlowConfigList: [{ connectorType: 'Upsolver', destinationConnectorProperties: {} }] }),
    message: failed('DestinationConnectorProperties are missing for connector: Upsolver'),
  },
  {
    rule: 'trigger properties of a schedule',
    input: s3Flow({ triggerConfig: { triggerType: 'Scheduled' } }),
    message: failed('TriggerProps is required for Scheduled Trigger Type.'),
  },
  {
    rule: 'trigger properties of a schedule',
    stored: s3Flow(),
    input: s3Flow({ triggerConfig: { triggerType: 'Scheduled', triggerProperties: {} } }),
    message: updateFailed('TriggerProps is required for Scheduled Trigger Type.'),
  },
  {
    rule: 'no events from a custom connector',
    input: salesforceFlow({
      triggerConfig: { triggerType: 'Event' },
      sourceFlowConfig: { connectorType: 'CustomConnector', connectorProfileName: 'crm', sourceConnectorProperties: { CustomConnector: { entityName: 'x' } } },
    }),
    message: failed('Trigger type Event is not supported for connector: CustomConnector'),
  },
  {
    rule: 'events for EventBridge',
    input: salesforceFlow({ destinationFlowConfigList: [destination('EventBridge', { object: 'aws.partner/appflow/salesforce.com/1/x' })] }),
    message: failed('Trigger type Event is required for destination: EventBridge'),
  },
  {
    rule: 'schedule and key for Lookout for Metrics',
    input: salesforceFlow({ triggerConfig: schedule(), destinationFlowConfigList: [destination('LookoutMetrics', {})] }),
    message: failed('Destination LookoutMetrics requires a Scheduled trigger and a kmsArn'),
  },
  {
    rule: 'profile named',
    input: salesforceFlow({ sourceFlowConfig: { connectorType: 'Salesforce', sourceConnectorProperties: { Salesforce: { object: 'Account' } } } }),
    message: failed('ConnectorProfileName is required for connector: Salesforce'),
  },
  {
    rule: 'profile found',
    input: s3Flow({ destinationFlowConfigList: [destination('Zendesk', { object: 'tickets' }, 'absent')] }),
    code: 'ResourceNotFoundException',
    message: 'Connector Profile with name: absent does not exist',
  },
  {
    rule: 'projection or Map_all',
    input: salesforceFlow({ tasks: [map] }),
    message: failed('Task Validation Error: You must specify a projection task or a MAP_ALL task'),
  },
  {
    rule: 'filter without comparison',
    input: salesforceFlow({ tasks: [projection, { ...projection, connectorOperator: { Salesforce: 'NO_OP' } }] }),
    message: failed('Task Validation Error: The operator NO_OP is not valid for filtering tasks'),
  },
  {
    rule: 'id field names',
    input: s3Flow({ destinationFlowConfigList: [destination('Salesforce', { object: 'Account', writeOperationType: 'UPDATE' }, 'crm')] }),
    message: failed('Atleast one field must be specified in idFieldNames for the UPDATE Operation.'),
  },
  {
    rule: 'id field names',
    input: s3Flow({ destinationFlowConfigList: [destination('Salesforce', { object: 'Account', writeOperationType: 'UPSERT', idFieldNames: [] }, 'crm')] }),
    message: failed('Atleast one field must be specified in idFieldNames for the UPSERT Operation.'),
  },
  {
    rule: 'another destination object',
    stored: s3Flow(),
    input: s3Flow({ destinationFlowConfigList: [s3Destination({ bucketPrefix: 'elsewhere' })] }),
    message: updateFailed('Destination object for the destination connector can not be updated'),
  },
  {
    rule: 'another destination object',
    stored: salesforceFlow({ triggerConfig: { triggerType: 'Event' }, destinationFlowConfigList: [destination('EventBridge', { object: 'source-1' })] }),
    input: salesforceFlow({ triggerConfig: { triggerType: 'Event' }, destinationFlowConfigList: [destination('EventBridge', { object: 'source-2' })] }),
    message: updateFailed('Destination object for the destination connector can not be updated'),
  },
  {
    rule: 'another source object',
    stored: s3Flow(),
    input: s3Flow({ sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties: { S3: { bucketName: 'another-bucket', bucketPrefix: 'in' } } } }),
    message: updateFailed('Do not update the object for the flow.'),
  },
  {
    rule: 'policy of the source bucket',
    input: s3Flow(),
    world: { bucketPolicies: () => undefined },
    message: failed('The policy of bucket source-bucket does not allow appflow.amazonaws.com: s3:ListBucket, s3:GetObject'),
  },
  {
    rule: 'policy of the destination bucket',
    input: salesforceFlow(),
    world: { bucketPolicies: () => undefined },
    message: failed('The policy of bucket target-bucket does not allow appflow.amazonaws.com: s3:PutObject, s3:AbortMultipartUpload, '
      + 's3:ListMultipartUploadParts, s3:ListBucketMultipartUploads, s3:GetBucketAcl, s3:PutObjectAcl'),
  },
  {
    rule: 'objects under the source prefix',
    input: s3Flow(),
    world: { hasObjects: () => false, refuseEmptySourcePrefix: true },
    code: 'ConnectorServerException',
    message: 'No objects found in bucket source-bucket under prefix in',
  },
];

test.each(CASES)('$rule: $message', ({ input, stored, world, code = 'ValidationException', message }) => {
  const service = cloud(world);
  if (stored) service.invoke('CreateFlow', stored);
  expect(refusalOf(() => service.invoke(stored ? 'UpdateFlow' : 'CreateFlow', input))).toEqual({ code, message, status: expect.any(Number) });
  expect(service.calls.at(-1)!.outcome).toBe(code);
});

test('every rule refuses something here and says where it is from', () => {
  expect(new Set(CASES.map(({ rule }) => rule))).toEqual(new Set(FLOW_RULES.map(({ name }) => name)));
  expect(FLOW_RULES.every(({ evidence }) => evidence.length > 10)).toBe(true);
});

test.each<[string, JsonObject]>([
  ['a Map without projection from S3', s3Flow({ tasks: [{ ...map, connectorOperator: { S3: 'NO_OP' } }] })],
  ['an operator keyed by another connector than the source', salesforceFlow({
    tasks: [
      { ...projection, connectorOperator: { S3: 'PROJECTION' } }, { ...map, connectorOperator: { S3: 'NO_OP' } },
    ],
  })],
  ['a task without operator', salesforceFlow({ tasks: [{ taskType: 'Map_all', sourceFields: [] }] })],
  ['a cron expression', s3Flow({ triggerConfig: schedule({ scheduleExpression: 'cron(0 7 ? * TUE *)' }) })],
  ['a rate with a blank', s3Flow({ triggerConfig: schedule({ scheduleExpression: 'rate(1 minute)' }) })],
  ['a start in the past', s3Flow({ triggerConfig: schedule({ scheduleStartTime: 1 }) })],
  ['a deletion without id field names', s3Flow({
    destinationFlowConfigList: [destination('Salesforce', { object: 'Account', writeOperationType: 'DELETE' }, 'crm')],
  })],
  ['an upsert to a custom connector without id field names', s3Flow({
    destinationFlowConfigList: [destination('CustomConnector', { entityName: 'x', writeOperationType: 'UPSERT' }, 'crm')],
  })],
  ['a profile named for a connector without profiles', s3Flow({ destinationFlowConfigList: [{ ...s3Destination(), connectorProfileName: 'absent' }] })],
  ['Lookout for Metrics on a schedule with a key', salesforceFlow({
    triggerConfig: schedule(), kmsArn: 'arn:aws:kms:us-east-1:111122223333:key/0', destinationFlowConfigList: [destination('LookoutMetrics', {})],
  })],
])('%s is taken', (_, input) => {
  const service = cloud();
  service.invoke('CreateFlow', input);
  expect(service.calls.at(-1)!.outcome).toBe('ok');
});

test('an empty source prefix is taken unless a test asks for the refusal', () => {
  expect(cloud({ hasObjects: () => false }).invoke('CreateFlow', s3Flow())).toMatchObject({ flowStatus: 'Active' });
});

test('a change of another connector\'s object is taken: that it is refused is not known', () => {
  const service = cloud();
  service.invoke('CreateFlow', salesforceFlow());
  service.invoke('UpdateFlow', salesforceFlow({
    sourceFlowConfig: { connectorType: 'Salesforce', connectorProfileName: 'crm', sourceConnectorProperties: { Salesforce: { object: 'Contact' } } },
  }));
  expect(service.flows.get('accounts')!.definition.sourceFlowConfig.sourceConnectorProperties!.Salesforce!.object).toBe('Contact');
});
