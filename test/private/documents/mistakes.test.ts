import * as fc from 'fast-check';
import { checkDocument } from '../../../lib/private/documents';
import { createFlow, DESTINATIONS, end, mapAll, operatorsOf, SOURCES, TRIGGERS } from '../../agreement/requests';
import { MADE_UP, type MadeUpResource, templateWith } from '../../documents/made-up-documents';
import { type Path, replaced, valueAt } from '../../documents/nodes';
import type { Configuration } from '../../real-configurations/material';

/** Makes one thing of a resource wrong, or leaves it as it is where it has no such thing. */
type Mistake = (properties: Configuration) => Configuration;

const at = (path: Path, value: Configuration): Mistake => (properties) => replaced(properties, path, value);
/** In a place that not every resource has. */
const where = (path: Path, value: Configuration): Mistake => (properties) =>
  valueAt(properties, path) !== undefined ? replaced(properties, path, value) : properties;
const withTask = (task: Configuration): Mistake => (properties) => ({ ...properties, Tasks: [...properties.Tasks, { TaskType: 'Map', SourceFields: ['a'], DestinationField: 'b', ...task }] });
const scheduled = (schedule: Configuration): Mistake => at(['TriggerConfig'], { TriggerType: 'Scheduled', TriggerProperties: schedule });

const TO_S3: Path = ['DestinationFlowConfigList', 0, 'DestinationConnectorProperties', 'S3'];
const LONG = 'x'.repeat(3000);

/** By the rule that must find them: ways to break any flow. */
const IN_FLOWS: Readonly<Record<string, Mistake[]>> = {
  'flow-name-invalid': [at(['FlowName'], 'a b'), at(['FlowName'], 'a'), at(['FlowName'], LONG)],
  'flow-description-invalid': [at(['Description'], 'a/b'), at(['Description'], LONG)],
  'api-version-invalid': [at(['SourceFlowConfig', 'ApiVersion'], 'a b'), at(['DestinationFlowConfigList', 0, 'ApiVersion'], LONG)],
  'catalog-name-invalid': [at(['MetadataCatalogConfig'], { GlueDataCatalog: { RoleArn: 'role', DatabaseName: LONG, TablePrefix: 'a' } })],
  'trigger-type-unknown': [at(['TriggerConfig', 'TriggerType'], 'Sometimes'), at(['TriggerConfig', 'TriggerType'], 'constructor')],
  'schedule-missing': [at(['TriggerConfig'], { TriggerType: 'Scheduled' })],
  'data-pull-mode-unknown': [scheduled({ ScheduleExpression: 'rate(1days)', DataPullMode: 'Partial' })],
  'schedule-expression-invalid': [scheduled({ ScheduleExpression: '' }), scheduled({ ScheduleExpression: `rate(${LONG})` })],
  'schedule-rate-too-high': [scheduled({ ScheduleExpression: 'rate(30seconds)' }), scheduled({ ScheduleExpression: 'rate(0minutes)' })],
  'schedule-offset-out-of-range': [scheduled({ ScheduleExpression: 'rate(1days)', ScheduleOffset: 36_001 })],
  'deactivation-threshold-out-of-range': [scheduled({ ScheduleExpression: 'rate(1days)', FlowErrorDeactivationThreshold: 101 })],
  'schedule-text-too-long': [scheduled({ ScheduleExpression: 'rate(1days)', TimeZone: LONG }), at(['SourceFlowConfig', 'IncrementalPullConfig'], { DatetimeTypeFieldName: LONG })],
  'destination-count-invalid': [at(['DestinationFlowConfigList'], []), (flow) => ({ ...flow, DestinationFlowConfigList: [...flow.DestinationFlowConfigList, ...flow.DestinationFlowConfigList] })],
  'connector-type-unknown': [at(['SourceFlowConfig', 'ConnectorType'], 'Salesforc'), at(['DestinationFlowConfigList', 0, 'ConnectorType'], 'toString')],
  'connector-not-of-role': [at(['SourceFlowConfig', 'ConnectorType'], 'Upsolver'), at(['DestinationFlowConfigList', 0, 'ConnectorType'], 'Slack')],
  'connector-properties-missing': [at(['SourceFlowConfig', 'SourceConnectorProperties'], {}), at(['SourceFlowConfig', 'SourceConnectorProperties'], { Odd: { Object: 'a' } })],
  'connector-profile-name-of-flow-invalid': [at(['SourceFlowConfig', 'ConnectorProfileName'], 'a b')],
  'task-type-unknown': [withTask({ TaskType: 'Mop' }), withTask({ TaskType: 'valueOf' })],
  'task-property-unknown': [withTask({ TaskProperties: [{ Key: 'ODD', Value: 'a' }] })],
  'task-text-invalid': [withTask({ SourceFields: [LONG] }), withTask({ DestinationField: LONG }), withTask({ TaskProperties: [{ Key: 'SOURCE_DATA_TYPE', Value: LONG }] })],
  'operator-not-of-connector': [withTask({ ConnectorOperator: { S3: 'ODD' } }), withTask({ ConnectorOperator: { Salesforce: 'hasOwnProperty' } })],
  'filter-without-comparison': [(flow) => withTask({ TaskType: 'Filter', ConnectorOperator: { [Object.keys(flow.SourceFlowConfig.SourceConnectorProperties)[0]]: 'NO_OP' } })(flow)],
  'too-many-partition-keys': [withTask({ TaskType: 'Partition', TaskProperties: [{ Key: 'ORDERED_PARTITION_KEYS_LIST', Value: JSON.stringify('abcdefghijk'.split('')) }] })],
  'too-many-tags': [at(['Tags'], Array.from({ length: 51 }, (_, index) => ({ Key: `key${index}`, Value: 'a' })))],
  'tag-invalid': [at(['Tags'], [{ Key: 'aws:team', Value: 'a' }]), at(['Tags'], [{ Key: 'team', Value: LONG }])],
  'connector-property-invalid': [
    where([...TO_S3, 'BucketName'], 'a'),
    where(TO_S3, { BucketName: 'lake', S3OutputFormatConfig: { FileType: 'XML' } }),
    where(['DestinationFlowConfigList', 0, 'DestinationConnectorProperties', 'Salesforce', 'Object'], 'a b'),
  ],
};

