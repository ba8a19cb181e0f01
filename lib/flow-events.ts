import type * as events from 'aws-cdk-lib/aws-events';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';

/**
 * The events of a flow, which AppFlow sends to the default event bus of the flow's account and Region.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flow-notifications.html
 */
export class FlowEvents {
  /** The events of a flow, which can be an L1. */
  public static fromFlow(flow: appflow.IFlowRef): FlowEvents {
    return new FlowEvents(flow);
  }

  private constructor(private readonly flow: appflow.IFlowRef) {}

  /** The pattern of the flow's events of some kinds. */
  public pattern(...detailTypes: string[]): events.EventPattern {
    return { source: ['aws.appflow'], detailType: detailTypes, resources: [this.flow.flowRef.flowArn] };
  }
}
