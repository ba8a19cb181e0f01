import { CfnResource, type ITaggable, RemovalPolicy, Token } from 'aws-cdk-lib';
import { type Construct, DependencyGroup, type IDependable } from 'constructs';
import { AppFlowProvider } from './provider';
import { flowIdentity } from '../private/flow-object';
import type { DeploymentPlan, FlowPlan } from '../private/flow-plan';

/** Gives a flow the times that are worked out on deployment, by a custom resource that comes before it. */
export function timeFlow(scope: Construct, plan: FlowPlan, { start, continuation }: DeploymentPlan): FlowPlan {
  if (start === undefined && continuation === undefined) {
    return plan;
  }
  const { trigger } = plan;
  const provider = AppFlowProvider.of(scope);
  const timing = new CfnResource(scope, 'Timing', {
    type: 'Custom::AppFlowFlowTiming',
    properties: {
      ServiceToken: provider.serviceToken,
      ServiceTimeout: String(provider.serviceTimeout.toSeconds()),
      FlowName: plan.flowName,
      Start: start && {
        At: start.at,
        TimeOfDay: start.timeOfDay,
        MarginSeconds: start.marginSeconds,
        PhaseSeconds: start.phaseSeconds,
        ScheduleExpression: trigger.scheduleExpression,
        EndTime: trigger.scheduleEndTime,
      },
      Continuation: continuation && {
        OverlapSeconds: continuation.overlapSeconds,
        FirstExecutionFrom: trigger.firstExecutionFrom,
        SourceObject: flowIdentity(plan).source,
      },
    },
  });
  timing.applyRemovalPolicy(RemovalPolicy.DESTROY);
  timing.node.addDependency(permission(provider, start !== undefined, continuation !== undefined));
  const time = (attribute: string) => Token.asNumber(timing.getAtt(attribute));
  return {
    ...plan,
    trigger: {
      ...trigger,
      ...start !== undefined ? { scheduleStartTime: time('StartTime') } : {},
      ...continuation !== undefined ? { firstExecutionFrom: time('FirstExecutionFrom') } : {},
    },
  };
}

/** Lets the custom resource stop a flow that another replaces, and start it again. */
export function markTimed(flow: CfnResource & ITaggable, { continuation }: DeploymentPlan): void {
  if (continuation !== undefined) {
    AppFlowProvider.of(flow).mark(flow);
  }
}

function permission(provider: AppFlowProvider, isStarted: boolean, isContinued: boolean): IDependable {
  return new DependencyGroup(
    ...isStarted ? [provider.allowOnOwnStack()] : [],
    ...isContinued ? [provider.allowReadingFlows(), provider.allowOnOwnFlows([
      'appflow:DescribeFlowExecutionRecords', 'appflow:StartFlow', 'appflow:StopFlow', 'appflow:TagResource', 'appflow:UntagResource',
    ])] : [],
  );
}