/** What breaks flows of some connectors, which are told by what the flow is. */
const IN_SOME_FLOWS: Readonly<Record<string, [flows: RegExp, ways: Mistake[]]>> = {
  'connector-profile-missing': [/from (?!S3)/, [at(['SourceFlowConfig', 'ConnectorProfileName'], undefined)]],
  'projection-missing': [/from (Salesforce|CustomConnector)/, [at(['Tasks'], []), at(['Tasks'], [{ TaskType: 'Map', SourceFields: ['a'], DestinationField: 'b' }])]],
  'write-operation-without-id-fields': [/to Salesforce/, [
    at(['DestinationFlowConfigList', 0, 'DestinationConnectorProperties', 'Salesforce'], { Object: 'a', WriteOperationType: 'UPSERT' }),
    at(['DestinationFlowConfigList', 0, 'DestinationConnectorProperties', 'Salesforce'], { Object: 'a', WriteOperationType: 'UPDATE', IdFieldNames: [] }),
  ]],
  'destination-trigger-not-supported': [/to EventBridge/, [at(['TriggerConfig'], { TriggerType: 'OnDemand' })]],
  'catalog-without-s3': [/to (Salesforce|Zendesk|Snowflake)/, [
    at(['MetadataCatalogConfig'], { GlueDataCatalog: { RoleArn: 'arn:aws:iam::111122223333:role/Role', DatabaseName: 'lake', TablePrefix: 'a' } }),
  ]],
};

/** The same of any connector profile. */
const IN_PROFILES: Readonly<Record<string, Mistake[]>> = {
  'connector-profile-name-invalid': [at(['ConnectorProfileName'], 'a b'), at(['ConnectorProfileName'], LONG)],
  'connector-profile-type-unknown': [at(['ConnectorType'], 'Salesforc'), at(['ConnectorType'], 'constructor')],
  'connector-without-profile': [at(['ConnectorType'], 'S3')],
  'connector-label-invalid': [at(['ConnectorLabel'], 'Google BigQuery')],
  'connection-mode-unknown': [at(['ConnectionMode'], 'private')],
  'credentials-of-another-connector': [(profile) => at(['ConnectorProfileConfig', 'ConnectorProfileCredentials'], {
    [profile.ConnectorType === 'Slack' ? 'Zendesk' : 'Slack']: { ClientId: 'client', ClientSecret: { Ref: 'Secret' } },
  })(profile)],
};

