import type { Constraint, MapConstraint, PropertyRecord, RangeConstraint, TextConstraint } from '../connector-record';
import type { Problem } from '../errors';
import type { Evidence } from '../fact';
import type { Finding } from '../report';
import { isPlainObject, literalNumber, literalString, quote } from '../values';

/** What is wrong, with how sure the fact is that it contradicts, where the facts behind a rule differ in that. */
export interface Breach extends Problem {
  readonly evidence?: Evidence;
}

/** One thing that AppFlow does not take, or takes to no avail. */
export interface Rule<T> {
  /** Stable: users know the rule by it. */
  readonly code: string;
  /** How sure it is that the service behaves so. What is documented is an error, the rest a warning. */
  readonly evidence: Evidence;
  /** Where that is from. */
  readonly source: string;
  /** What is wrong, if anything. A value that is known only at deploy time is never wrong. */
  readonly broken: (subject: T) => Breach[];
}

/** Runs rules over a subject, and returns what is broken, all of it. */
export function check<T>(rules: readonly Rule<T>[], subject: T): Finding[] {
  return rules.flatMap((rule) => rule.broken(subject).map(({ evidence = rule.evidence, ...problem }) => ({
    code: rule.code,
    severity: evidence === 'documented' ? 'error' as const : 'warning' as const,
    problem,
  })));
}

/** What is wrong with a value, by its constraint in the service model. */
export function violations(title: string | (() => string), value: unknown, constraint: Constraint): Problem[] {
  const name = () => typeof title === 'string' ? title : title();
  if ('maxLength' in constraint) {
    return textViolations(name, value, constraint);
  }
  return 'maxEntries' in constraint ? mapViolations(name, value, constraint) : rangeViolations(name, value, constraint);
}

/**
 * What is wrong with the members of a structure, by their records.
 *
 * @param owner whose members they are, for messages: `the source`
 */
export function propertyViolations(owner: string, properties: Readonly<Record<string, unknown>>, records: readonly PropertyRecord[]): Problem[] {
  return records.flatMap(({ name, title, constraint }) => valuesAt(properties, name.split('.'))
    .flatMap((value) => violations(() => `${title} of ${owner}`, value, constraint)));
}

/** The values at a path, in which `*` stands for each element of a list or map. */
function valuesAt(value: unknown, [member, ...rest]: string[]): unknown[] {
  if (member === undefined) {
    return [value];
  }
  if (!isPlainObject(value) && !Array.isArray(value)) {
    return [];
  }
  const members: unknown[] = member === '*' ? Object.values(value) : isPlainObject(value) ? [value[member]] : [];
  return members.flatMap((each) => valuesAt(each, rest));
}

function textViolations(name: () => string, value: unknown, { pattern, patternWords, minLength = 0, maxLength }: TextConstraint): Problem[] {
  const text = literalString(value);
  if (text === undefined) {
    return [];
  }
  const { length } = text;
  if (length < minLength || length > maxLength) {
    return [{
      what: `the ${name()} is too ${length > maxLength ? 'long' : 'short'}`,
      got: length > maxLength ? `${length} characters` : quote(text),
      allowed: `${minLength > 0 ? `${minLength} to ` : 'at most '}${maxLength} characters`,
      remedy: `give a ${length > maxLength ? 'shorter' : 'longer'} one`,
    }];
  }
  if (pattern !== undefined && !pattern.test(text)) {
    return [{
      what: `the ${name()} is not one that AppFlow takes`,
      got: quote(text),
      allowed: patternWords,
      remedy: 'give one that fits',
    }];
  }
  return [];
}

function rangeViolations(name: () => string, value: unknown, { min, max }: RangeConstraint): Problem[] {
  const number = literalNumber(value);
  return number !== undefined && (number < min || number > max || !Number.isInteger(number))
    ? [{ what: `the ${name()} is out of range`, got: String(number), allowed: `a whole number from ${min} to ${max}`, remedy: 'give a number in that range' }]
    : [];
}

function mapViolations(name: () => string, value: unknown, { maxEntries, key }: MapConstraint): Problem[] {
  if (!isPlainObject(value)) {
    return [];
  }
  const keys = Object.keys(value);
  return [
    ...keys.length > maxEntries
      ? [{ what: `the ${name()} have too many entries`, got: String(keys.length), allowed: `at most ${maxEntries}`, remedy: 'give fewer' }]
      : [],
    ...keys.flatMap((each) => violations(() => `name of one of the ${name()}`, each, key)),
  ];
}
