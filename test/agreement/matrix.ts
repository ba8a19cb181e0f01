import { type Mutation, mutationsOf } from './mutations';
import {
  createFlow, createProfile, DESTINATIONS, end, type FlowParts, map, mapAll, operator, operatorsOf, projection, SOURCES, structureIn, TRIGGERS, TYPES,
  WITH_PROFILE,
} from './requests';
import { enumOf, sampleOf, type Structure, subsetsOf, wholeSampleOf } from './samples';
import { type JsonObject, type JsonValue } from '../local-cloud/appflow/json';
import { OPERATIONS } from '../local-cloud/appflow/operation';

export type Operation = 'CreateFlow' | 'CreateConnectorProfile';

/** A request, and what is particular about it. */
export interface Case {
  readonly name: string;
  readonly request: JsonObject;
}

/** Requests by what they vary. */
export interface Matrix {
  readonly operation: Operation;
  readonly cases: () => Case[];
}

const TASK_LISTS: Readonly<Record<string, (source: string) => JsonValue[]>> = {
  'a mapping of all fields': (source) => [mapAll(source)],
  'a mapping': (source) => [map(source)],
  'a projection and a mapping': (source) => [projection(source), map(source)],
  'no task': () => [],
};

const SCHEDULE: JsonObject = {
  triggerType: 'Scheduled',
  triggerProperties: {
    Scheduled: {
      scheduleExpression: 'rate(1days)',
      dataPullMode: 'Incremental',
      timezone: 'Europe/Vienna',
      scheduleStartTime: 4_000_000_000,
      scheduleEndTime: 4_100_000_000,
      firstExecutionFrom: 1_700_000_000,
      scheduleOffset: 1,
      flowErrorDeactivationThreshold: 3,
    },
  },
};

/** A flow between two connectors on demand, or with a trigger that the destination takes. */
function flow(source: string, destination: string, choices: Partial<FlowParts> = {}, more: JsonObject = {}): JsonObject {
  const trigger = destination === 'EventBridge' ? TRIGGERS.Event : destination === 'LookoutMetrics' ? TRIGGERS.Scheduled : TRIGGERS.OnDemand;
  return createFlow({ source: end('source', source), destination: end('destination', destination), trigger, tasks: [mapAll(source)], ...choices }, more);
}

/** Members that tell how to sign in, and the enums of their words. */
const HOW_TO_SIGN_IN = { oAuth2GrantType: 'OAuth2GrantType', authenticationType: 'AuthenticationType' };

/** Connectors with triggers, as source and destination, whether they can be that or not. */
function connectors(): Case[] {
  return TYPES.flatMap((source) => TYPES.flatMap((destination) => Object.entries(TRIGGERS)
    // Those that can be no source, or no destination, once are enough.
    .filter(([name]) => name === 'OnDemand' || (SOURCES.includes(source) && DESTINATIONS.includes(destination)))
    .map(([name, trigger]) => ({ name: `from ${source} to ${destination}, ${name}`, request: flow(source, destination, { trigger }) }))));
}

/** Which tasks there are at all. */
function taskLists(): Case[] {
  return SOURCES.flatMap((source) => DESTINATIONS.flatMap((destination) => Object.entries(TASK_LISTS)
    .map(([name, tasks]) => ({ name: `from ${source} to ${destination}, ${name}`, request: flow(source, destination, { tasks: tasks(source) }) }))));
}

/** Task types with operators of any connector, beside a mapping of all fields. Connectors with the same operators are tried with few of them. */
function operators(): Case[] {
  const known = (source: string) => operatorsOf(source).join();
  const isFirst = (source: string) => SOURCES.find((other) => known(other) === known(source)) === source;
  const tried = (source: string) => [undefined, ...isFirst(source) ? enumOf('Operator')! : ['NO_OP']];
  return SOURCES.flatMap((source) => enumOf('TaskType')!.flatMap((taskType) => tried(source).map((name) => ({
    name: `from ${source}, ${taskType} with ${name ?? 'no operator'}`,
    request: flow(source, 'S3', {
      tasks: [mapAll(source), { taskType, sourceFields: ['a'], destinationField: 'b', ...name !== undefined ? operator(source, name) : {} }],
    }),
  }))));
}

