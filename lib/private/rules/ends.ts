import { ConnectorType } from '../../connector-type';
import type { PropertyRecord } from '../connector-record';
import { connectorRecord } from '../connector-records';
import { ID_FIELD_NAME } from '../constraints';
import type { EndPlan, FlowPlan } from '../flow-plan';
import { literalLength, literalString, literalStrings, quote, quoteAll } from '../values';
import { TRIGGER_TYPE } from '../vocabulary';
import { type Rule, violations } from './rule';

const SALESFORCE_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/salesforce.html';
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
      .filter((end) => connectorRecord(end.plan.connectorType)?.needsProfile && end.plan.connectorProfileName === undefined)
      .map((end) => ({
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
      .filter(({ plan: end }) => end.profileConnectorType !== end.connectorType)
      .map((end) => ({
        what: `the connector profile of the ${end.role} is for another connector`,
        got: `a profile for ${end.plan.profileConnectorType}`,
        allowed: `a profile for ${end.plan.connectorType}`,
        remedy: `give it a ConnectorProfile with a connection to ${title(end)}`,
      })),
  },
  {
    code: 'connector-property-invalid',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SourceConnectorProperties.html',
    broken: (plan) => ends(plan).flatMap((end) => propertyRecords(end).flatMap((property) =>
      violations(`${property.title} of the ${end.role}`, end.plan.properties[property.name], property.constraint))),
  },
  {
    code: 'source-prefix-with-leading-slash',
    evidence: 'observed',
    source: 'flows with such a prefix ran, and reported success with no records',
    broken: (plan) => literalString(plan.source.properties.bucketPrefix)?.startsWith('/')
      ? [{
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
          evidence: operation.record.needsIdFields.evidence,
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
          evidence: max.evidence,
          what: `the write operation ${operation.name} names several fields, and AppFlow may take one alone`,
          got: quoteAll(literalStrings(operation.idFieldNames)),
          allowed: `${max.value} field`,
          remedy: 'name the external id field alone',
        }]
        : [];
    },
  },
  {
    code: 'id-field-name-invalid',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SalesforceDestinationProperties.html',
    broken: (plan) => literalStrings(plan.destination.properties.idFieldNames).flatMap((name) => violations('id field name', name, ID_FIELD_NAME)),
  },
  {
    code: 'dynamic-field-update-without-s3',
    evidence: 'inferred',
    source: `${SALESFORCE_PAGE} says that new fields are imported from Salesforce to S3 alone; flows to other destinations were seen to be accepted`,
    broken: (plan) => plan.source.properties.enableDynamicFieldUpdate === true
      && literalString(plan.destination.connectorType) !== undefined && plan.destination.connectorType !== ConnectorType.S3.name
      ? [{
        what: 'fields that the source gets later are imported by flows to Amazon S3 alone',
        got: `enableDynamicFieldUpdate with ${plan.destination.connectorType} as the destination`,
        allowed: 'S3',
        remedy: 'leave enableDynamicFieldUpdate out, or write to an S3Destination',
      }]
      : [],
  },
  {
    code: 'event-object-is-no-event',
    evidence: 'inferred',
    source: `${SALESFORCE_PAGE} describes change events and platform events`,
    broken: (plan) => {
      const object = literalString(plan.source.properties.object);
      return plan.trigger.type === TRIGGER_TYPE.EVENT && plan.source.connectorType === ConnectorType.SALESFORCE.name && object !== undefined
        && !/(Events?|EventStream|__e)$/.test(object)
        ? [{
          what: 'the object of this event flow does not look like an event, and Salesforce publishes nothing for an ordinary object',
          got: quote(object),
          allowed: `a change event such as '${object.replace(/__c$/, '__')}ChangeEvent', or a platform event such as 'Order__e'`,
          remedy: 'name the event that the flow is to subscribe to',
        }]
        : [];
    },
  },
];

function ends(plan: FlowPlan): End[] {
  return [{ role: 'source', plan: plan.source }, { role: 'destination', plan: plan.destination }];
}

function title(end: End): string {
  return connectorRecord(end.plan.connectorType)?.title ?? end.plan.connectorType;
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

function writeOperation(plan: FlowPlan) {
  const name = literalString(plan.destination.properties.writeOperationType);
  const record = name !== undefined ? connectorRecord(plan.destination.connectorType)?.destination?.writeOperations?.[name] : undefined;
  return name !== undefined && record !== undefined
    ? { name, record, idFieldNames: plan.destination.properties.idFieldNames as string[] | undefined }
    : undefined;
}

