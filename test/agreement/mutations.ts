import { type NormalizedSchema } from '@smithy/core/schema';
import { enumOf, structureOf } from './samples';
import { MEMBERS, SHAPES } from '../local-cloud/appflow/constraints';
import { isObject, type JsonObject, type JsonValue } from '../local-cloud/appflow/json';

/** A request that differs from another in one value. */
export interface Mutation {
  readonly path: string;
  readonly kind: string;
  readonly request: JsonObject;
}

/** Requests that each differ in one text or number, so that it may be one that the API's model does not allow. */
export function mutationsOf(schema: NormalizedSchema, request: JsonObject): Mutation[] {
  return mutated(schema, undefined, request, '').map(({ value, ...mutation }) => ({ ...mutation, request: value as JsonObject }));
}

interface Mutated {
  readonly path: string;
  readonly kind: string;
  readonly value: JsonValue;
}

function mutated(schema: NormalizedSchema, shape: string | undefined, value: JsonValue, path: string): Mutated[] {
  if (schema.isStructSchema() && isObject(value)) {
    const shapes = MEMBERS[schema.getName() ?? ''] ?? {};
    return [...structureOf(schema).schema.structIterator()].filter(([name]) => value[name] !== undefined)
      .flatMap(([name, member]) => within(value, name, mutated(member, shapes[name], value[name]!, `${path}.${name}`)));
  }
  if (schema.isListSchema() && Array.isArray(value)) {
    const { member } = SHAPES[shape ?? ''] ?? {};
    return value.flatMap((element, index) => mutated(schema.getValueSchema(), member, element, `${path}.*`)
      .map(({ value: other, ...rest }) => ({ ...rest, value: value.map((each, position) => position === index ? other : each) })));
  }
  if (schema.isMapSchema() && isObject(value)) {
    const { key, value: of } = SHAPES[shape ?? ''] ?? {};
    const [name] = Object.keys(value);
    return [
      ...within(value, name, mutated(schema.getValueSchema(), of, value[name]!, `${path}.*`)),
      ...textsFor(key).map(([kind, other]) => ({ path: `${path} (key)`, kind, value: { ...value, [other]: value[name]! } })),
      { path, kind: 'too many entries', value: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`key${index}`, 'value'])) },
    ];
  }
  if (schema.isNumericSchema()) {
    return [-1, 0, 101, 20_000, 1_000_000].map((other) => ({ path, kind: String(other), value: other }));
  }
  return typeof value === 'string' ? textsFor(shape).map(([kind, other]) => ({ path, kind, value: other })) : [];
}

function within(structure: JsonObject, name: string, mutations: readonly Mutated[]): Mutated[] {
  return mutations.map(({ value, ...rest }) => ({ ...rest, value: { ...structure, [name]: value } }));
}

/** Texts that a shape may not allow. */
function textsFor(shape: string | undefined): [kind: string, text: string][] {
  if (enumOf(shape) !== undefined) {
    return [['no value of the enum', 'other'], ['a name that every object has', 'constructor'], ['another case', enumOf(shape)![0].toLowerCase() + 'X']];
  }
  const { max = 2048 } = SHAPES[shape ?? ''] ?? {};
  return [['empty', ''], ['a blank', 'a b'], ['a sign', '§'], ['a word', 'word'], ['as long as can be', 'x'.repeat(max)], ['too long', 'x'.repeat(max + 1)]];
}
