import { connectorRecord } from '../connector-records';
import type { CatalogPlan, EndPlan, EnvironmentPlan, FlowPlan, SourcePlan, TaskPlan, TriggerPlan } from '../flow-plan';
import type { PlanPath } from '../rules/rule';
import { isPlainObject, literalString } from '../values';
import { member, memberAt, number, text, textMap, texts, time, UNKNOWN, UNKNOWN_TEXT } from './unknown';

/** What a request does not say, and its surroundings may. */
export interface Surroundings {
  readonly environment?: EnvironmentPlan;
  /** What is known of the connector profile of that name. */
  readonly profile?: (connectorProfileName: string | undefined) => ProfileFacts | undefined;
  readonly leftAsDraft?: boolean;
  readonly byCloudFormation?: boolean;
}

export type ProfileFacts = Pick<EndPlan, 'profileConnectorType' | 'profileConnectorLabel' | 'profileProperties'>;

/** Reads the plan of a flow back from a request of CreateFlow. What is known only at deploy time is a token in it. */
export function readFlow(request: unknown, surroundings: Surroundings = {}): FlowPlan {
  const source = member(request, 'sourceFlowConfig');
  const destinations = member(request, 'destinationFlowConfigList');
  return {
    flowName: orUnknown(member(request, 'flowName')),
    description: text(member(request, 'description')),
    kmsArn: text(member(request, 'kmsArn')),
    environment: surroundings.environment,
    trigger: readTrigger(member(request, 'triggerConfig')),
    source: readSource(source, surroundings),
    destination: readEnd(Array.isArray(destinations) ? destinations[0] : UNKNOWN, 'destinationConnectorProperties', surroundings),
    destinationCount: Array.isArray(destinations) && destinations.length !== 1 ? destinations.length : undefined,
    tasks: readTasks(member(request, 'tasks')),
    catalog: readCatalog(memberAt(request, 'metadataCatalogConfig', 'glueDataCatalog')),
    leftAsDraft: surroundings.leftAsDraft,
    byCloudFormation: surroundings.byCloudFormation,
    // In an answer of the API it is what AppFlow says of the flow.
    flowStatus: surroundings.byCloudFormation ? text(member(request, 'flowStatus')) : undefined,
  };
}

/** Where in the request a part of the plan is. */
export function pathInFlow(request: unknown, [part, ...rest]: PlanPath): PlanPath {
  switch (part) {
    case 'trigger': return ['triggerConfig', ...pathInTrigger(rest)];
    case 'source': return ['sourceFlowConfig', ...pathInEnd(member(request, 'sourceFlowConfig'), 'sourceConnectorProperties', rest)];
    case 'destination': return ['destinationFlowConfigList', 0, ...pathInEnd(
      firstOf(member(request, 'destinationFlowConfigList')),
      'destinationConnectorProperties',
      rest,
    )];
    case 'destinationCount': return ['destinationFlowConfigList'];
    case 'catalog': return ['metadataCatalogConfig', 'glueDataCatalog', ...rest];
    case 'leftAsDraft': return ['flowStatus'];
    default: return part === undefined ? [] : [part, ...rest];
  }
}

function readTrigger(config: unknown): TriggerPlan {
  const schedule = memberAt(config, 'triggerProperties', 'Scheduled');
  return {
    type: orUnknown(member(config, 'triggerType')),
    scheduleExpression: text(member(schedule, 'scheduleExpression')),
    dataPullMode: text(member(schedule, 'dataPullMode')),
    scheduleStartTime: time(member(schedule, 'scheduleStartTime')),
    scheduleEndTime: time(member(schedule, 'scheduleEndTime')),
    firstExecutionFrom: time(member(schedule, 'firstExecutionFrom')),
    timezone: text(member(schedule, 'timezone')),
    scheduleOffset: number(member(schedule, 'scheduleOffset')),
    flowErrorDeactivationThreshold: number(member(schedule, 'flowErrorDeactivationThreshold')),
  };
}

