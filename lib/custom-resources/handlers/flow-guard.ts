import { createHash } from 'node:crypto';
import type { CustomResourceEvent, Outcome, Properties } from './cloudformation';
import { identityChanged, identityChanges } from './flow-identity';
import { canonical } from './ownership';

/**
 * `Custom::AppFlowFlowGuard`: comes before flows whose names the user has chosen, and fails an update under which one of them would keep its name
 * and not what it is. It calls nobody. Its physical id tells what it has accepted, so that it is known when CloudFormation returns to that.
 */
export async function guardFlows(event: CustomResourceEvent): Promise<Outcome> {
  const { RequestType, PhysicalResourceId, ResourceProperties, OldResourceProperties } = event;
  if (RequestType === 'Delete') {
    return { physicalResourceId: PhysicalResourceId! };
  }
  const flows = flowsIn(ResourceProperties);
  const physicalResourceId = digest(flows);
  if (RequestType === 'Update' && physicalResourceId !== PhysicalResourceId) {
    const before = flowsIn(OldResourceProperties);
    const refused = Object.entries(flows).filter(([id, { FlowName }]) => before[id]?.FlowName === FlowName)
      .map(([id, flow]) => [String(flow.FlowName), identityChanges(before[id], flow)] as const)
      .filter(([, changes]) => changes.length > 0);
    if (refused.length > 0) {
      throw identityChanged(refused);
    }
  }
  return { physicalResourceId };
}

function flowsIn(properties: Properties | undefined): Record<string, Properties> {
  return (properties?.Flows ?? {}) as Record<string, Properties>;
}

function digest(flows: Record<string, Properties>): string {
  return `flow-guard-${createHash('sha256').update(canonical(flows)).digest('hex').slice(0, 32)}`;
}
