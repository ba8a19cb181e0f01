import type { IConstruct } from 'constructs';

/** The prefix of every error code and warning id of this library. */
export const NAMESPACE = 'appflow-constructs';

/** What is wrong, in the parts that every message of this library has. */
export interface Problem {
  /** What is wrong, in the user's words, lower case. */
  readonly what: string;
  /** What was given. Leave out where it could be a credential. */
  readonly got?: string;
  /** What is allowed. */
  readonly allowed?: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** The full code of a problem, as users see it in errors and acknowledge it in warnings. */
export function fullCode(code: string): string {
  return `${NAMESPACE}:${code}`;
}

/** Renders a problem without its code: `what: got x, allowed y; remedy`. */
export function describeProblem(problem: Problem): string {
  const facts = [
    ...(problem.got !== undefined ? [`got ${problem.got}`] : []),
    ...(problem.allowed !== undefined ? [`allowed ${problem.allowed}`] : []),
  ];
  return `${problem.what}${facts.length > 0 ? `: ${facts.join(', ')}` : ''}; ${problem.remedy}`;
}

/** A mistake that a construct reports with all others of the app, which tells the path. */
export function validationError(code: string, problem: Problem): string {
  return `${describeProblem(problem)} (${fullCode(code)})`;
}

/** A mistake that stops synthesis. The message holds path and code, because some jsii languages show nothing else. */
export class AppFlowError extends Error {
  /** The stable code of the error. */
  public readonly code: string;

  constructor(code: string, problem: Problem, scope?: IConstruct) {
    const at = scope !== undefined ? ` at ${scope.node.path}` : '';
    super(`${describeProblem(problem)} (${fullCode(code)}${at})`);
    this.name = 'AppFlowError';
    this.code = fullCode(code);
  }
}
