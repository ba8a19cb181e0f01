import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { describeProblem, fullCode, type Problem } from './errors';

/** A broken rule: an error where the service is documented to refuse, a warning where that is inferred. */
export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly problem: Problem;
  /** Where the fact is from that was contradicted. */
  readonly source: string;
  /** Where in the plan it is. */
  readonly at: readonly (string | number)[];
  /** Whether the schema of CloudFormation's resource says the same. */
  readonly inSchema: boolean;
}

/** What has been reported at a construct, acknowledged or not. */
const REPORTED = new WeakMap<IConstruct, Set<string>>();

/** The rules about what the user has decided at a construct. */
const DECIDED = new WeakMap<IConstruct, Set<string>>();

/** Warns at a construct. The user acknowledges the warning by its code. */
export function warn(scope: IConstruct, code: string, problem: Problem) {
  const message = describeProblem(problem);
  remember(REPORTED, scope, report(fullCode(code), message));
  Annotations.of(scope).addWarningV2(fullCode(code), message);
}

/** Says that the user has decided what a rule is about, for whoever checks the resources below the construct again. */
export function decide(scope: IConstruct, code: string) {
  remember(DECIDED, scope, fullCode(code));
}

/** Whether a construct, or one that it stands in, has reported the same. */
export function isReported(construct: IConstruct, code: string, message: string): boolean {
  return construct.node.scopes.some((scope) => REPORTED.get(scope)?.has(report(code, message)));
}

/** Whether the user has decided at a construct, or at one that it stands in, what a rule is about. */
export function isDecided(construct: IConstruct, code: string): boolean {
  return construct.node.scopes.some((scope) => DECIDED.get(scope)?.has(code));
}

/** Reports findings at a construct: warnings as annotations, errors when the app is synthesized, all of them together. */
export function reportFindings(scope: IConstruct, findings: readonly Finding[]) {
  const errors: string[] = [];
  for (const { code, severity, problem } of findings) {
    if (severity === 'error') {
      const message = describeProblem(problem);
      remember(REPORTED, scope, report(fullCode(code), message));
      errors.push(`${message} (${fullCode(code)})`);
    } else {
      warn(scope, code, problem);
    }
  }
  if (errors.length > 0) {
    scope.node.addValidation({ validate: () => errors });
  }
}

function report(code: string, message: string): string {
  return `${code} ${message}`;
}

function remember(memory: WeakMap<IConstruct, Set<string>>, scope: IConstruct, text: string) {
  const texts = memory.get(scope);
  if (texts !== undefined) {
    texts.add(text);
  } else {
    memory.set(scope, new Set([text]));
  }
}
