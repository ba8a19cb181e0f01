import { CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import * as fc from 'fast-check';
import type { EndPlan, FlowPlan, TaskPlan, TriggerPlan } from '../../../lib/private/flow-plan';
import { renderCreateFlow } from '../../../lib/private/render/create-flow';
import { renderFlow } from '../../../lib/private/render/flow';
import { toApi } from '../../local-cloud/appflow/from-cloudformation';
import { newStack } from '../../synthesis';

const text = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,12}$/);
const number = fc.integer({ min: 1, max: 4_000_000_000 });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const errorHandlingConfig = fc.record({ failOnFirstDestinationError: fc.boolean(), bucketName: text, bucketPrefix: text }, { requiredKeys: ['bucketName'] });

const end = fc.record({ apiVersion: optional(text), connectorProfileName: optional(text) });
const withProperties = (connectorType: string, properties: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<EndPlan> =>
  fc.tuple(end, properties).map(([common, members]) => ({ ...common, connectorType, properties: members }));

const source = fc.tuple(fc.oneof(
  withProperties('S3', fc.record({ bucketName: text, bucketPrefix: text, s3InputFormatConfig: fc.record({ s3InputFileType: fc.constant('CSV') }) })),
  withProperties('Salesforce', fc.record({ object: text, includeDeletedRecords: fc.boolean(), dataTransferApi: fc.constant('BULKV2') }, { requiredKeys: ['object'] })),
  withProperties('Googleanalytics', fc.record({ object: text })),
  withProperties('CustomConnector', fc.record({
    entityName: text, customProperties: fc.dictionary(fc.constantFrom('Name', 'oAuthRequest', 'disableSSO'), text, { minKeys: 1 }),
  })),
  withProperties('SAPOData', fc.record({ objectPath: text, paginationConfig: fc.record({ maxPageSize: number }) })),
), optional(text)).map(([plan, timestampField]) => ({ ...plan, timestampField }));

const destination = fc.oneof(
  withProperties('S3', fc.record({
    bucketName: text,
    s3OutputFormatConfig: fc.record({
      fileType: fc.constant('PARQUET'),
      preserveSourceDataTyping: fc.boolean(),
      aggregationConfig: fc.record({ aggregationType: fc.constant('None'), targetFileSize: number }),
      prefixConfig: fc.record({ prefixType: fc.constant('PATH'), pathPrefixHierarchy: fc.array(text, { minLength: 1 }) }),
    }),
  })),
  withProperties('Salesforce', fc.record({ object: text, idFieldNames: fc.array(text, { minLength: 1 }), errorHandlingConfig })),
);

const schedule = fc.record({
  scheduleExpression: text,
  dataPullMode: fc.constantFrom('Incremental', 'Complete'),
  scheduleStartTime: number,
  scheduleEndTime: number,
  firstExecutionFrom: number,
  timezone: text,
  scheduleOffset: number,
  flowErrorDeactivationThreshold: number,
}, { requiredKeys: ['scheduleExpression'] });
const trigger: fc.Arbitrary<TriggerPlan> = fc.oneof(
  schedule.map((members) => ({ type: 'Scheduled' as const, ...members })),
  fc.constantFrom('OnDemand' as const, 'Event' as const).map((type) => ({ type })),
);

const task: fc.Arbitrary<TaskPlan> = fc.record({
  taskType: fc.constantFrom('Map', 'Filter', 'Map_all'),
  sourceFields: fc.array(text, { maxLength: 3 }),
  connectorOperator: optional(fc.tuple(fc.constantFrom('S3', 'GoogleAnalytics', 'SAPOData', 'CustomConnector'), text).map(([member, name]) => ({ [member]: name }))),
  destinationField: optional(text),
  taskProperties: optional(fc.dictionary(fc.constantFrom('DATA_TYPE', 'VALUE'), text)),
  madeFor: optional(text),
});

const plan: fc.Arbitrary<FlowPlan> = fc.record({
  flowName: text,
  description: optional(text),
  kmsArn: optional(text),
  trigger,
  source,
  destination,
  tasks: fc.array(task, { minLength: 1, maxLength: 4 }),
  catalog: optional(fc.record({ roleArn: text, databaseName: text, tablePrefix: text })),
  // Ordinary objects, which the generated ones are not.
}).map((made) => JSON.parse(JSON.stringify(made)));

/** What CloudFormation asks of AppFlow for a flow, and what the custom resource does. */
function both(stack: Stack, made: FlowPlan) {
  const { Resources } = stack.resolve(new CfnFlow(stack, 'Flow', renderFlow(made))._toCloudFormation());
  return {
    byCloudFormation: JSON.parse(JSON.stringify(toApi('AWS::AppFlow::Flow', Resources.Flow.Properties))),
    byCustomResource: JSON.parse(JSON.stringify(stack.resolve(renderCreateFlow(made)))),
  };
}

test('the custom resource asks AppFlow for the very flow that CloudFormation would', () => {
  fc.assert(fc.property(plan, (made) => {
    const { byCloudFormation, byCustomResource } = both(newStack(), made);
    expect(byCustomResource).toEqual(byCloudFormation);
  }), { numRuns: 100 });
});

test('texts, numbers and lists that are known only at deploy time stay what they are', () => {
  const stack = newStack();
  const offset = new CfnParameter(stack, 'Offset', { type: 'Number' });
  const made: FlowPlan = {
    flowName: 'flow',
    trigger: { type: 'Scheduled', scheduleExpression: 'rate(1hours)', scheduleOffset: offset.valueAsNumber },
    source: { connectorType: 'S3', connectorProfileName: Fn.importValue('profile'), properties: { bucketName: `lake-${offset.valueAsNumber}` } },
    destination: { connectorType: 'CustomerProfiles', properties: { domainName: 'domain' } },
    tasks: [{ taskType: 'Filter', sourceFields: Fn.split(',', Fn.importValue('fields')), connectorOperator: { S3: 'PROJECTION' } }],
  };
  expect(stack.resolve(renderCreateFlow(made))).toMatchObject({
    triggerConfig: { triggerProperties: { Scheduled: { scheduleOffset: { Ref: 'Offset' } } } },
    sourceFlowConfig: {
      connectorProfileName: { 'Fn::ImportValue': 'profile' },
      sourceConnectorProperties: { S3: { bucketName: { 'Fn::Join': ['', ['lake-', { Ref: 'Offset' }]] } } },
    },
    tasks: [{ sourceFields: { 'Fn::Split': [',', { 'Fn::ImportValue': 'fields' }] } }],
  });
});
