import { Fn, Token, Tokenization } from 'aws-cdk-lib';
import { AppFlowError } from './errors';

/** What encoded string tokens hold. Looking for it first spares the rules most of the time that they take. */
const STRING_TOKEN = '{Token[';

/** A number token within a text, as in `name-${parameter.valueAsNumber}`. CDK resolves it, but Token.isUnresolved does not see it. */
const NUMBER_TOKEN = /-1\.\d{10,16}e\+289/;

/** A literal string, or undefined where there is none or its value is known only at deploy time. */
export function literalString(value: unknown): string | undefined {
  return typeof value === 'string' && !holdsToken(value) ? value : undefined;
}

function holdsToken(text: string): boolean {
  return (text.includes(STRING_TOKEN) && Token.isUnresolved(text)) || NUMBER_TOKEN.test(text);
}

/** A list of which at least the length is known, or undefined for one that is known only at deploy time. */
function literalList(values: unknown): unknown[] | undefined {
  // CDK encodes a list that it does not know as a list of one element.
  return Array.isArray(values) && !(values.length === 1 && Token.isUnresolved(values)) ? values : undefined;
}

/** A literal number, or undefined where there is none or its value is known only at deploy time. */
export function literalNumber(value: unknown): number | undefined {
  return typeof value === 'number' && !Token.isUnresolved(value) ? value : undefined;
}

/** The literal strings of a list. A tokenised list has none; tokens among the elements are left out. */
export function literalStrings(values: unknown): string[] {
  return literalList(values)?.filter((value): value is string => literalString(value) !== undefined) ?? [];
}

/** The length of a list, or undefined where it is known only at deploy time. */
export function literalLength(values: unknown): number | undefined {
  return literalList(values)?.length;
}

/** Whether two texts are known, and not the same. */
export function differ(one: unknown, other: unknown): boolean {
  return literalString(one) !== undefined && literalString(other) !== undefined && one !== other;
}

/** Quotes a value for a message. */
export function quote(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/** Lists values for a message. */
export function quoteAll(values: readonly unknown[]): string {
  return values.length > 0 ? values.map(quote).join(', ') : 'none';
}

/** Drops undefined members, and objects and lists that have nothing in them, all the way down; a struct without members becomes undefined. */
export function compact<T>(value: T): T | undefined {
  if (Array.isArray(value)) {
    const items = Token.isUnresolved(value) ? value : value.map(compact).filter((v) => v !== undefined);
    return items.length > 0 ? (items as T) : undefined;
  }
  if (isPlainObject(value)) {
    const members = Object.entries(value)
      .map(([name, member]) => [name, compact(member)] as const)
      .filter(([, member]) => member !== undefined);
    return members.length > 0 ? (Object.fromEntries(members) as T) : undefined;
  }
  return value;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype && !Tokenization.isResolvable(value);
}

/** A list as the text of a JSON array, also where the list is known only at deploy time. */
export function jsonArray(values: readonly string[]): string {
  return Token.isUnresolved(values) ? `["${Fn.join('","', [...values])}"]` : JSON.stringify(values);
}

/** The list itself, where each of its elements has to be known one by one. */
export function knownElements(values: string[], what: string): string[] {
  if (Token.isUnresolved(values)) {
    throw new AppFlowError('list-known-only-at-deploy-time', {
      what: `${what} cannot be a list that is known only at deploy time, since AppFlow needs a task for each element`,
      got: 'a list token',
      allowed: 'a list of strings, of which each may be a token',
      remedy: 'list the elements, or select them with Fn.select',
    });
  }
  return values;
}
