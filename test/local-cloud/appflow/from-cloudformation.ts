import { NormalizedSchema } from '@smithy/core/schema';
import { isObject, type JsonObject, type JsonValue } from './json';
import { OPERATIONS } from './operation';

/** Members whose CloudFormation name differs from the API's by more than the case of letters. */
const RENAMED: Readonly<Record<string, string>> = {
  failonfirsterror: 'failOnFirstDestinationError',
  connectoroauthrequest: 'oAuthRequest',
};

/** `Structure.Property` that CloudFormation takes and the API has no member for. */
const WITHOUT_MEMBER: ReadonlySet<string> = new Set(['LookoutMetricsDestinationProperties.Object']);

const CREATE_OPERATIONS: Readonly<Record<string, string>> = {
  'AWS::AppFlow::Flow': 'CreateFlow',
  'AWS::AppFlow::ConnectorProfile': 'CreateConnectorProfile',
  'AWS::AppFlow::Connector': 'RegisterConnector',
};

/**
 * Turns the properties of a resource into the input of an API operation, by default the one that creates it. Properties that are not
 * of that operation (FlowStatus; Tags of an update) are left out; below that, a property unknown to the API is an error.
 */
export function toApi(resourceType: string, properties: JsonObject, operationName: string = CREATE_OPERATIONS[resourceType]): JsonObject {
  const operation = OPERATIONS.get(operationName);
  if (!operation) throw new Error(`No operation of Amazon AppFlow is known for ${resourceType} (${operationName})`);
  const members = new Set([...operation.input.structIterator()].map(([member]) => member.toLowerCase()));
  const ofOperation = Object.fromEntries(Object.entries(properties).filter(([property]) => members.has(property.toLowerCase())));
  return structureToApi(operation.input, ofOperation, resourceType);
}

function structureToApi(schema: NormalizedSchema, properties: JsonObject, path: string): JsonObject {
  const name = schema.getName();
  // CloudFormation puts the properties of a schedule where the API has `{ Scheduled: … }`.
  if (name === 'TriggerProperties') return { Scheduled: structureToApi(schema.getMemberSchema('Scheduled'), properties, path) };
  const members = new Map([...schema.structIterator()].map(([member, memberSchema]) => [member.toLowerCase(), { member, memberSchema }]));
  const api: JsonObject = {};
  for (const [property, value] of Object.entries(properties)) {
    if (value === undefined || WITHOUT_MEMBER.has(`${name}.${property}`)) continue;
    const renamed = RENAMED[property.toLowerCase()]?.toLowerCase();
    const found = members.get(renamed !== undefined && members.has(renamed) ? renamed : property.toLowerCase());
    if (!found) throw new Error(`${path}.${property} has no counterpart in the API`);
    api[found.member] = valueToApi(found.memberSchema, value, `${path}.${property}`);
  }
  return api;
}

function valueToApi(schema: NormalizedSchema, value: JsonValue, path: string): JsonValue {
  if (schema.isStructSchema() && isObject(value)) return structureToApi(schema, value, path);
  if (schema.isMapSchema()) return mapToApi(value);
  if (schema.isListSchema() && Array.isArray(value)) return value.map((element, index) => valueToApi(schema.getValueSchema(), element, `${path}[${index}]`));
  // Parameters and functions of a template make text of everything; CloudFormation turns it back into what the schema says.
  if (schema.isBooleanSchema() && (value === 'true' || value === 'false')) return value === 'true';
  if ((schema.isNumericSchema() || schema.isTimestampSchema()) && typeof value === 'string' && value.trim() !== '') {
    return Number.isNaN(Number(value)) ? value : Number(value);
  }
  if (schema.isStringSchema() && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  return value;
}

/** Tags and task properties are lists of `{ Key, Value }` in CloudFormation; other maps are maps there too. */
function mapToApi(value: JsonValue): JsonValue {
  const entries = Array.isArray(value)
    ? value.filter(isObject).map(({ Key: key, Value: content }): [string, JsonValue | undefined] => [String(key), content])
    : isObject(value) ? Object.entries(value) : undefined;
  return entries ? Object.fromEntries(entries.map(([key, content]) => [key, asText(content)])) : value;
}

function asText(value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