describe.each([
  ['a flow', IN_FLOWS, MADE_UP.filter(({ type }) => type === 'AWS::AppFlow::Flow')],
  ['a connector profile', IN_PROFILES, MADE_UP.filter(({ type }) => type === 'AWS::AppFlow::ConnectorProfile')],
])('a mistake in %s that is right otherwise is found', (_, mistakes, resources) => {
  test.each(Object.entries(mistakes))('%s', (code, ways) => {
    fc.assert(fc.property(broken(resources, ways), ({ type, right, wrong }) => {
      fc.pre(right !== wrong);
      expect(errors(type, right)).toEqual([]);
      expect(errors(type, wrong)).toContain(`appflow-constructs:${code}`);
    }), { numRuns: 25 });
  });
});

test.each(Object.entries(IN_SOME_FLOWS))('a mistake in a flow of some connectors that is right otherwise is found: %s', (code, [flows, ways]) => {
  fc.assert(fc.property(broken(MADE_UP.filter(({ what }) => flows.test(what)), ways), ({ type, right, wrong }) => {
    expect(errors(type, right)).toEqual([]);
    expect(errors(type, wrong)).toContain(`appflow-constructs:${code}`);
  }), { numRuns: 25 });
});

/** Connectors whose pages allow fewer runs than one a minute. */
const HOURLY = ['Marketo', 'Singular', 'Trendmicro'];
const DAILY = ['Amplitude', 'Googleanalytics'];

describe('what the facts allow is no error', () => {
  const flow = (source: string, parts: Configuration = {}) => createFlow({
    source: end('source', source), destination: end('destination', 'S3'), trigger: TRIGGERS.OnDemand, tasks: [mapAll(source)], ...parts,
  });
  const errorsOf = (request: Configuration) => checkDocument(request)!.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  const member = (source: string) => Object.keys(end('source', source).sourceConnectorProperties!)[0];

  test.each(SOURCES)('the operators of %s in tasks that take them', (source) => {
    const task = (operator: string) => ({
      taskType: /^MASK/.test(operator) ? 'Mask' : /^VALIDATE/.test(operator) ? 'Validate' : /ION$/.test(operator) && operator !== 'PROJECTION' ? 'Arithmetic' : operator === 'NO_OP' ? 'Truncate' : 'Filter',
      sourceFields: ['a'],
      connectorOperator: { [member(source)]: operator },
    });
    expect(operatorsOf(source).filter((operator) => errorsOf(flow(source, { tasks: [mapAll(source), task(operator)] })).length > 0)).toEqual([]);
  });

  test.each(SOURCES)('a schedule from %s as often as its page allows, and no more often', (source) => {
    const [often, oftener] = HOURLY.includes(source) ? ['1hours', '59minutes'] : DAILY.includes(source) ? ['1days', '23hours'] : ['1minutes', '59seconds'];
    const errorsAt = (rate: string) => errorsOf(flow(source, {
      destination: end('destination', source === 'Googleanalytics' ? 'Redshift' : 'S3'),
      trigger: { triggerType: 'Scheduled', triggerProperties: { Scheduled: { scheduleExpression: `rate(${rate})` } } },
    }));
    expect(errorsAt(often)).toEqual([]);
    expect(errorsAt(oftener)).toEqual(['appflow-constructs:schedule-rate-too-high']);
  });

  test.each(DESTINATIONS)('a flow from Salesforce to %s, with the trigger that it takes', (destination) => {
    const trigger = destination === 'EventBridge' ? TRIGGERS.Event : destination === 'LookoutMetrics'
      ? { triggerType: 'Scheduled', triggerProperties: { Scheduled: { scheduleExpression: 'rate(1hours)' } } } : TRIGGERS.OnDemand;
    expect(errorsOf(flow('Salesforce', { destination: end('destination', destination), trigger }))).toEqual([]);
  });
});

/** Resources that are right, each with one that is wrong in one of the ways. */
function broken(resources: readonly MadeUpResource[], ways: readonly Mistake[]) {
  return fc.constantFrom(...resources).chain(({ type, properties }) => fc.tuple(properties, fc.constantFrom(...ways)).map(([made, mistake]) => {
    const right = JSON.parse(JSON.stringify(made));
    return { type, right, wrong: mistake(right) };
  }));
}

function errors(type: string, properties: Configuration): string[] {
  return checkDocument(templateWith(type, properties))!.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}
