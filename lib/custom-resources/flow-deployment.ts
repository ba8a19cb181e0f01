import { createHash } from 'crypto';
import { CfnDeletionPolicy, CustomResource, Lazy, Stack } from 'aws-cdk-lib';
import type { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { Construct } from 'constructs';
import { type TriggerType, TRIGGER_TYPE } from '../private/vocabulary';
import { AppFlowProvider } from './provider';

/** What is to happen to a flow on deployment. */
export interface FlowDeploymentOptions {
  /** The status that CloudFormation brings the flow to. */
  readonly flowStatus?: string;
  /** What the custom resource does, if anything. */
  readonly customResource?: FlowDeploymentAction;
}

export interface FlowDeploymentAction {
  readonly triggerType: TriggerType;
  /** The state that a scheduled or event flow is to be in. */
  readonly status?: string;
  /** When an on-demand flow is run. */
  readonly run?: string;
}

interface FlowDeploymentProps extends FlowDeploymentAction {
  readonly flow: CfnFlow;
  /** The flow's ARN without a reference to the flow, so that the handler's role waits for no flow. */
  readonly flowArn: string;
}

/** Brings a flow to its declared state on each deployment, and stops it before its deletion. */
export class FlowDeployment extends Construct {
  constructor(scope: Construct, id: string, props: FlowDeploymentProps) {
    super(scope, id);

    const { flow } = props;
    const provider = AppFlowProvider.of(this);
    const role = provider.allow(props.flowArn, props.triggerType === TRIGGER_TYPE.ON_DEMAND
      ? ['appflow:DescribeFlow', 'appflow:StartFlow']
      : ['appflow:DescribeFlow', 'appflow:StartFlow', 'appflow:StopFlow']);
    const resource = new CustomResource(this, 'Default', {
      resourceType: 'Custom::AppFlowFlowActivation',
      serviceToken: provider.serviceToken,
      serviceTimeout: provider.serviceTimeout,
      properties: {
        FlowName: flow.ref,
        TriggerType: props.triggerType,
        Status: props.status,
        Run: props.run,
        // A retained flow outlives the stack, and goes on running.
        OnDelete: Lazy.string({ produce: () => flow.cfnOptions.deletionPolicy === CfnDeletionPolicy.RETAIN ? 'Leave' : 'Stop' }),
        // CloudFormation calls the handler only when a property changes, and any change of the flow can leave it inactive.
        Definition: Lazy.string({ produce: () => hash(Stack.of(this).resolve(flow._toCloudFormation())) }),
      },
    });
    resource.node.addDependency(role);
  }
}

function hash(definition: unknown): string {
  return createHash('sha256').update(JSON.stringify(definition)).digest('hex').slice(0, 16);
}
