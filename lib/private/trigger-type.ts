import { CfnResource } from 'aws-cdk-lib';
import type { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { OwnedFlow } from './owned-flow';
import { literalString } from './values';

/** What triggers a flow, where that is known: nobody knows it of an imported one. */
export function triggerTypeOf(flow: appflow.IFlowRef): string | undefined {
  const { _plan: plan } = flow as Partial<Pick<OwnedFlow, '_plan'>>;
  return literalString(plan !== undefined ? plan.trigger.type : isL1(flow) ? triggerOf(flow).triggerType : undefined);
}

function isL1(flow: appflow.IFlowRef): flow is CfnFlow {
  return CfnResource.isCfnResource(flow) && flow.cfnResourceType === 'AWS::AppFlow::Flow';
}

/** Of a trigger that is known only at deploy time there is no type. */
function triggerOf({ triggerConfig }: CfnFlow): Partial<CfnFlow.TriggerConfigProperty> {
  return triggerConfig as Partial<CfnFlow.TriggerConfigProperty>;
}
