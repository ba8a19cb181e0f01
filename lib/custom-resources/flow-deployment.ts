import { CfnDeletionPolicy, CfnResource, type ITaggable, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AppFlowProvider } from './provider';
import { shortHash } from '../private/short-hash';
import { TRIGGER_TYPE } from '../private/vocabulary';

interface FlowDeploymentAction {
  readonly triggerType: string;
  /** The state that a scheduled or event flow is to be in. */
  readonly status?: string;
  /** When an on-demand flow is run. */
  readonly run?: string;
}

interface FlowDeploymentProps extends FlowDeploymentAction {
  readonly flow: CfnResource & ITaggable;
}

/** Brings a flow to its declared state on each deployment, and stops it before its deletion. */
export class FlowDeployment extends Construct {
  constructor(scope: Construct, id: string, props: FlowDeploymentProps) {
    super(scope, id);

    const { flow } = props;
    const provider = AppFlowProvider.of(this);
    provider.mark(flow);
    const permission = provider.allowOnOwnFlows(props.triggerType === TRIGGER_TYPE.ON_DEMAND
      ? ['appflow:DescribeFlow', 'appflow:StartFlow']
      : ['appflow:DescribeFlow', 'appflow:StartFlow', 'appflow:StopFlow']);
    // Made once, and only when references to other stacks are in place: until then, those to resources of one name look alike.
    let definition: string | undefined;
    // The L1, since the L2 makes another construct for each flow and nothing that is needed here.
    const resource = new CfnResource(this, 'Default', {
      type: 'Custom::AppFlowFlowActivation',
      properties: {
        ServiceToken: provider.serviceToken,
        ServiceTimeout: String(provider.serviceTimeout.toSeconds()),
        FlowName: flow.ref,
        TriggerType: props.triggerType,
        Status: props.status,
        Run: props.run,
        // A retained flow outlives the stack, and goes on running.
        OnDelete: Lazy.string({ produce: () => flow.cfnOptions.deletionPolicy === CfnDeletionPolicy.RETAIN ? 'Leave' : 'Stop' }),
        // CloudFormation calls the handler only when a property changes, and any change of the flow can leave it inactive.
        Definition: Lazy.uncachedString({ produce: ({ preparing }) => preparing ? '' : definition ??= shortHash(Stack.of(this).resolve(flow._toCloudFormation())) }),
      },
    });
    resource.applyRemovalPolicy(RemovalPolicy.DESTROY);
    resource.node.addDependency(permission);
  }
}
