import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
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
@propertyInjectable
export class OnDemandFlow extends OwnedFlow {
  /** By what the property injectors of the AWS CDK know the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.OnDemandFlow';

  constructor(scope: Construct, id: string, props: OnDemandFlowProps) {
    super(scope, id, props, { trigger: { type: TRIGGER_TYPE.ON_DEMAND } }, { run: props.runOnDeploy?._plan });
  }
}
