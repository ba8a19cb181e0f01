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

/** A value as a text. One of another type is left to those who know the types, and unknown here. */
export function text(value: unknown): string | undefined {
  return isAbsent(value) ? undefined : typeof value === 'string' ? value : UNKNOWN_TEXT;
}

/** A value as a number, which may be written as a text. */
export function number(value: unknown): number | undefined {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  return isAbsent(value) ? undefined : isNumber && Number.isFinite(Number(value)) ? Number(value) : UNKNOWN_NUMBER;
}

/** A value as a point in time: seconds since the epoch, or a date in text as the AWS CLI takes it. */
export function time(value: unknown): number | undefined {
  const date = typeof value === 'string' && Number.isNaN(Number(value)) ? Date.parse(value) / 1000 : NaN;
  return Number.isNaN(date) ? number(value) : date;
}

/** A value as a list of texts. */
export function texts(value: unknown): string[] {
  return isAbsent(value) ? [] : Array.isArray(value) ? value.map((each) => text(each) ?? UNKNOWN_TEXT) : UNKNOWN_LIST;
}

/** A value as a structure with texts in it. */
export function textMap(value: unknown): Record<string, string> | undefined {
  if (isAbsent(value)) {
    return undefined;
  }
  return isPlainObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, text(each) ?? UNKNOWN_TEXT]))
    : { [UNKNOWN_TEXT]: UNKNOWN_TEXT };
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
