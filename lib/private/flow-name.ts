import type { Construct } from 'constructs';
import type { FlowIdentity } from './flow-object';
import { generatedName } from './generated-name';

/** The name of a flow that the user gives none. */
export function generatedFlowName(scope: Construct, identity: FlowIdentity, isProvided: boolean): string {
  return generatedName(scope, isProvided ? 'custom resource' : 'CloudFormation', identity);
}
