import type { Constraint, EnumConstraint, MapConstraint, PropertyRecord, RangeConstraint, TextConstraint } from '../connector-record';
import type { Problem } from '../errors';
import type { Evidence } from '../fact';
import type { Finding } from '../report';
import { isPlainObject, literalNumber, literalString, quote, quoteAll } from '../values';
import { didYouMean } from './did-you-mean';

/** Where something is in a plan: names of members, and positions in lists. */
export type PlanPath = readonly (string | number)[];

/** What is wrong, and where. */
export interface Breach extends Problem {
  /** The member of the plan that is wrong, or lacks something. */
  readonly at: PlanPath;
  /** How sure the fact is that this contradicts, where the facts behind a rule differ in that. */
  readonly evidence?: Evidence;
  /** Where that fact is from, where they differ in that. */
  readonly source?: string;
  /** Whether the schema of CloudFormation's resource says the same, so that CDK's template validation stops it, too. */
  readonly inSchema?: boolean;
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
  return rules.flatMap((rule) => rule.broken(subject).map(({ evidence = rule.evidence, source = rule.source, at, inSchema = false, ...problem }) => ({
    code: rule.code,
    severity: evidence === 'documented' ? 'error' as const : 'warning' as const,
    problem,
    source,
    at,
    inSchema,
  })));
}

/** What is wrong with a value, by its constraint in the service model. */
export function violations(title: string | (() => string), value: unknown, constraint: Constraint, at: PlanPath): Breach[] {
  const name = () => typeof title === 'string' ? title : title();
  return problemsWith(name, value, constraint).map(({ key, inSchema = true, ...problem }) => ({
    ...problem,
    at: key !== undefined ? [...at, key] : at,
    inSchema: inSchema && !constraint.notInCloudFormation,
  }));
}

/**
 * What is wrong with the members of a structure, by their records.
 *
 * @param owner whose members they are, for messages: `the source`
 * @param at where the structure is
 */
export function propertyViolations(
  owner: string,
  properties: Readonly<Record<string, unknown>>,
  records: readonly PropertyRecord[],
  at: PlanPath,
): Breach[] {
  return records.flatMap(({ name, title, constraint }) => valuesAt(properties, name.split('.'), at)
    .flatMap(({ value, path }) => violations(() => `${title} of ${owner}`, value, constraint, path)));
}

/** The values at a path, in which `*` stands for each element of a list or map. */
function valuesAt(value: unknown, [member, ...rest]: string[], path: PlanPath): { value: unknown; path: PlanPath }[] {
  if (member === undefined) {
    return [{ value, path }];
  }
  if (!isPlainObject(value) && !Array.isArray(value)) {
    return [];
  }
  const members = member === '*' ? Object.entries(value) : isPlainObject(value) ? [[member, value[member]] as const] : [];
  return members.flatMap(([name, each]) => valuesAt(each, rest, [...path, Array.isArray(value) ? Number(name) : name]));
}

type Violation = Problem & Pick<Breach, 'inSchema'> & {
  /** The key that is wrong, of a map. */
  readonly key?: string;
};

function problemsWith(name: () => string, value: unknown, constraint: Constraint): Violation[] {
  if ('maxLength' in constraint) {
    return textViolations(name, value, constraint);
  }
  if ('values' in constraint) {
    return enumViolations(name, value, constraint);
  }
  return 'maxEntries' in constraint ? mapViolations(name, value, constraint) : rangeViolations(name, value, constraint);
}

function textViolations(
  name: () => string,
  value: unknown,
  { pattern, patternWords, minLength = 0, maxLength, inCloudFormation = {} }: TextConstraint,
): Violation[] {
  const text = literalString(value);
  if (text === undefined) {
    return [];
  }
  const { length } = text;
  const isStoppedByPattern = () => pattern !== undefined && inCloudFormation.pattern !== false
    && !fitsSchema(text, pattern, inCloudFormation.pattern === 'anchored');
  if (length < minLength || length > maxLength) {
    return [{
      what: `the ${name()} is too ${length > maxLength ? 'long' : 'short'}`,
      got: length > maxLength ? `${length} characters` : quote(text),
      allowed: `${minLength > 0 ? `${minLength} to ` : 'at most '}${maxLength} characters`,
      remedy: `give a ${length > maxLength ? 'shorter' : 'longer'} one`,
      inSchema: inCloudFormation.length !== false || isStoppedByPattern(),
    }];
  }
  if (pattern !== undefined && !pattern.test(text)) {
    return [{
      what: `the ${name()} is not one that AppFlow takes`,
      got: quote(text),
      allowed: patternWords,
      remedy: 'give one that fits',
      inSchema: isStoppedByPattern(),
    }];
  }
  return [];
}

/** Whether CDK's template validation finds that a text fits a pattern. */
function fitsSchema(text: string, { source }: RegExp, isAnchored: boolean): boolean {
  // To the validator, \w is a letter or digit of any alphabet.
  const word = source.includes('\\w') ? text.replace(/[\p{L}\p{M}\p{N}]/gu, (character) => /\w/.test(character) ? character : '_') : text;
  return new RegExp(isAnchored ? source : source.replace(/^\^|\$$/g, '')).test(word);
}

function enumViolations(name: () => string, value: unknown, { values }: EnumConstraint): Violation[] {
  const text = literalString(value);
  return text !== undefined && !values.includes(text)
    // CDK's template validation only warns of these.
    ? [{
      what: `the ${name()} is none that AppFlow knows`,
      got: quote(text),
      allowed: quoteAll(values),
      remedy: didYouMean(text, values),
      inSchema: false,
    }]
    : [];
}

function rangeViolations(name: () => string, value: unknown, { min, max }: RangeConstraint): Violation[] {
  const number = literalNumber(value);
  return number !== undefined && (number < min || number > max || !Number.isInteger(number))
    ? [{
      what: `the ${name()} is out of range`,
      got: String(number),
      allowed: `a whole number from ${min} to ${max}`,
      remedy: 'give a number in that range',
    }]
    : [];
}

function mapViolations(name: () => string, value: unknown, { maxEntries, key }: MapConstraint): Violation[] {
  if (!isPlainObject(value)) {
    return [];
  }
  const keys = Object.keys(value);
  return [
    ...keys.length > maxEntries
      ? [{
        what: `the ${name()} have too many entries`,
        got: String(keys.length),
        allowed: `at most ${maxEntries}`,
        remedy: 'give fewer',
        inSchema: false,
      }]
      : [],
    ...keys.flatMap((each) => problemsWith(() => `name of one of the ${name()}`, each, key).map((problem) => ({ ...problem, key: each }))),
  ];
}
