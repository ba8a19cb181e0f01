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

/** Warns at a construct. The user acknowledges the warning by its code. */
export function warn(scope: IConstruct, code: string, problem: Problem) {
  Annotations.of(scope).addWarningV2(fullCode(code), describeProblem(problem));
}

/** Reports findings at a construct: warnings as annotations, errors when the app is synthesized, all of them together. */
export function reportFindings(scope: IConstruct, findings: readonly Finding[]) {
  const errors: string[] = [];
  for (const { code, severity, problem } of findings) {
    if (severity === 'error') {
      errors.push(`${describeProblem(problem)} (${fullCode(code)})`);
    } else {
      warn(scope, code, problem);
    }
  }
  if (errors.length > 0) {
    scope.node.addValidation({ validate: () => errors });
  }
}
