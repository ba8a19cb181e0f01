import type { CfnResource, ITaggable } from 'aws-cdk-lib';
import type { Construct, IDependable } from 'constructs';
import { FlowDeployment } from './flow-deployment';
import type { ActivationPlan } from '../private/flow-plan';

/** Has the custom resource bring a flow to its declared state on each deployment, once the flow and some other constructs are there. */
export function manageActivation(
  scope: Construct, flow: CfnResource & ITaggable, triggerType: string, { status }: ActivationPlan, after: readonly IDependable[],
): void {
  new FlowDeployment(scope, 'Deployment', { flow, triggerType, status }).node.addDependency(...after);
}
