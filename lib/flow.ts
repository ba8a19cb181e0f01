import { ArnFormat, Resource, Stack, type IResource } from 'aws-cdk-lib';
import type { aws_appflow as appflow, aws_kms as kms } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { FlowEvents } from './flow-events';
import { FlowGrants } from './flow-grants';
import { FlowMetrics } from './flow-metrics';
import type { IFlowDestination, IFlowTask } from './integration';
import { reportFindings } from './private/report';
import { checkFlowName } from './private/rules';

/**
 * A flow: records that AppFlow takes from a source, changes on their way, and writes to a destination.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flows.html
 */
export interface IFlow extends IResource, appflow.IFlowRef {
  /**
   * The name of the flow.
   *
   * @attribute
   */
  readonly flowName: string;

  /**
   * The ARN of the flow.
   *
   * @attribute
   */
  readonly flowArn: string;

  /** What identities can be allowed to do with the flow. */
  readonly grants: FlowGrants;

  /** The flow's metrics in Amazon CloudWatch. */
  readonly metrics: FlowMetrics;

  /** The flow's events in Amazon EventBridge. */
  readonly events: FlowEvents;
}

/** Properties that all flows have. */
export interface FlowProps {
  /** Where the flow writes its records to. */
  readonly destination: IFlowDestination;

  /**
   * What the flow does to the records. Only mapped fields reach the destination. The fields that AppFlow has to read are worked out from the
   * tasks, and filters apply in the order given.
   */
  readonly tasks: IFlowTask[];

  /**
   * The name of the flow: a letter or digit, then letters, digits and `_ ! @ # . -`, from 2 to 256 characters in all. Another name replaces the
   * flow, and a flow writes to Amazon S3 under its name.
   *
   * A flow keeps the object of its source, that of its destination, and its encryption key for life. A change of one of them under the same name is
   * stopped before AppFlow is asked for it: give another name with it. `FlowLock` tells it on synthesis.
   *
   * @default - a name made from the construct's path, and from what a flow keeps for life: a change of that replaces the flow
   */
  readonly flowName?: string;

  /**
   * What the flow is for: letters, digits, blanks and `_ ! @ # - . ? ,`, at most 2,048 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The key that AppFlow encrypts the flow's data with on its way. Another key replaces the flow; where `flowName` is given, change that with it.
   *
   * @default - a key that AppFlow manages
   */
  readonly encryptionKey?: kms.IKeyRef;
}

/**
 * The base of all flows, imported ones among them. Make an `OnDemandFlow`, a `ScheduledFlow` or an `EventFlow`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appflow-flow.html
 */
export abstract class Flow extends Resource implements IFlow {
  /** Refers to a flow by its name, in the account and Region of the stack. */
  public static fromFlowName(scope: Construct, id: string, flowName: string): IFlow {
    const flow = new ImportedFlow(scope, id, Stack.of(scope).formatArn({ service: 'appflow', resource: 'flow', resourceName: flowName }), flowName);
    reportFindings(flow, checkFlowName(flowName));
    return flow;
  }

  /** Refers to a flow by its ARN. */
  public static fromFlowArn(scope: Construct, id: string, flowArn: string): IFlow {
    const { resourceName } = Stack.of(scope).splitArn(flowArn, ArnFormat.SLASH_RESOURCE_NAME);
    return new ImportedFlow(scope, id, flowArn, resourceName!);
  }

  public abstract readonly flowName: string;
  public abstract readonly flowArn: string;

  public get grants(): FlowGrants {
    return FlowGrants.fromFlow(this);
  }

  public get metrics(): FlowMetrics {
    return FlowMetrics.fromFlow(this);
  }

  public get events(): FlowEvents {
    return FlowEvents.fromFlow(this);
  }

  /** A reference to the flow. */
  public get flowRef(): appflow.FlowReference {
    return { flowName: this.flowName, flowArn: this.flowArn };
  }
}

class ImportedFlow extends Flow {
  constructor(scope: Construct, id: string, public readonly flowArn: string, public readonly flowName: string) {
    super(scope, id, { environmentFromArn: flowArn });
  }
}
