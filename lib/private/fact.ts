/**
 * How sure something is that is known of Amazon AppFlow.
 *
 * What is documented stops a deployment that contradicts it, what was observed or is inferred earns a warning, and what
 * is unknown is left to the service.
 */
export type Evidence = 'documented' | 'observed' | 'inferred';

/** Something known of the service, with how sure it is and where it is from. */
export interface Fact<T> {
  readonly value: T;
  readonly evidence: Evidence;
  readonly source: string;
}

export function documented<T>(value: T, source: string): Fact<T> {
  return { value, evidence: 'documented', source };
}

export function observed<T>(value: T, source: string): Fact<T> {
  return { value, evidence: 'observed', source };
}

export function inferred<T>(value: T, source: string): Fact<T> {
  return { value, evidence: 'inferred', source };
}
