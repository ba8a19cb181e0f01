import type { Constraint } from '../connector-record';
import type { Problem } from '../errors';
import type { Evidence } from '../fact';
import type { Finding } from '../report';
import { literalString, quote } from '../values';

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

/** What is wrong with a string, by its constraint in the service model. */
export function violations(title: string | (() => string), value: unknown, constraint: Constraint): Problem[] {
  const text = literalString(value);
  if (text === undefined) {
    return [];
  }
  const { pattern, patternWords, minLength = 0, maxLength } = constraint;
  const { length } = text;
  const name = () => typeof title === 'string' ? title : title();
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
