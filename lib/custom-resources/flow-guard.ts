import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import type { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import type { Construct } from 'constructs';
import { AppFlowProvider } from './provider';
import { renderIdentity } from './render-identity';
import type { FlowIdentity } from '../private/flow-object';
import { referencesIn } from '../private/stable-form';

const ID = 'FlowGuard';
const FLOWS = ['AWS::AppFlow::Flow', 'Custom::AppFlowFlow'];

/** Stops a deployment before CloudFormation asks AppFlow for an update that it refuses, of a flow whose name the user has chosen. */
export function guardFlow(flow: CfnFlow, flowName: string, identity: FlowIdentity): void {
  const properties = { FlowName: flowName, ...renderIdentity(identity) };
  // What refers to a flow cannot come before that, so it is not for the guard that does.
  const comesAfterFlow = referencesIn(flow, properties).some(({ target }) => CfnResource.isCfnResource(target)
    && FLOWS.includes(target.cfnResourceType) && Stack.of(target) === Stack.of(flow));
  guardIn(comesAfterFlow ? flow.node.scope! : AppFlowProvider.of(flow)).watch(flow, properties);
}

function guardIn(scope: Construct): FlowGuard {
  return scope.node.tryFindChild(ID) as FlowGuard | undefined ?? new FlowGuard(scope);
}

/** One for the flows of a stack, as long as it has some whose names are chosen. It comes before them all. */
class FlowGuard extends CfnResource {
  private readonly flows: Record<string, object>;

  constructor(scope: Construct) {
    const provider = AppFlowProvider.of(scope);
    const flows = {};
    super(scope, ID, {
      type: 'Custom::AppFlowFlowGuard',
      properties: {
        ServiceToken: provider.serviceToken,
        ServiceTimeout: String(provider.serviceTimeout.toSeconds()),
        Flows: Lazy.any({ produce: () => flows }),
      },
    });
    this.flows = flows;
  }

  public watch(flow: CfnFlow, properties: object): void {
    this.flows[flow.logicalId] = properties;
    flow.node.addDependency(this);
  }
}