/** Write operations with fields that identify records. */
function writing(): Case[] {
  const destinations = DESTINATIONS.filter((type) => structureIn('DestinationConnectorProperties', type)!.optional.includes('writeOperationType'));
  return destinations.flatMap((type) => [undefined, ...enumOf('WriteOperationType')!, 'MERGE'].flatMap((writeOperationType) =>
    [undefined, [], ['Id'], ['Id', 'Key']].map((idFieldNames) => ({
      name: `to ${type}, ${writeOperationType} with ${JSON.stringify(idFieldNames)}`,
      request: flow('S3', type, { destination: changed(end('destination', type), 'destinationConnectorProperties', { writeOperationType, idFieldNames }) }),
    }))));
}

/** Parts that are missing, or there too often, or of another connector. */
function parts(): Case[] {
  const scheduled = { triggerType: 'Scheduled' };
  return [
    ...SOURCES.flatMap((type) => [
      { name: `from ${type} without profile`, request: flow(type, 'S3', { source: end('source', type, 'required', { connectorProfileName: undefined }) }) },
      { name: `from ${type} without properties`, request: flow(type, 'S3', { source: end('source', type, 'required', { sourceConnectorProperties: {} }) }) },
      { name: `from ${type}, scheduled without properties`, request: flow(type, 'S3', { trigger: scheduled }) },
      { name: `from ${type}, scheduled without a schedule`, request: flow(type, 'S3', { trigger: { ...scheduled, triggerProperties: {} } }) },
      { name: `from ${type}, with an operator of another connector`, request: flow(type, 'S3', { tasks: [mapAll(type === 'S3' ? 'Salesforce' : 'S3')] }) },
      { name: `from ${type}, with a projection of another connector`, request: flow(type, 'S3', { tasks: [projection(type === 'S3' ? 'Salesforce' : 'S3'), map(type)] }) },
      ...SOURCES.map((other) => ({
        name: `from ${type} with the properties of ${other}`,
        request: flow(type, 'S3', { source: end('source', type, 'required', { sourceConnectorProperties: end('source', other).sourceConnectorProperties }) }),
      })),
    ]),
    ...DESTINATIONS.flatMap((type) => [
      { name: `to ${type} without profile`, request: flow('Salesforce', type, { destination: end('destination', type, 'required', { connectorProfileName: undefined }) }) },
      { name: `to ${type} without properties`, request: flow('Salesforce', type, { destination: end('destination', type, 'required', { destinationConnectorProperties: {} }) }) },
      { name: `to ${type} without key`, request: flow('Salesforce', type, {}, { kmsArn: undefined }) },
      { name: `to ${type} twice`, request: flow('Salesforce', type, {}, { destinationFlowConfigList: [end('destination', type), end('destination', type)] }) },
      ...DESTINATIONS.map((other) => ({
        name: `to ${type} with the properties of ${other}`,
        request: flow('Salesforce', type, {
          destination: end('destination', type, 'required', { destinationConnectorProperties: end('destination', other).destinationConnectorProperties }),
        }),
      })),
    ]),
    { name: 'to nowhere', request: flow('Salesforce', 'S3', {}, { destinationFlowConfigList: [] }) },
  ];
}

/** Flows with all members of their ends, with one text or number after the other changed. */
function textsOfFlows(): Case[] {
  const whole = (source: string, destination: string): JsonObject => flow(source, destination, {
    source: end('source', source, 'all', { apiVersion: 'v1', incrementalPullConfig: { datetimeTypeFieldName: 'modified' } }),
    destination: end('destination', destination, 'all', { apiVersion: 'v1' }),
    trigger: SCHEDULE,
    tasks: [mapAll(source), { ...map(source), taskProperties: { SOURCE_DATA_TYPE: 'string' } }],
  }, {
    description: 'text',
    tags: { team: 'sales' },
    ...destination === 'S3' ? {
      metadataCatalogConfig: { glueDataCatalog: { roleArn: 'arn:aws:iam::111122223333:role/Role', databaseName: 'lake', tablePrefix: 'sales' } },
    } : {},
  });
  return casesOf([
    ...SOURCES.flatMap((type) => mutationsOf(OPERATIONS.get('CreateFlow')!.input, whole(type, 'S3'))),
    ...DESTINATIONS.flatMap((type) => mutationsOf(OPERATIONS.get('CreateFlow')!.input, whole('Salesforce', type))),
  ]);
}

