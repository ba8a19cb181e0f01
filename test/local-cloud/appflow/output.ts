import { type NormalizedSchema } from '@smithy/core/schema';
import { type JsonObject, type JsonValue } from './json';

/** Serialises an output by its schema: only members that the API knows, timestamps as epoch seconds. */
export function toWire(schema: NormalizedSchema, output: object): JsonObject {
  return valueToWire(schema, output) as JsonObject;
}

function valueToWire(schema: NormalizedSchema, value: unknown): JsonValue {
  if (schema.isStructSchema()) {
    const wire: JsonObject = {};
    for (const [member, memberSchema] of schema.structIterator()) {
      const content = (value as Record<string, unknown>)[member];
      if (content !== undefined) wire[member] = valueToWire(memberSchema, content);
    }
    return wire;
  }
  if (schema.isListSchema()) return (value as unknown[]).map((element) => valueToWire(schema.getValueSchema(), element));
  if (schema.isMapSchema()) {
    return Object.fromEntries(Object.entries(value as object).map(([key, content]) => [key, valueToWire(schema.getValueSchema(), content)]));
  }
  if (schema.isTimestampSchema()) return (value as Date).getTime() / 1000;
  return value as JsonValue;
}
