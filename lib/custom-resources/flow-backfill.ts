import { CfnResource, type ITaggable, Token } from 'aws-cdk-lib';
import { Construct, Dependable } from 'constructs';
import { forFlow } from './caller-permissions';
import { AppFlowProvider } from './provider';
import type { FlowPlan } from '../private/flow-plan';
import { renderCreateFlow } from '../private/render/create-flow';

interface FlowBackfillProps {
  /** The flow that loads the history. */
  readonly flow: CfnResource & ITaggable;
  readonly plan: FlowPlan;
  /** Which of its tasks is the filter of the windows. */
  readonly filterIndex: number;
  /** Epoch seconds, like the end. */
  readonly from: number;
  /** The time of the deployment, where it is left out. */
  readonly to?: number;
  readonly revision?: string;
  readonly windowSeconds: number;
  readonly timeoutSeconds: number;
  readonly allowFailedRecords: boolean;
}

/** How long one custom resource may load: CloudFormation gives it an hour, and a run in progress has to be noticed. */
const MAX_SECONDS = 48 * 60;

/** Loads the history of a flow on deployment. */
export class FlowBackfill extends Construct {
  /** Where the history ends, in epoch seconds: a token. */
  public readonly end: number;

  constructor(scope: Construct, id: string, props: FlowBackfillProps) {
    super(scope, id);

    const { flow, plan } = props;
    const provider = AppFlowProvider.of(this);
    const range = new CfnResource(this, 'Default', {
      type: 'Custom::AppFlowFlowBackfill',
      properties: {
        ServiceToken: provider.serviceToken,
        ServiceTimeout: String(provider.serviceTimeout.toSeconds()),
        FlowName: flow.ref,
        From: props.from,
        To: props.to,
        Revision: props.revision,
      },
    });
    this.end = Token.asNumber(range.getAtt('To'));

    provider.mark(flow);
    const permissions = [
      provider.allowOnOwnFlows([
        'DescribeFlow', 'UpdateFlow', 'StartFlow', 'DescribeFlowExecutionRecords', 'CancelFlowExecutions', 'TagResource',
      ].map((action) => `appflow:${action}`)),
      provider.allowOnOwnStack(),
      provider.allowFor(this, plan.flowName, forFlow(this, plan)),
    ];
    const links = Math.ceil(props.timeoutSeconds / MAX_SECONDS);
    const completions: CfnResource[] = [];
    for (let index = 1; index <= links; index++) {
      const completion = new CfnResource(this, `Completion${index}`, {
        type: 'Custom::AppFlowFlowBackfillCompletion',
        properties: {
          ServiceToken: provider.pollingServiceToken,
          ServiceTimeout: String(provider.pollingServiceTimeout.toSeconds()),
          Flow: { ...renderCreateFlow(plan), flowName: flow.ref },
          FilterIndex: props.filterIndex,
          Ranges: range.getAtt('Ranges'),
          Attempt: range.getAtt('Attempt'),
          WindowSeconds: props.windowSeconds,
          AllowFailedRecords: props.allowFailedRecords,
          TimeLimitSeconds: Math.ceil(props.timeoutSeconds / links),
          Link: index,
          IsLast: index === links,
        },
      });
      completion.node.addDependency(...permissions, ...completions.slice(-1));
      completions.push(completion);
    }
    // Whatever waits for the history waits for these, and with them for the rest.
    Dependable.implement(this, { dependencyRoots: completions });
  }
}