/** Connector profiles with any of the members that the API calls optional, and with credentials of other connectors. */
function profiles(): Case[] {
  return WITH_PROFILE.flatMap((type): Case[] => {
    const credentials = structureIn('ConnectorProfileCredentials', type)!;
    const properties = structureIn('ConnectorProfileProperties', type);
    const whole = properties && wholeSampleOf(properties);
    const signIns = samplesOf(credentials).flatMap(withEveryWord);
    const wheres = properties ? samplesOf(properties) : [undefined];
    const subsets = signIns.flatMap((signIn) => wheres.map((where) => ({
      name: `${type} with ${JSON.stringify(signIn)} and ${Object.keys(where ?? {}).join(', ')}`, request: createProfile(type, signIn, where),
    })));
    return [
      ...subsets,
      { name: `${type}, private`, request: createProfile(type, wholeSampleOf(credentials), whole, { connectionMode: 'Private' }) },
      { name: `${type} with a mode that there is not`, request: createProfile(type, wholeSampleOf(credentials), whole, { connectionMode: 'private' }) },
      { name: `${type} without credentials`, request: createProfile(type, undefined, whole) },
      { name: `${type} without a label`, request: createProfile(type, wholeSampleOf(credentials), whole, { connectorLabel: undefined }) },
      ...WITH_PROFILE.map((other) => ({
        name: `${type} with the credentials of ${other}`,
        request: changed(createProfile(type, undefined, whole), 'connectorProfileConfig', {}, {
          connectorProfileCredentials: configOf(createProfile(other, wholeSampleOf(structureIn('ConnectorProfileCredentials', other)!), undefined)).connectorProfileCredentials,
        }),
      })),
    ];
  });
}

/** A structure with all that is required, and any of what is not. */
function samplesOf(structure: Structure): JsonObject[] {
  return subsetsOf(structure.optional).map((members) => sampleOf(structure, [...structure.required, ...members]));
}

/** Credentials with each of the words that there are for how to sign in. */
function withEveryWord(credentials: JsonObject): JsonObject[] {
  const words = Object.entries(HOW_TO_SIGN_IN).filter(([member]) => credentials[member] !== undefined);
  return words.length === 0 ? [credentials] : words.flatMap(([member, shape]) => enumOf(shape)!.map((word) => ({ ...credentials, [member]: word })));
}

/** Connector profiles with all of their members, with one text or number after the other changed. */
function textsOfProfiles(): Case[] {
  return casesOf(wholeProfiles().flatMap((profile) => mutationsOf(OPERATIONS.get('CreateConnectorProfile')!.input, profile)));
}

/** A connector profile for each connector that has some, named after the connector, with all that can be in it. */
export function wholeProfiles(): JsonObject[] {
  return WITH_PROFILE.map((type) => {
    const properties = structureIn('ConnectorProfileProperties', type);
    return createProfile(type, wholeSampleOf(structureIn('ConnectorProfileCredentials', type)!), properties && wholeSampleOf(properties), {
      kmsArn: 'arn:aws:kms:us-east-1:111122223333:key/0a',
    });
  });
}

/** All that is varied. */
export const MATRICES: Readonly<Record<string, Matrix>> = {
  'connectors and triggers': { operation: 'CreateFlow', cases: connectors },
  'task lists': { operation: 'CreateFlow', cases: taskLists },
  'task types and operators': { operation: 'CreateFlow', cases: operators },
  'write operations': { operation: 'CreateFlow', cases: writing },
  'missing and foreign parts': { operation: 'CreateFlow', cases: parts },
  'texts and numbers of flows': { operation: 'CreateFlow', cases: textsOfFlows },
  'ways to sign in': { operation: 'CreateConnectorProfile', cases: profiles },
  'texts and numbers of connector profiles': { operation: 'CreateConnectorProfile', cases: textsOfProfiles },
};

/** What flows of different connectors have in common is changed once. */
function casesOf(mutations: readonly Mutation[]): Case[] {
  return [...new Map(mutations.map(({ path, kind, request }) => [`${path}: ${kind}`, { name: `${path}: ${kind}`, request }])).values()];
}

/** A request, or part of one, with other members in one of its structures, or in the structure of the connector within that. */
function changed(part: JsonObject, name: string, ofConnector: JsonObject, ofStructure: JsonObject = {}): JsonObject {
  const structure = part[name] as JsonObject;
  const isChanged = Object.keys(ofConnector).length > 0;
  const own = isChanged ? Object.entries(structure).map(([member, properties]) => [member, { ...properties as JsonObject, ...ofConnector }]) : [];
  return { ...part, [name]: { ...structure, ...Object.fromEntries(own), ...ofStructure } };
}

function configOf(profile: JsonObject): JsonObject {
  return profile.connectorProfileConfig as JsonObject;
}
