import { Names } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { UnnamedFlowPlan } from './flow-plan';
import { providedName } from './provisioning';

/** The name of a flow that the user gives none. */
export function generatedFlowName(scope: Construct, plan: UnnamedFlowPlan, isProvided: boolean): string {
  return isProvided ? providedName(scope, plan.kmsArn) : Names.uniqueResourceName(scope, { maxLength: 128, separator: '-' });
}
