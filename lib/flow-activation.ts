import type { DeploymentPlan } from './private/flow-plan';

/** The state that a scheduled or event flow is to be in after a deployment. */
export enum FlowActivationState {
  /** The flow runs when its trigger says so. */
  ACTIVE = 'Active',

  /** The flow does not run. */
  SUSPENDED = 'Suspended',
}

/**
 * Who activates a scheduled or event flow, and whether it is to run.
 *
 * AppFlow creates such flows as drafts, which do not run until somebody activates them.
 */
export class FlowActivation {
  /**
   * The library's custom resource does: after the flow and all that it needs exist it activates or suspends the flow, if it is
   * not in that state yet, and before a deletion it deactivates the flow.
   */
  public static byCustomResource(state: FlowActivationState = FlowActivationState.ACTIVE): FlowActivation {
    return new FlowActivation({ activation: { status: state } });
  }

  /**
   * CloudFormation does, through the flow's `FlowStatus`. This needs no custom resource, and cannot wait for anything that
   * must happen between the flow's creation and its activation. A flow that CloudFormation cannot express is brought to the same state by the
   * custom resource that makes it.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appflow-flow.html
   */
  public static byCloudFormation(state: FlowActivationState = FlowActivationState.ACTIVE): FlowActivation {
    return new FlowActivation({ flowStatus: state });
  }

  /**
   * The library's custom resource activates or suspends a new flow, and from then on leaves the flow as it finds it: what an operator has done by hand
   * outlives deployments, and a flow that replaces another takes over the other's state.
   *
   * @param initialState what a new flow is brought to, and one that a change of its trigger leaves as a draft
   */
  public static leaveAsFound(initialState: FlowActivationState = FlowActivationState.ACTIVE): FlowActivation {
    return new FlowActivation({ activation: { status: 'AsFound', initialStatus: initialState } });
  }

  /** Nobody does: the flow stays a draft until it is activated by other means. */
  public static manual(): FlowActivation {
    return new FlowActivation({});
  }

  private constructor(private readonly deployment: DeploymentPlan) {}

  /** @internal */
  public get _deployment(): DeploymentPlan {
    return this.deployment;
  }
}