function pathInTrigger([name, ...rest]: PlanPath): PlanPath {
  return name === undefined ? [] : name === 'type' ? ['triggerType'] : ['triggerProperties', 'Scheduled', name, ...rest];
}

function readSource(config: unknown, surroundings: Surroundings): SourcePlan {
  return {
    ...readEnd(config, 'sourceConnectorProperties', surroundings),
    timestampField: text(memberAt(config, 'incrementalPullConfig', 'datetimeTypeFieldName')),
  };
}

function readEnd(config: unknown, propertiesMember: string, { profile }: Surroundings): EndPlan {
  const connectorType = orUnknown(member(config, 'connectorType'));
  const connectorProfileName = text(member(config, 'connectorProfileName'));
  return {
    connectorType,
    apiVersion: text(member(config, 'apiVersion')),
    connectorProfileName,
    ...profile?.(connectorProfileName),
    ...readUnion(member(config, propertiesMember), connectorType),
  };
}

/** The connector's own member of one of the API's unions, and the names of others that are given. */
export function readUnion(union: unknown, connectorType: string): Pick<EndPlan, 'properties' | 'propertiesOf'> {
  const given = isPlainObject(union) ? Object.keys(union) : undefined;
  const own = ownMember(union, connectorType);
  const properties = own === undefined ? UNKNOWN : member(union, own);
  const others = own !== undefined ? given?.filter((name) => name !== own) : undefined;
  return {
    properties: properties === UNKNOWN ? UNKNOWN : isPlainObject(properties) ? properties : {},
    propertiesOf: others?.length === 0 && properties !== undefined ? undefined : others,
  };
}

/** The member of a union that stands for the connector, or the one that is given for a connector that is not known. */
function ownMember(union: unknown, connectorType: string): string | undefined {
  const type = literalString(connectorType);
  const known = type !== undefined ? connectorRecord(type)?.member : undefined;
  const given = isPlainObject(union) ? Object.keys(union) : [];
  return known ?? (given.length === 1 ? given[0] : undefined);
}

function pathInEnd(config: unknown, propertiesMember: string, [name, ...rest]: PlanPath): PlanPath {
  switch (name) {
    case undefined: return [];
    case 'timestampField': return ['incrementalPullConfig', 'datetimeTypeFieldName'];
    case 'properties': return [propertiesMember, ...pathInUnion(member(config, propertiesMember), text(member(config, 'connectorType')), rest)];
    case 'propertiesOf': return [propertiesMember];
    case 'connectorType':
    case 'apiVersion': return [name];
    default: return ['connectorProfileName'];
  }
}

/** Where in one of the API's unions a member of the connector's own structure is. */
export function pathInUnion(union: unknown, connectorType: string | undefined, rest: PlanPath): PlanPath {
  const own = ownMember(union, connectorType ?? UNKNOWN_TEXT);
  return own === undefined ? [] : [own, ...rest];
}

function readTasks(tasks: unknown): TaskPlan[] {
  if (!Array.isArray(tasks)) {
    return [readTask(UNKNOWN)];
  }
  return tasks.map((task) => readTask(isPlainObject(task) ? task : UNKNOWN));
}

function readTask(task: unknown): TaskPlan {
  return {
    taskType: orUnknown(member(task, 'taskType')),
    sourceFields: texts(member(task, 'sourceFields')),
    connectorOperator: textMap(member(task, 'connectorOperator')),
    destinationField: text(member(task, 'destinationField')),
    taskProperties: textMap(member(task, 'taskProperties')),
  };
}

function readCatalog(catalog: unknown): CatalogPlan | undefined {
  return isPlainObject(catalog)
    ? { roleArn: orUnknown(catalog.roleArn), databaseName: orUnknown(catalog.databaseName), tablePrefix: orUnknown(catalog.tablePrefix) }
    : undefined;
}

/** A text that has to be there. Whoever knows what is required says so where it is not. */
function orUnknown(value: unknown): string {
  return text(value) ?? UNKNOWN_TEXT;
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}
