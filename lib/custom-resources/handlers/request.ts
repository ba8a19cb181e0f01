import { NormalizedSchema } from '@smithy/core/schema';
import { CustomResourceError, ErrorCode } from './errors';

/**
 * Turns a request into what the SDK takes, by the SDK's own schema: CloudFormation makes texts of the numbers and booleans in the properties of
 * custom resources, and times are seconds. A member that the schema does not have is refused, since the SDK would leave it out without a word.
 */
export function typed(schema: Parameters<typeof NormalizedSchema.of>[0], value: unknown): unknown {
  return convert(NormalizedSchema.of(schema), value);
}

function convert(schema: NormalizedSchema, value: unknown): unknown {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (schema.isStructSchema()) {
    refuseUnknown(schema, value);
    const members = [...schema.structIterator()].map(([name, member]) => [name, convert(member, (value as Record<string, unknown>)[name])] as const);
    return Object.fromEntries(members.filter(([, member]) => member !== undefined));
  }
  if (schema.isListSchema()) {
    return (value as unknown[]).map(element => convert(schema.getValueSchema(), element));
  }
  if (schema.isMapSchema()) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, convert(schema.getValueSchema(), member)]));
  }
  if (schema.isBooleanSchema()) {
    return value === true || value === 'true';
  }
  if (schema.isTimestampSchema()) {
    return new Date(Number(value) * 1000);
  }
  return schema.isNumericSchema() ? Number(value) : String(value);
}

function refuseUnknown(schema: NormalizedSchema, value: object): void {
  const known = new Set([...schema.structIterator()].map(([name]) => name));
  const unknown = Object.keys(value).filter(name => !known.has(name));
  if (unknown.length > 0) {
    throw new CustomResourceError(ErrorCode.INVALID_REQUEST, `this version of the handler does not know ${unknown.map(name => `'${name}'`).join(', ')} `
      + `of the AppFlow API's ${schema.getName()}; correct the name, or deploy with a newer version of the library`);
  }
}
