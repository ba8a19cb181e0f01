import type * as iam from 'aws-cdk-lib/aws-iam';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { grant, grantActions, type GrantedResource } from './private/grant';

/**
 * What identities can be allowed to do with a flow. AppFlow has no resource policies, so each grant goes into a policy of the grantee, which is of the
 * flow's account.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonappflow.html
 */
export class FlowGrants {
  /** The grants of a flow, which can be an L1. */
  public static fromFlow(flow: appflow.IFlowRef): FlowGrants {
    return new FlowGrants(flow);
  }

  private constructor(private readonly flow: appflow.IFlowRef) {}

  /** Lets the grantee start the flow: an on-demand flow runs, another one is activated. */
  public start(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'StartFlow');
  }

  /** Lets the grantee stop the flow, which deactivates a scheduled or event flow. AppFlow refuses to stop an on-demand flow. */
  public stop(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'StopFlow');
  }

  /** Lets the grantee read the flow, its tags and the records of its runs. */
  public read(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'DescribeFlow', 'DescribeFlowExecution', 'DescribeFlowExecutionRecords', 'ListTagsForResource');
  }

  /** Lets the grantee cancel runs of the flow. */
  public cancel(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'CancelFlowExecutions');
  }

  /**
   * Lets the grantee change the flow. AppFlow asks it for the use of the flow's connector profiles besides, which `ConnectorProfileGrants.use` allows, and
   * for `iam:PassRole` where the flow has a role.
   */
  public update(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'UpdateFlow');
  }

  /** Lets the grantee tag and untag the flow. */
  public tag(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'TagResource', 'UntagResource');
  }

  /**
   * Lets the grantee do what the other grants do not name, on this flow alone.
   *
   * @param actions such as `appflow:DeleteFlow`. Those that IAM cannot limit to a flow are refused
   */
  public actions(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return grantActions(this.resource, grantee, actions);
  }

  private grant(grantee: iam.IGrantable, ...operations: string[]): iam.Grant {
    return grant(this.resource, grantee, operations.map((operation) => `appflow:${operation}`));
  }

  private get resource(): GrantedResource {
    return { construct: this.flow, type: 'flow', arn: this.flow.flowRef.flowArn };
  }
}
