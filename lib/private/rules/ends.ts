import type { ConnectorRecord, PropertyRecord, WriteOperationRecord } from '../connector-record';
import { CONNECTOR_TYPES, connectorRecord } from '../connector-records';
import { CONNECTOR_PROFILE_NAME } from '../constraints';
import { CUSTOM_CONNECTORS } from '../custom-connectors';
import { describeEnvironment, isElsewhere, regionOfKey } from '../environment';
import type { EndPlan, FlowPlan } from '../flow-plan';
import { notInCloudFormation } from '../provisioning';
import { isProjection } from '../task-list';
import { differ, isPlainObject, literalLength, literalNumber, literalString, literalStrings, quote, quoteAll } from '../values';
import { TASK_TYPE } from '../vocabulary';
import { didYouMean } from './did-you-mean';
import { propertyViolations, type Rule, violations } from './rule';

const S3_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/s3.html';
const API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/';
const CREATE_FLOW = `${API}API_CreateFlow.html`;

interface End {
  readonly role: 'source' | 'destination';
  readonly plan: EndPlan;
  readonly record?: ConnectorRecord;
}

/** Rules about source and destination, each by itself and together. */
export const END_RULES: readonly Rule<FlowPlan>[] = [
  {
    code: 'destination-count-invalid',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/create-flow.html',
    broken: ({ destinationCount }) => destinationCount !== undefined && destinationCount !== 1
      ? [{
        at: ['destinationCount'],
        what: `the flow has ${destinationCount === 0 ? 'no destination' : 'several destinations'}`,
        got: String(destinationCount),
        allowed: '1',
        remedy: destinationCount === 0 ? 'say where the records are to go' : 'make a flow for each of them',
      }]
      : [],
  },
  {
    code: 'connector-type-unknown',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SourceFlowConfig.html',
    broken: (plan) => ends(plan)
      .filter(({ plan: { connectorType } }) => literalString(connectorType) !== undefined && connectorRecord(connectorType) === undefined)
      .map(({ role, plan: { connectorType } }) => ({
        at: [role, 'connectorType'],
        what: `the connector type of the ${role} is none that AppFlow knows`,
        got: quote(connectorType),
        allowed: quoteAll(typesWith(role)),
        remedy: meantConnector(connectorType, typesWith(role)),
      })),
  },
  {
    code: 'connector-not-of-role',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SourceConnectorProperties.html and API_DestinationConnectorProperties.html',
    broken: (plan) => ends(plan)
      .filter(({ role, record }) => record !== undefined && record[role] === undefined)
      .map(({ role, plan: { connectorType } }) => ({
        at: [role, 'connectorType'],
        what: `AppFlow ${role === 'source' ? 'takes no records from' : 'brings no records to'} this connector`,
        got: `${connectorType} as the ${role}`,
        allowed: quoteAll(typesWith(role)),
        remedy: `use another ${role}`,
      })),
  },
  {
    code: 'connector-properties-missing',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SourceConnectorProperties.html and API_DestinationConnectorProperties.html',
    broken: (plan) => ends(plan)
      // A structure without members leaves nothing to be given.
      .filter((end) => end.plan.propertiesOf !== undefined && propertyRecords(end).length > 0 && Object.keys(end.plan.properties).length === 0)
      .map(({ role, record, plan: { propertiesOf = [] } }) => {
        const { member, title: name } = record!;
        const others = propertiesOf.filter((each) => each !== member);
        return {
          at: [role, 'propertiesOf'],
          what: `the ${role} has no properties for ${name}`,
          got: others.length > 0 ? `properties for ${quoteAll(others)}` : 'none',
          allowed: `properties for ${quote(member)}`,
          remedy: others.some((each) => each.toLowerCase() === member.toLowerCase())
            ? `did you mean ${quote(member)}?`
            : 'let connector type and properties be of one connector',
        };
      }),
  },
  {
    code: 'properties-of-another-connector',
    evidence: 'inferred',
    source: 'the API has one structure for each connector, which is used with that connector; that it refuses others beside it was not seen',
    broken: (plan) => ends(plan)
      .filter(({ plan: { properties } }) => isPlainObject(properties) && Object.keys(properties).length > 0)
      .map(({ role, record, plan: { propertiesOf = [] } }) => ({ role, record, others: propertiesOf.filter((each) => each !== record?.member) }))
      .filter(({ record, others }) => record !== undefined && others.length > 0)
      .map(({ role, record, others }) => ({
        at: [role, 'propertiesOf'],
        what: `the ${role} has properties of another connector beside its own`,
        got: quoteAll(others),
        allowed: quote(record!.member),
        remedy: 'leave them out',
      })),
  },
  {
    code: 'flow-not-in-cloudformation',
    // The schema may have been extended since, as AppFlow itself takes it.
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appflow-flow.html',
    broken: (plan) => {
      const reason = plan.byCloudFormation ? notInCloudFormation(plan) : undefined;
      return reason !== undefined
        ? [{
          at: reason.at,
          inSchema: reason.inSchema,
          what: `CloudFormation is not known to make this flow, since ${reason.why}`,
          remedy: 'make it with the constructs of this library, whose custom resource can, or through the API of AppFlow',
        }]
        : [];
    },
  },
  {
    code: 'connector-profile-missing',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/connections.html',
    broken: (plan) => ends(plan)
      .filter(({ record, plan: end }) => record?.profile !== undefined && end.connectorProfileName === undefined)
      .map((end) => ({
        at: [end.role, 'connectorProfileName'],
        what: `the ${end.role} has no connector profile, and AppFlow cannot sign in to ${title(end)} without one`,
        remedy: 'give it a ConnectorProfile',
      })),
  },
  {
    code: 'connector-profile-name-of-flow-invalid',
    evidence: 'documented',
    source: CREATE_FLOW,
    broken: (plan) => ends(plan)
      // Constructs of profiles check their names themselves.
      .filter(({ plan: { profileEnvironment } }) => profileEnvironment === undefined)
      .flatMap(({ role, plan: { connectorProfileName } }) => violations(
        `name of the connector profile of the ${role}`,
        connectorProfileName,
        CONNECTOR_PROFILE_NAME,
        [role, 'connectorProfileName'],
      )),
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
    source: `${API}API_SourceConnectorProperties.html`,
    broken: (plan) => ends(plan).flatMap((end) => propertyViolations(`the ${end.role}`, end.plan.properties, propertyRecords(end), [
      end.role, 'properties',
    ]).map((breach) => ({ ...breach, source: end.role === 'destination' ? `${API}API_DestinationConnectorProperties.html` : undefined }))),
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
    code: 'source-prefix-missing',
    // Documented, too; what AppFlow does with files that are in no folder was not seen.
    evidence: 'inferred',
    source: S3_PAGE,
    broken: ({ source: { connectorType, properties } }) => connectorType === 'S3' && isPlainObject(properties) && properties.bucketName !== undefined
      && (properties.bucketPrefix ?? '') === ''
      ? [{
        at: ['source', 'properties', 'bucketPrefix'],
        inSchema: properties.bucketPrefix === undefined,
        what: 'the source has no prefix, and AppFlow reads files from folders alone',
        got: 'none',
        allowed: 'the path of a folder, such as \'leads\'',
        remedy: 'put the files into a folder, and give its path as the prefix',
      }]
      : [],
  },
  {
    code: 'target-file-size-without-effect',
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_AggregationConfig.html',
    broken: (plan) => {
      const size = literalNumber(output(plan).targetFileSize);
      return output(plan).aggregationType === 'SingleFile' && size !== undefined && size > 0
        ? [{
          at: ['destination', 'properties', 's3OutputFormatConfig', 'aggregationConfig', 'targetFileSize'],
          what: 'the records of a run are written to a single file, whatever its size',
          got: `a target size of ${size} MB with SingleFile`,
          allowed: 'a target size with None',
          remedy: 'leave the target size out, or use FileAggregation.none()',
        }]
        : [];
    },
  },
  {
    code: 'intermediate-bucket-not-of-profile',
    evidence: 'inferred',
    source: 'the pages of Amazon Redshift and Snowflake have the destination repeat the bucket of the connection, whose role or stage reads from it',
    broken: ({ destination: { connectorType, properties, profileProperties } }) =>
      isPlainObject(profileProperties) && differ(properties.intermediateBucketName, profileProperties.bucketName)
        ? [{
          at: ['destination', 'properties', 'intermediateBucketName'],
          what: `the intermediate bucket is not the one that ${connectorRecord(connectorType)?.title ?? 'the connection'} is set up to load records from`,
          got: quote(properties.intermediateBucketName),
          allowed: `the bucket of the connector profile, ${quote(profileProperties.bucketName)}`,
          remedy: 'use that bucket, or acknowledge this if the application may read from the other one, too',
        }]
        : [],
  },
  {
    code: 'mandatory-filter-missing',
    evidence: 'inferred',
    source: 'the pages of the connectors say what a flow must filter on',
    broken: (plan) => {
      const needed = connectorRecord(plan.source.connectorType)?.source?.mandatoryFilters;
      const operators = needed !== undefined ? filterOperators(plan) : undefined;
      const missing = operators !== undefined ? needed!.value.filter(({ operator }) => !operators.includes(operator)) : [];
      return missing.length > 0
        ? [{
          at: ['tasks'],
          evidence: needed!.evidence,
          source: needed!.source,
          what: `a flow from ${plan.source.connectorType} has to filter on ${missing.map(({ title: name }) => name).join(' and ')}`,
          got: `no filter with ${missing.map(({ operator }) => operator).join(' or ')}`,
          remedy: `add ${missing.length > 1 ? 'such filters' : 'such a filter'}, or acknowledge this if it works for you`,
        }]
        : [];
    },
  },
  {
    code: 'key-in-another-region',
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html (keys are used in their own Region)',
    broken: ({ kmsArn, environment }) => {
      const region = regionOfKey(kmsArn);
      return differ(region, environment?.region)
        ? [{
          at: ['kmsArn'],
          what: 'the key is in another Region than the flow, where AppFlow cannot use it',
          got: quote(region),
          allowed: quote(environment!.region),
          remedy: 'use a key of the Region of the flow',
        }]
        : [];
    },
  },
  {
    code: 'parquet-in-single-file',
    evidence: 'inferred',
    source: `${S3_PAGE} offers a single file for CSV and JSON alone; that the API refuses it was not seen`,
    broken: (plan) => output(plan).fileType === 'PARQUET' && output(plan).aggregationType === 'SingleFile'
      ? [{
        at: ['destination', 'properties', 's3OutputFormatConfig', 'aggregationConfig', 'aggregationType'],
        what: 'AppFlow does not offer to aggregate Parquet into a single file',
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
          remedy: `name the field in idFieldNames, or with WriteOperation.${operation.name.toLowerCase()}(['…'])`,
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
      const destination = connectorRecord(plan.destination.connectorType)?.destination !== undefined ? plan.destination.connectorType : undefined;
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
      const discontinued = end.record?.discontinued;
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
  return [
    { role: 'source', plan: plan.source, record: connectorRecord(plan.source.connectorType) },
    { role: 'destination', plan: plan.destination, record: connectorRecord(plan.destination.connectorType) },
  ];
}

function title({ plan, record }: End): string {
  return plan.connectorLabel ?? record?.title ?? plan.connectorType;
}

function propertyRecords({ role, record }: End): readonly PropertyRecord[] {
  return record?.[role]?.properties ?? [];
}

/** The connector types that can be a source or a destination. */
function typesWith(role: End['role']): string[] {
  return CONNECTOR_TYPES.filter((type) => connectorRecord(type)?.[role] !== undefined);
}

/** A remedy for a connector type that does not exist. Many connectors of AWS are custom connectors, which have one connector type. */
function meantConnector(given: string, types: readonly string[]): string {
  const word = plainWord(given);
  const custom = CUSTOM_CONNECTORS.find((record) => [record.title, record.label?.value ?? ''].some((name) => plainWord(name) === word));
  return custom !== undefined
    ? `${custom.title} is a custom connector: use the connector type CustomConnector, with a connector profile for ${custom.title}`
    : didYouMean(given, types);
}

function plainWord(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The operators of the filters of a flow, or undefined where they are not all known. */
function filterOperators({ tasks }: FlowPlan): string[] | undefined {
  const operators = tasks.filter((task) => task.taskType === TASK_TYPE.FILTER && !isProjection(task))
    .map((task) => literalString(Object.values(task.connectorOperator ?? {})[0]));
  const known = operators.filter((operator) => operator !== undefined);
  return tasks.every((task) => literalString(task.taskType) !== undefined) && known.length === operators.length ? known : undefined;
}

/** How files are written, as far as that is known. */
function output(plan: FlowPlan) {
  const config = members(plan.destination.properties.s3OutputFormatConfig);
  const aggregation = members(config.aggregationConfig);
  return {
    fileType: literalString(config.fileType),
    aggregationType: literalString(aggregation.aggregationType),
    targetFileSize: aggregation.targetFileSize,
    preserveSourceDataTyping: config.preserveSourceDataTyping,
  };
}

function members(value: unknown): Record<string, unknown> {
  return isPlainObject(value) ? value : {};
}

function writeOperations(plan: FlowPlan): Readonly<Record<string, WriteOperationRecord>> {
  return connectorRecord(plan.destination.connectorType)?.destination?.writeOperations ?? {};
}

function writeOperation(plan: FlowPlan) {
  const name = literalString(plan.destination.properties.writeOperationType);
  const operations = writeOperations(plan);
  return name !== undefined && Object.hasOwn(operations, name)
    ? { name, record: operations[name], idFieldNames: plan.destination.properties.idFieldNames }
    : undefined;
}
