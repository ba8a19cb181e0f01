import type { PropertyRecord, WriteOperationRecord } from '../connector-record';
import { connectorRecord } from '../connector-records';
import { describeEnvironment, isElsewhere } from '../environment';
import type { EndPlan, FlowPlan } from '../flow-plan';
import { differ, literalLength, literalString, literalStrings, quote, quoteAll } from '../values';
import { propertyViolations, type Rule } from './rule';

const S3_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/s3.html';

interface End {
  readonly role: 'source' | 'destination';
  readonly plan: EndPlan;
}

/** Rules about source and destination, each by itself and together. */
export const END_RULES: readonly Rule<FlowPlan>[] = [
  {
    code: 'connector-profile-missing',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/connections.html',
    broken: (plan) => ends(plan)
      .filter((end) => connectorRecord(end.plan.connectorType)?.profile !== undefined && end.plan.connectorProfileName === undefined)
      .map((end) => ({
        at: [end.role, 'connectorProfileName'],
        what: `the ${end.role} has no connector profile, and AppFlow cannot sign in to ${title(end)} without one`,
        remedy: 'give it a ConnectorProfile',
      })),
  },
  {
    code: 'connector-profile-of-another-connector',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/connections.html',
    broken: (plan) => ends(plan)
      .filter(({ plan: end }) => literalString(end.profileConnectorType) !== undefined && literalString(end.connectorType) !== undefined)
      .filter(({ plan: end }) => end.profileConnectorType !== end.connectorType || differ(end.profileConnectorLabel, end.connectorLabel))
      .map((end) => ({
        at: [end.role, 'connectorProfileName'],
        what: `the connector profile of the ${end.role} is for another connector`,
        got: `a profile for ${end.plan.profileConnectorLabel ?? end.plan.profileConnectorType}`,
        allowed: `a profile for ${end.plan.connectorLabel ?? end.plan.connectorType}`,
        remedy: `give it a ConnectorProfile with a connection to ${title(end)}`,
      })),
  },
  {
    code: 'connector-profile-elsewhere',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonappflow.html (a flow names its profile, which has an account and a Region)',
    broken: (plan) => ends(plan)
      .filter(({ plan: { profileEnvironment: profile } }) => profile !== undefined && plan.environment !== undefined
        && isElsewhere(profile, plan.environment))
      .map((end) => ({
        at: [end.role, 'connectorProfileName'],
        what: `the connector profile of the ${end.role} is in another account or Region than the flow, and a flow finds profiles of its own alone`,
        got: describeEnvironment(end.plan.profileEnvironment!),
        allowed: describeEnvironment(plan.environment!),
        remedy: 'make a connector profile where the flow is',
      })),
  },
  {
    code: 'connector-property-invalid',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SourceConnectorProperties.html',
    broken: (plan) => ends(plan).flatMap((end) => propertyViolations(`the ${end.role}`, end.plan.properties, propertyRecords(end), [
      end.role, 'properties',
    ])),
  },
  {
    code: 'source-prefix-with-leading-slash',
    evidence: 'observed',
    source: 'flows with such a prefix ran, and reported success with no records',
    broken: (plan) => literalString(plan.source.properties.bucketPrefix)?.startsWith('/')
      ? [{
        at: ['source', 'properties', 'bucketPrefix'],
        what: 'the prefix of the source starts with a slash, so that AppFlow finds no files',
        got: quote(plan.source.properties.bucketPrefix),
        allowed: 'a prefix without a slash in front',
        remedy: 'leave the slash out',
      }]
      : [],
  },
  {
    code: 'parquet-in-single-file',
    evidence: 'documented',
    source: S3_PAGE,
    broken: (plan) => output(plan).fileType === 'PARQUET' && output(plan).aggregationType === 'SingleFile'
      ? [{
        at: ['destination', 'properties', 's3OutputFormatConfig', 'aggregationConfig', 'aggregationType'],
        what: 'Parquet cannot be aggregated into a single file',
        got: 'PARQUET with SingleFile',
        allowed: 'SingleFile with CSV or JSON, or PARQUET in several files',
        remedy: 'use FileAggregation.none(), or another output format',
      }]
      : [],
  },
  {
    code: 'preserved-types-without-parquet',
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_S3OutputFormatConfig.html',
    broken: (plan) => output(plan).preserveSourceDataTyping === true && ['CSV', 'JSON'].includes(output(plan).fileType ?? '')
      ? [{
        at: ['destination', 'properties', 's3OutputFormatConfig', 'preserveSourceDataTyping'],
        what: 'types of the source are preserved in Parquet alone',
        got: `preserveSourceDataTyping with ${output(plan).fileType}`,
        allowed: 'PARQUET',
        remedy: 'use OutputFormat.parquet({ preserveSourceDataTyping: true })',
      }]
      : [],
  },
  {
    code: 'catalog-without-s3',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/flows-catalog.html',
    broken: (plan) => plan.catalog !== undefined && connectorRecord(plan.destination.connectorType)?.destination?.catalog === false
      ? [{
        at: ['catalog'],
        what: 'only data that is written to Amazon S3 can be catalogued',
        got: `a catalogue, and ${plan.destination.connectorType} as the destination`,
        allowed: 'S3',
        remedy: 'leave the catalogue out, or write to an S3Destination',
      }]
      : [],
  },
  {
    code: 'write-operation-without-id-fields',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SalesforceDestinationProperties.html',
    broken: (plan) => {
      const operation = writeOperation(plan);
      return operation?.record.needsIdFields?.value && (literalLength(operation.idFieldNames ?? []) ?? 1) === 0
        ? [{
          at: ['destination', 'properties', 'idFieldNames'],
          evidence: operation.record.needsIdFields.evidence,
          source: operation.record.needsIdFields.source,
          what: `the write operation ${operation.name} names no field that identifies a record`,
          got: 'no idFieldNames',
          allowed: 'at least one field of the destination',
          remedy: `name the field: WriteOperation.${operation.name.toLowerCase()}(['…'])`,
        }]
        : [];
    },
  },
  {
    code: 'write-operation-with-several-id-fields',
    evidence: 'inferred',
    source: 'older revisions of the API allowed one field, the current service model names no maximum',
    broken: (plan) => {
      const operation = writeOperation(plan);
      const max = operation?.record.maxIdFields;
      return operation !== undefined && max !== undefined && (literalLength(operation.idFieldNames ?? []) ?? 0) > max.value
        ? [{
          at: ['destination', 'properties', 'idFieldNames'],
          evidence: max.evidence,
          source: max.source,
          what: `the write operation ${operation.name} names several fields, and AppFlow may take one alone`,
          got: quoteAll(literalStrings(operation.idFieldNames)),
          allowed: `${max.value} field`,
          remedy: 'name the external id field alone',
        }]
        : [];
    },
  },
  {
    code: 'write-operation-not-supported',
    evidence: 'inferred',
    source: 'the pages of the connectors name the operations that they have',
    broken: (plan) => {
      const operation = writeOperation(plan);
      const supported = operation?.record.supported;
      return operation !== undefined && supported?.value === false
        ? [{
          at: ['destination', 'properties', 'writeOperationType'],
          evidence: supported.evidence,
          source: supported.source,
          what: `the destination ${plan.destination.connectorType} is not known to have this write operation`,
          got: operation.name,
          allowed: quoteAll(Object.entries(writeOperations(plan)).filter(([, record]) => record.supported?.value !== false).map(([name]) => name)),
          remedy: 'use one of these, or acknowledge this if it works for you',
        }]
        : [];
    },
  },
  {
    code: 'destination-trigger-not-supported',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/EventBridge.html',
    broken: (plan) => {
      const triggers = connectorRecord(plan.destination.connectorType)?.destination?.triggers;
      return triggers !== undefined && literalString(plan.trigger.type) !== undefined && !triggers.value.includes(plan.trigger.type)
        ? [{
          at: ['trigger', 'type'],
          evidence: triggers.evidence,
          source: triggers.source,
          what: `the destination ${plan.destination.connectorType} does not take flows with this trigger`,
          got: quote(plan.trigger.type),
          allowed: quoteAll(triggers.value),
          remedy: 'make a flow with one of these triggers',
        }]
        : [];
    },
  },
  {
    code: 'destination-not-listed',
    evidence: 'inferred',
    source: 'the page of each source connector lists the destinations that it can be used with',
    broken: (plan) => {
      const destinations = connectorRecord(plan.source.connectorType)?.source?.destinations;
      const destination = literalString(plan.destination.connectorType);
      return destinations !== undefined && destination !== undefined && !destinations.value.includes(destination)
        ? [{
          at: ['destination', 'connectorType'],
          source: destinations.source,
          what: `the source ${plan.source.connectorType} is not known to have this destination`,
          got: destination,
          allowed: quoteAll(destinations.value),
          remedy: 'write to one of these, or acknowledge this if it works for you',
        }]
        : [];
    },
  },
  {
    code: 'connector-discontinued',
    // The API still takes it.
    evidence: 'inferred',
    source: 'the connectors\' pages, and the document history of the user guide',
    broken: (plan) => ends(plan).flatMap((end) => {
      const discontinued = connectorRecord(end.plan.connectorType)?.discontinued;
      return discontinued !== undefined
        ? [{
          at: [end.role, 'connectorType'],
          evidence: 'inferred',
          source: discontinued.source,
          what: `the ${end.role} should not be used any more: ${discontinued.value}`,
          remedy: 'use another, or acknowledge this',
        }]
        : [];
    }),
  },
];

