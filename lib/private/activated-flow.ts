import type { Construct, IDependable } from 'constructs';
import type { DeploymentPlan } from './flow-plan';
import { activationTooEarly, OwnedFlow } from './owned-flow';
import type { SourcedFlowProps, TriggerOptions } from './plan-flow';

/**
 * A flow of the stack that does not run until it is activated.
 *
 * @internal
 */
export abstract class ActivatedFlow extends OwnedFlow {
  private readonly isActivatedOnCreation: boolean;

  protected constructor(scope: Construct, id: string, props: SourcedFlowProps, trigger: TriggerOptions, deployment: DeploymentPlan) {
    super(scope, id, props, trigger, deployment);
    this.isActivatedOnCreation = this._activations === undefined && deployment.flowStatus === 'Active';
  }

  /**
   * Has a deployment activate the flow only once other constructs are deployed, which may themselves depend on the flow; when the stack is deleted, the
   * flow is stopped before those are. What the flow needs by its source, its destination and its connector profiles it waits for anyway.
   *
   * One custom resource activates all flows of a stack, so all of them wait. Nothing that these constructs are may wait for the activation, and nothing
   * does that depends on a flow: to depend on a flow is to depend on its creation. A flow that nobody activates on deployment is left alone.
   *
   * @param dependables what is to be deployed before
   */
  public activateAfter(...dependables: IDependable[]): void {
    if (this.isActivatedOnCreation) {
      throw activationTooEarly(this, 'so it cannot wait for other constructs that come after the flow');
    }
    this._activations?.node.addDependency(...dependables);
  }
}
