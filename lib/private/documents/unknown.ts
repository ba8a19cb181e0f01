import { Token } from 'aws-cdk-lib';
import { isPlainObject } from '../values';

/** A value of a document that is known only at deploy time. So is each of its members, should it have any. */
export const UNKNOWN: any = new Proxy({}, {
  get: (_, name) => {
    switch (name) {
      case 'resolve': return () => ({ Ref: 'Unknown' });
      case 'toString': return () => UNKNOWN_TEXT;
      case 'creationStack': return [];
      default: return typeof name === 'string' ? UNKNOWN : undefined;
    }
  },
});

export const UNKNOWN_TEXT = Token.asString({ Ref: 'Unknown' });
const UNKNOWN_NUMBER = Token.asNumber({ Ref: 'Unknown' });
const UNKNOWN_LIST = Token.asList({ Ref: 'Unknown' });

/** A member of a structure, or undefined where the structure has none, or is none. */
export function member(structure: unknown, name: string): unknown {
  if (structure === UNKNOWN) {
    return UNKNOWN;
  }
  return isPlainObject(structure) && Object.hasOwn(structure, name) ? structure[name] : undefined;
}

/** A member of a member. */
export function memberAt(structure: unknown, ...names: string[]): unknown {
  return names.reduce(member, structure);
}

/** A value as a text. Values of another type are left to those who know the types. */
export function text(value: unknown): string | undefined {
  return value === UNKNOWN ? UNKNOWN_TEXT : typeof value === 'string' ? value : undefined;
}

/** A value as a number, which may be written as a text. */
export function number(value: unknown): number | undefined {
  if (value === UNKNOWN) {
    return UNKNOWN_NUMBER;
  }
  const isNumber = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  return isNumber && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

/** A value as a point in time: seconds since the epoch, or a date in text as the AWS CLI takes it. */
export function time(value: unknown): number | undefined {
  const seconds = number(value) ?? (typeof value === 'string' ? Date.parse(value) / 1000 : undefined);
  return Number.isNaN(seconds) ? undefined : seconds;
}

/** A value as a list of texts. */
export function texts(value: unknown): string[] {
  return value === UNKNOWN ? UNKNOWN_LIST : Array.isArray(value) ? value.map(text).filter((each) => each !== undefined) : [];
}

/** A value as a structure with texts in it. */
export function textMap(value: unknown): Record<string, string> | undefined {
  if (value === UNKNOWN) {
    return { [UNKNOWN_TEXT]: UNKNOWN_TEXT };
  }
  if (!isPlainObject(value)) {
    return undefined;
  }
  const entries = Object.entries(value).map(([key, each]) => [key, text(each)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