function ends(plan: FlowPlan): End[] {
  return [{ role: 'source', plan: plan.source }, { role: 'destination', plan: plan.destination }];
}

function title(end: End): string {
  return end.plan.connectorLabel ?? connectorRecord(end.plan.connectorType)?.title ?? end.plan.connectorType;
}

function propertyRecords(end: End): readonly PropertyRecord[] {
  return connectorRecord(end.plan.connectorType)?.[end.role]?.properties ?? [];
}

function output(plan: FlowPlan): { fileType?: string; aggregationType?: string; preserveSourceDataTyping?: boolean } {
  const config = plan.destination.properties.s3OutputFormatConfig as
    { fileType?: string; preserveSourceDataTyping?: boolean; aggregationConfig?: { aggregationType?: string } } | undefined;
  return {
    fileType: config?.fileType,
    aggregationType: config?.aggregationConfig?.aggregationType,
    preserveSourceDataTyping: config?.preserveSourceDataTyping,
  };
}

function writeOperations(plan: FlowPlan): Readonly<Record<string, WriteOperationRecord>> {
  return connectorRecord(plan.destination.connectorType)?.destination?.writeOperations ?? {};
}

function writeOperation(plan: FlowPlan) {
  const name = literalString(plan.destination.properties.writeOperationType);
  const record = name !== undefined ? writeOperations(plan)[name] : undefined;
  return name !== undefined && record !== undefined
    ? { name, record, idFieldNames: plan.destination.properties.idFieldNames as string[] | undefined }
    : undefined;
}
