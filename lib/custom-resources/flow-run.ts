import { CfnResource, type ITaggable, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type Construct, DependencyGroup, type IDependable } from 'constructs';
import { isRetained, parametersOf } from './flow-activations';
import { AppFlowProvider } from './provider';
import type { RunPlan, RunWaitPlan } from '../private/flow-plan';
import { shortHash } from '../private/short-hash';
import { templateHash } from '../private/template-hash';

type Flow = CfnResource & ITaggable;

/** How long one custom resource waits for a run: less than the hour that CloudFormation gives it, for the time that calls and pauses take. */
const MAX_SECONDS = 50 * 60;

/** Has the custom resource run an on-demand flow on deployments, once the flow and some other constructs are there. */
export function runFlow(scope: Construct, flow: Flow, run: RunPlan, after: readonly IDependable[]): void {
  const provider = AppFlowProvider.of(scope);
  provider.mark(flow);
  const permission = new DependencyGroup(provider.allowOnOwnStack(), provider.allowOnOwnFlows([
    'appflow:DescribeFlow',
    'appflow:StartFlow',
    ...run.wait !== undefined || run.cancelOnDelete ? ['appflow:DescribeFlowExecutionRecords'] : [],
    ...run.cancelOnDelete ? ['appflow:CancelFlowExecutions'] : [],
  ]));
  const resource = new CfnResource(scope, 'Run', {
    type: 'Custom::AppFlowFlowRun',
    properties: {
      ServiceToken: provider.serviceToken,
      ServiceTimeout: String(provider.serviceTimeout.toSeconds()),
      FlowName: flow.ref,
      When: run.when,
      // CloudFormation calls the handler only when a property changes.
      Definition: run.when === 'OnChange' ? definitionOf(flow) : undefined,
      Template: run.when === 'Always' ? templateHash(scope) : undefined,
      Parameters: run.when === 'Always' ? Lazy.any({ produce: () => parametersOf(Stack.of(scope)) }, { omitEmptyArray: true }) : undefined,
      // Where only this changes, the handler says that no run is to be waited for.
      Wait: run.wait,
      // A retained flow outlives the stack, and so do its runs.
      CancelOnDelete: Lazy.any({ produce: () => run.cancelOnDelete && !isRetained(flow) ? true : undefined }),
    },
  });
  resource.applyRemovalPolicy(RemovalPolicy.DESTROY);
  resource.node.addDependency(permission, ...after);
  if (run.wait !== undefined) {
    waitFor(scope, flow, resource, run.wait, permission);
  }
}

/** A chain of custom resources of which each waits for a part of the time. */
function waitFor(scope: Construct, flow: Flow, run: CfnResource, wait: RunWaitPlan, permission: IDependable): void {
  const provider = AppFlowProvider.of(scope);
  const count = Math.ceil(wait.timeoutSeconds / MAX_SECONDS);
  let previous: CfnResource | undefined;
  for (let part = 1; part <= count; part++) {
    const completion = new CfnResource(scope, `RunCompletion${part}`, {
      type: 'Custom::AppFlowFlowRunCompletion',
      properties: {
        ServiceToken: provider.pollingServiceToken,
        ServiceTimeout: String(provider.pollingServiceTimeout.toSeconds()),
        FlowName: flow.ref,
        ExecutionId: run.getAtt('ExecutionId'),
        Seconds: part < count ? MAX_SECONDS : wait.timeoutSeconds - MAX_SECONDS * (count - 1),
        TimeoutSeconds: wait.timeoutSeconds,
        Last: part === count,
        MinimumRecords: wait.minimumRecords,
        AllowFailedRecords: wait.allowFailedRecords,
      },
    });
    completion.applyRemovalPolicy(RemovalPolicy.DESTROY);
    completion.node.addDependency(permission, ...previous !== undefined ? [previous] : []);
    previous = completion;
  }
}

/** What a flow is made of, as a text that changes with it. */
function definitionOf(flow: Flow): string {
  // Made once, and only when references to other stacks are in place: until then, those to resources of one name look alike.
  let definition: string | undefined;
  return Lazy.uncachedString({
    produce: ({ preparing }) => preparing ? '' : definition ??= shortHash(Stack.of(flow).resolve(flow._toCloudFormation())),
  });
}
