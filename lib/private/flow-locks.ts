import type { IConstruct } from 'constructs';
import type { OwnedFlow } from './owned-flow';

/** What compares the flows below a construct with a file. */
export interface FlowComparison {
  /** Returns what is wrong with a flow. */
  compare(flow: OwnedFlow): string[];
}

const COMPARISONS = new WeakMap<IConstruct, FlowComparison[]>();

/** Has the flows below a construct compared, each when its own stage is synthesized, so that what is said of it gets into the stage's assembly. */
export function compareFlows(scope: IConstruct, comparison: FlowComparison): void {
  COMPARISONS.set(scope, [...COMPARISONS.get(scope) ?? [], comparison]);
}

/** What is wrong with a flow by all that compares it. */
export function comparedFlow(flow: OwnedFlow): string[] {
  return flow.node.scopes.flatMap((scope) => COMPARISONS.get(scope) ?? []).flatMap((comparison) => comparison.compare(flow));
}
