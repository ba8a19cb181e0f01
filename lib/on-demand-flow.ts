import type { Construct } from 'constructs';
import type { FlowProps } from './flow';
import type { IFlowSource } from './integration';
import { OwnedFlow } from './private/owned-flow';
import { TRIGGER_TYPE } from './private/vocabulary';
import type { RunOnDeploy } from './run-on-deploy';

/** Properties of an on-demand flow. */
export interface OnDemandFlowProps extends FlowProps {
  /** Where the flow takes its records from. */
  readonly source: IFlowSource;

  /**
   * When a deployment starts a run.
   *
   * @default - never: the flow runs when somebody starts it
   */
  readonly runOnDeploy?: RunOnDeploy;
}

/**
 * A flow that runs when somebody starts it.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flow-triggers.html
 */
export class OnDemandFlow extends OwnedFlow {
  constructor(scope: Construct, id: string, props: OnDemandFlowProps) {
    super(scope, id, props, { trigger: { type: TRIGGER_TYPE.ON_DEMAND } }, { run: props.runOnDeploy?._plan });
  }
}
