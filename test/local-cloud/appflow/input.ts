import * as appflow from '@aws-sdk/client-appflow';
import { type NormalizedSchema } from '@smithy/core/schema';
import { MEMBERS, SHAPES, type ShapeConstraint } from './constraints';
import { type JsonObject, isObject } from './json';
import { isCredential } from './redaction';
import { invalid } from './refusal';

export interface CheckedInput {
  /** The input with the SDK's types: timestamps are Dates, members without a value are absent. */
  readonly value: object;
  /** Paths of members that the API does not know. The service ignores them; a test may want to know. */
  readonly unknownMembers: readonly string[];
}

/** Checks an input against the model of its operation and refuses it with all that is wrong, in the words of AWS's own validation. */
export function checkInput(schema: NormalizedSchema, input: JsonObject, partition: string): CheckedInput {
  const check = new InputCheck(partition);
  const value = check.structure(schema, input, '', false);
  const { broken, unknownMembers } = check;
  if (broken.length > 0) {
    throw invalid(`${broken.length} validation error${broken.length === 1 ? '' : 's'} detected: ${broken.join('; ')}`);
  }
  return { value, unknownMembers };
}

class InputCheck {
  readonly broken: string[] = [];
  readonly unknownMembers: string[] = [];

  constructor(private readonly partition: string) {}

  structure(schema: NormalizedSchema, value: JsonObject, path: string, secret: boolean): Record<string, unknown> {
    const at = (member: string) => path === '' ? member : `${path}.${member}`;
    const shapes = MEMBERS[schema.getName() ?? ''] ?? {};
    const known: Record<string, unknown> = {};
    const names: string[] = [];
    for (const [member, memberSchema] of schema.structIterator()) {
      names.push(member);
      const content = value[member];
      if (content === undefined || content === null) {
        // Static structure schemas list their required members first; the seventh element counts them.
        if (names.length <= requiredMembers(schema)) this.broken.push(`Value null at '${at(member)}' failed to satisfy constraint: Member must not be null`);
        continue;
      }
      const hidden = secret || isCredential(member) || memberSchema.getMergedTraits().sensitive === 1;
      known[member] = this.value(memberSchema, shapes[member], content, at(member), hidden);
    }
    this.unknownMembers.push(...Object.keys(value).filter((member) => value[member] !== undefined && !names.includes(member)).map(at));
    return known;
  }

  private value(schema: NormalizedSchema, shape: string | undefined, value: unknown, path: string, secret: boolean): unknown {
    const constraint = SHAPES[shape ?? ''] ?? {};
    if (schema.isStructSchema()) {
      return isObject(value) ? this.structure(schema, value, path, secret) : this.wrongType(path, 'a structure');
    }
    if (schema.isListSchema()) {
      if (!Array.isArray(value)) return this.wrongType(path, 'a list');
      this.report(path, value, secret, lengthOf(value.length, constraint));
      return value.map((element, index) => this.value(schema.getValueSchema(), constraint.member, element, `${path}.${index + 1}.member`, secret));
    }
    if (schema.isMapSchema()) {
      return isObject(value) ? this.map(schema, constraint, value, path, secret) : this.wrongType(path, 'a map');
    }
    if (schema.isBooleanSchema()) return typeof value === 'boolean' ? value : this.wrongType(path, 'a boolean');
    if (schema.isTimestampSchema()) {
      return typeof value === 'number' && Number.isFinite(value) ? new Date(value * 1000) : this.wrongType(path, 'a number of seconds since 1970');
    }
    if (schema.isNumericSchema()) {
      if (!Number.isInteger(value)) return this.wrongType(path, 'an integer');
      this.report(path, value, secret, rangeOf(value as number, constraint));
      return value;
    }
    if (typeof value !== 'string') return this.wrongType(path, 'a string');
    this.report(path, value, secret, this.text(value, shape, constraint));
    return value;
  }

  private map(schema: NormalizedSchema, constraint: ShapeConstraint, value: JsonObject, path: string, secret: boolean): Record<string, unknown> {
    this.report(path, value, secret, lengthOf(Object.keys(value).length, constraint));
    const known: Record<string, unknown> = {};
    for (const [key, content] of Object.entries(value)) {
      const broken = this.text(key, constraint.key, SHAPES[constraint.key ?? ''] ?? {});
      if (broken.length > 0) this.report(path, value, secret, [`Map keys must satisfy constraint: [${broken.join(', ')}]`]);
      known[key] = this.value(schema.getValueSchema(), constraint.value, content, `${path}.${key}.member`, secret);
    }
    return known;
  }

  private text(value: string, shape: string | undefined, constraint: ShapeConstraint): string[] {
    const broken = lengthOf(value.length, constraint);
    const pattern = constraint.pattern && this.inPartition(constraint.pattern);
    if (pattern && !pattern.test(value)) broken.push(`Member must satisfy regular expression pattern: ${pattern.source.replaceAll('\\/', '/')}`);
    const values = shape !== undefined && !(shape in SHAPES) ? enumValues(shape) : undefined;
    if (values && !values.includes(value)) broken.push(`Member must satisfy enum value set: [${values.join(', ')}]`);
    return broken;
  }

  /** The model writes `arn:aws:` into its patterns; in another partition the service cannot mean that literally. */
  private inPartition(pattern: RegExp): RegExp {
    return this.partition === 'aws' ? pattern : new RegExp(pattern.source.replace('arn:aws:', `arn:${this.partition}:`));
  }

  private wrongType(path: string, expected: string): undefined {
    this.broken.push(`Value at '${path}' failed to satisfy constraint: Member must be ${expected}`);
  }

  private report(path: string, value: unknown, secret: boolean, broken: readonly string[]): void {
    const shown = secret ? 'Value' : `Value '${typeof value === 'string' ? value : JSON.stringify(value)}'`;
    this.broken.push(...broken.map((constraint) => `${shown} at '${path}' failed to satisfy constraint: ${constraint}`));
  }
}

function requiredMembers(schema: NormalizedSchema): number {
  const [, , , , , , required] = schema.getSchema() as unknown as [unknown, unknown, unknown, unknown, unknown, unknown, number | undefined];
  return required ?? 0;
}

function lengthOf(length: number, { min, max }: ShapeConstraint): string[] {
  return [
    ...min !== undefined && length < min ? [`Member must have length greater than or equal to ${min}`] : [],
    ...max !== undefined && length > max ? [`Member must have length less than or equal to ${max}`] : [],
  ];
}

function rangeOf(value: number, { min, max }: ShapeConstraint): string[] {
  return [
    ...min !== undefined && value < min ? [`Member must have value greater than or equal to ${min}`] : [],
    ...max !== undefined && value > max ? [`Member must have value less than or equal to ${max}`] : [],
  ];
}

/** The SDK exports each enum of the model as an object under the shape's name. */
function enumValues(shape: string): string[] | undefined {
  const exported = (appflow as unknown as Record<string, unknown>)[shape];
  return isObject(exported) ? Object.values(exported) as string[] : undefined;
}
