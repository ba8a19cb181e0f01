import type { CfnResource, ITaggable } from 'aws-cdk-lib';
import type { Construct, IDependable } from 'constructs';
import { FlowDeployment } from './flow-deployment';
import type { RunPlan } from '../private/flow-plan';
import { TRIGGER_TYPE } from '../private/vocabulary';

/** Has the custom resource run an on-demand flow on deployments, once the flow and some other constructs are there. */
export function runFlow(scope: Construct, flow: CfnResource & ITaggable, run: RunPlan, after: readonly IDependable[]): void {
  new FlowDeployment(scope, 'Deployment', { flow, triggerType: TRIGGER_TYPE.ON_DEMAND, run: run.when }).node.addDependency(...after);
}
