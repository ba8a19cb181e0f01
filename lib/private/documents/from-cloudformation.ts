import type { PlanPath } from '../rules/rule';
import { isPlainObject } from '../values';
import { isNoValue } from './intrinsics';
import { text, UNKNOWN, UNKNOWN_TEXT } from './unknown';

/** Structures with one member a connector, spelled as in the API. */
const UNIONS = [
  'ConnectorOperator', 'SourceConnectorProperties', 'DestinationConnectorProperties', 'ConnectorProfileCredentials', 'ConnectorProfileProperties',
];

/** Structures whose members have the same names in the API: maps with keys of the user's own, and one structure that the API spells so. */
const KEPT = ['CustomProperties', 'ProfileProperties', 'TokenUrlCustomProperties', 'CredentialsMap', 'DataTransferApi'];

/** Lists of keys and values that are maps in the API. */
const MAPS = ['TaskProperties', 'Tags'];

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
  if (MAPS.includes(structure)) {
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

/** Where in the properties, as they are written in the template, a part of the request is. */
export function pathInProperties(properties: unknown, at: PlanPath): PlanPath {
  const path: (string | number)[] = [];
  let [value, structure]: [unknown, string] = [properties, ''];
  for (const step of at) {
    if (structure === 'TriggerProperties' && step === 'Scheduled') {
      continue;
    }
    const found = find(value, structure, step);
    path.push(...found.path);
    [value, structure] = [found.value, found.structure];
  }
  return path;
}

function find(value: unknown, structure: string, step: string | number): { path: PlanPath; value: unknown; structure: string } {
  if (MAPS.includes(structure)) {
    const index = Array.isArray(value) ? value.findIndex((entry) => isPlainObject(entry) && entry.Key === step) : -1;
    return { path: index >= 0 ? [index, 'Value'] : [], value: undefined, structure: '' };
  }
  if (Array.isArray(value)) {
    const positions = [...value.keys()].filter((position) => !isNoValue(value[position]));
    const index = positions[Number(step)] ?? Number(step);
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
  return UNIONS.includes(structure) || KEPT.includes(structure) ? name : API_NAMES.get(name) ?? name.charAt(0).toLowerCase() + name.slice(1);
}

function cloudFormationName(name: string, structure: string): string {
  if (UNIONS.includes(structure) || KEPT.includes(structure)) {
    return name;
  }
  const [given] = [...API_NAMES].find(([, api]) => api === name && api !== 'oAuthRequest') ?? [];
  return given ?? name.charAt(0).toUpperCase() + name.slice(1);
}
