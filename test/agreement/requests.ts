import { ConnectorType, TriggerType } from '@aws-sdk/client-appflow';
import { enumOf, sampleOf, type Structure, structureNamed, structureOf, wholeSampleOf } from './samples';
import { memberOf } from '../local-cloud/appflow/built-in-connector';
import { type JsonObject, type JsonValue } from '../local-cloud/appflow/json';

type Union = 'SourceConnectorProperties' | 'DestinationConnectorProperties' | 'ConnectorProfileCredentials' | 'ConnectorProfileProperties';

/** The structure of a connector in one of the API's unions, or undefined where it has none. */
export function structureIn(union: Union, type: string): Structure | undefined {
  const found = [...structureNamed(union).schema.structIterator()].find(([member]) => member.toLowerCase() === type.toLowerCase());
  return found && structureOf(found[1]);
}

export const TYPES: readonly string[] = Object.values(ConnectorType);
export const SOURCES = TYPES.filter((type) => structureIn('SourceConnectorProperties', type) !== undefined);
export const DESTINATIONS = TYPES.filter((type) => structureIn('DestinationConnectorProperties', type) !== undefined);
export const WITH_PROFILE = TYPES.filter((type) => structureIn('ConnectorProfileCredentials', type) !== undefined);

/** Source and destination of a flow, with the members of their properties: those that are required, or all. */
export function end(role: 'source' | 'destination', type: string, given: 'required' | 'all' = 'required', changes: JsonObject = {}): JsonObject {
  const union = role === 'source' ? 'SourceConnectorProperties' : 'DestinationConnectorProperties';
  const structure = structureIn(union, type);
  const member = memberOf(union, type as ConnectorType) ?? type;
  // What the API calls optional, and the guide asks for.
  const needed = ['bucketPrefix', 'objectPath'].filter((name) => role === 'source' && structure?.optional.includes(name));
  const properties = structure && (given === 'all' ? wholeSampleOf(structure) : sampleOf(structure, [...structure.required, ...needed]));
  return {
    connectorType: type,
    ...WITH_PROFILE.includes(type) ? { connectorProfileName: type } : {},
    [`${role}ConnectorProperties`]: properties ? { [member]: properties } : {},
    ...changes,
  };
}

export const TRIGGERS: Readonly<Record<string, JsonObject>> = {
  ...Object.fromEntries(Object.values(TriggerType).map((triggerType) => [triggerType, { triggerType }])),
  Scheduled: { triggerType: 'Scheduled', triggerProperties: { Scheduled: { scheduleExpression: 'rate(1days)' } } },
};

/** The operators that a connector has. */
export function operatorsOf(type: string): string[] {
  const member = memberOf('ConnectorOperator', type as ConnectorType);
  return enumOf(member === 'CustomConnector' ? 'Operator' : `${member}ConnectorOperator`) ?? [];
}

/** The operator of a task, keyed by the source where that has operators; a source without NO_OP goes without. */
export function operator(type: string, name: string): JsonObject {
  const member = memberOf('ConnectorOperator', type as ConnectorType);
  return member === undefined || (name === 'NO_OP' && !operatorsOf(type).includes(name)) ? {} : { connectorOperator: { [member]: name } };
}

export const mapAll = (type: string): JsonObject => ({ taskType: 'Map_all', sourceFields: [], ...operator(type, 'NO_OP') });
export const map = (type: string): JsonObject => ({ taskType: 'Map', sourceFields: ['a'], destinationField: 'b', ...operator(type, 'NO_OP') });
export const projection = (type: string): JsonObject => ({ taskType: 'Filter', sourceFields: ['a'], ...operator(type, 'PROJECTION') });

export interface FlowParts {
  readonly source: JsonObject;
  readonly destination: JsonObject;
  readonly trigger: JsonObject;
  readonly tasks: readonly JsonValue[];
}

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/0a';

/** A request of CreateFlow. */
export function createFlow({ source, destination, trigger, tasks }: FlowParts, changes: JsonObject = {}): JsonObject {
  return {
    flowName: 'flow',
    kmsArn: KEY,
    triggerConfig: trigger,
    sourceFlowConfig: source,
    destinationFlowConfigList: [destination],
    tasks: [...tasks],
    ...changes,
  };
}

/** A request of CreateConnectorProfile. */
export function createProfile(type: string, credentials?: JsonObject, properties?: JsonObject, changes: JsonObject = {}): JsonObject {
  const member = (union: Union) => memberOf(union as 'ConnectorProfileCredentials', type as ConnectorType) ?? type;
  return {
    connectorProfileName: type,
    connectorType: type,
    connectionMode: 'Public',
    ...type === 'CustomConnector' ? { connectorLabel: 'Billing' } : {},
    connectorProfileConfig: {
      connectorProfileProperties: { [member('ConnectorProfileProperties')]: properties ?? {} },
      ...credentials ? { connectorProfileCredentials: { [member('ConnectorProfileCredentials')]: credentials } } : {},
    },
    ...changes,
  };
}
