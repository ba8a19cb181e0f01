import * as iam from 'aws-cdk-lib/aws-iam';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';

/**
 * What identities can be allowed to do with a flow. AppFlow has no resource policies, so each grant goes into a policy of the grantee.
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
    return this.actions(grantee, 'appflow:StartFlow');
  }

  /** Lets the grantee stop the flow, which deactivates a scheduled or event flow. AppFlow refuses to stop an on-demand flow. */
  public stop(grantee: iam.IGrantable): iam.Grant {
    return this.actions(grantee, 'appflow:StopFlow');
  }

  /** Lets the grantee read the flow, its tags and the records of its runs. */
  public read(grantee: iam.IGrantable): iam.Grant {
    return this.actions(grantee, 'appflow:DescribeFlow', 'appflow:DescribeFlowExecution', 'appflow:DescribeFlowExecutionRecords', 'appflow:ListTagsForResource');
  }

  /** Lets the grantee cancel runs of the flow. */
  public cancel(grantee: iam.IGrantable): iam.Grant {
    return this.actions(grantee, 'appflow:CancelFlowExecutions');
  }

  /** Lets the grantee change the flow. AppFlow asks it for the use of the flow's connector profiles besides, which `ConnectorProfileGrants.use` allows. */
  public update(grantee: iam.IGrantable): iam.Grant {
    return this.actions(grantee, 'appflow:UpdateFlow');
  }

  /** Lets the grantee tag and untag the flow. */
  public tag(grantee: iam.IGrantable): iam.Grant {
    return this.actions(grantee, 'appflow:TagResource', 'appflow:UntagResource');
  }

  /** Lets the grantee do what the other grants do not name, on this flow alone. */
  public actions(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.flow.flowRef.flowArn] });
  }
}
