import type { PlanPath } from '../rules/rule';
import { isPlainObject } from '../values';
import { isNoValue } from './intrinsics';
import { text, UNKNOWN, UNKNOWN_TEXT } from './unknown';

/** Structures whose members have the same names in the API. */
const KEPT = new Set([
  // Those with one member a connector.
  'ConnectorOperator', 'SourceConnectorProperties', 'DestinationConnectorProperties', 'ConnectorProfileCredentials', 'ConnectorProfileProperties',
  // Maps with keys of the user's own.
  'CustomProperties', 'ProfileProperties', 'TokenUrlCustomProperties', 'CredentialsMap',
  // One that the API spells so.
  'DataTransferApi',
]);

/** Lists of keys and values that are maps in the API. */
const MAPS = new Set(['TaskProperties', 'Tags']);

/** Members that have another name in the API than the first letter's case makes. */
const API_NAMES = new Map([
  ['KMSArn', 'kmsArn'],
  ['TimeZone', 'timezone'],
  ['FailOnFirstError', 'failOnFirstDestinationError'],
  ['ConnectorOAuthRequest', 'oAuthRequest'],
]);

/** Turns properties of an `AWS::AppFlow::*` resource into the request of AppFlow's API that stands for them. */
export function fromCloudFormation(value: unknown, structure = ''): unknown {
  if (value === UNKNOWN) {
    return UNKNOWN;
  }
  if (MAPS.has(structure)) {
    return toMap(value);
  }
  if (Array.isArray(value)) {
    return value.map((element) => fromCloudFormation(element));
  }
  if (!isPlainObject(value)) {
    return value;
  }
  const request = Object.fromEntries(Object.entries(value).map(([name, each]) => [apiName(name, structure), fromCloudFormation(each, name)]));
  return structure === 'TriggerProperties' ? { Scheduled: request } : request;
}

/** Finds where in the properties, as they are written in the template, a part of the request is. */
export function placesIn(properties: unknown): (at: PlanPath) => PlanPath {
  const positions: Positions = new Map();
  return (at) => {
    const path: (string | number)[] = [];
    let [value, structure]: [unknown, string] = [properties, ''];
    for (const step of at) {
      if (structure === 'TriggerProperties' && step === 'Scheduled') {
        continue;
      }
      const found = find(value, structure, step, positions);
      path.push(...found.path);
      [value, structure] = [found.value, found.structure];
    }
    return path;
  };
}

/** Where in lists the elements are for which anything stands. In a long list that is not to be found out for each mistake. */
type Positions = Map<readonly unknown[], readonly number[]>;

function find(value: unknown, structure: string, step: string | number, positions: Positions): { path: PlanPath; value: unknown; structure: string } {
  if (MAPS.has(structure)) {
    const index = Array.isArray(value) ? value.findIndex((entry) => isPlainObject(entry) && entry.Key === step) : -1;
    return { path: index >= 0 ? [index, 'Value'] : [], value: undefined, structure: '' };
  }
  if (Array.isArray(value)) {
    const given = positions.get(value) ?? [...value.keys()].filter((position) => !isNoValue(value[position]));
    positions.set(value, given);
    const index = given[Number(step)] ?? Number(step);
    return { path: [index], value: value[index], structure: '' };
  }
  const given = isPlainObject(value) ? Object.keys(value).find((name) => apiName(name, structure) === step) : undefined;
  const name = given ?? cloudFormationName(String(step), structure);
  return { path: [name], value: given !== undefined ? (value as Record<string, unknown>)[given] : undefined, structure: name };
}

function toMap(value: unknown): unknown {
  if (!Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(value.map((entry) => {
    const key = isPlainObject(entry) ? text(entry.Key) : undefined;
    return key !== undefined ? [key, entry.Value] : [UNKNOWN_TEXT, UNKNOWN];
  }));
}

function apiName(name: string, structure: string): string {
  return KEPT.has(structure) ? name : API_NAMES.get(name) ?? name.charAt(0).toLowerCase() + name.slice(1);
}

function cloudFormationName(name: string, structure: string): string {
  if (KEPT.has(structure)) {
    return name;
  }
  const [given] = [...API_NAMES].find(([, api]) => api === name && api !== 'oAuthRequest') ?? [];
  return given ?? name.charAt(0).toUpperCase() + name.slice(1);
}
