import type { Construct } from 'constructs';
import { flowIdentity } from './flow-object';
import type { UnnamedFlowPlan } from './flow-plan';
import { generatedName } from './generated-name';

/** The name of a flow that the user gives none. */
export function generatedFlowName(scope: Construct, plan: UnnamedFlowPlan, isProvided: boolean): string {
  return generatedName(scope, isProvided ? 'custom resource' : 'CloudFormation', flowIdentity(plan));
}
