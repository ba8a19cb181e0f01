import { CfnDeletionPolicy, CfnParameter, CfnResource, type ITaggable, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IDependable } from 'constructs';
import { AppFlowProvider } from './provider';
import type { ActivationPlan } from '../private/flow-plan';
import { templateHash } from '../private/template-hash';

const ID = 'Activation';

/** The parameter that CDK adds for itself. */
const BOOTSTRAP_VERSION = 'BootstrapVersion';

type Flow = CfnResource & ITaggable;

interface FlowState {
  readonly FlowName: string;
  readonly TriggerType: string;
  readonly Status: ActivationPlan['status'] | 'Manual';
  readonly InitialStatus?: ActivationPlan['initialStatus'];
}

/**
 * Brings the flows of a stack to their declared states on each deployment, and stops them before their deletion.
 *
 * It is one for all flows of a stack, since CloudFormation takes 500 resources a stack. So no flow, and nothing that comes before one, may depend on it.
 */
export class FlowActivations extends CfnResource {
  /** That of the stack which a flow is in. */
  public static of(flow: Flow): FlowActivations {
    const provider = AppFlowProvider.of(flow);
    return (provider.node.tryFindChild(ID) as FlowActivations | undefined) ?? new FlowActivations(provider);
  }

  private readonly flows = new Map<Flow, FlowState>();
  private isPermitted = false;

  private constructor(provider: AppFlowProvider) {
    super(provider, ID, {
      type: 'Custom::AppFlowFlowActivation',
      properties: {
        ServiceToken: provider.serviceToken,
        ServiceTimeout: String(provider.serviceTimeout.toSeconds()),
        Flows: Lazy.any({ produce: () => this.render() }),
        // Together, these say whether a deployment changes anything: a flow can come to rest without any change of its own.
        Template: templateHash(provider),
        Parameters: Lazy.any({ produce: () => parametersOf(this.stack) }, { omitEmptyArray: true }),
      },
    });
    this.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.node.addDependency(provider.allowOnOwnStack());
  }

  /** Has a flow brought to a state, once the flow and some other constructs are there. */
  public manage(flow: Flow, triggerType: string, { status, initialStatus }: ActivationPlan, after: readonly IDependable[]): void {
    const provider = AppFlowProvider.of(this);
    provider.mark(flow);
    this.flows.set(flow, { FlowName: flow.ref, TriggerType: triggerType, Status: status, InitialStatus: initialStatus });
    if (!this.isPermitted) {
      this.isPermitted = true;
      this.node.addDependency(provider.allowOnOwnFlows(['appflow:DescribeFlow', 'appflow:StartFlow', 'appflow:StopFlow']));
    }
    this.node.addDependency(...after);
  }

  /** Says that the activation of a flow is others' matter, where the handler would take the flow, by its tag, for one that it has to stop. */
  public leave(flow: Flow, triggerType: string): void {
    this.flows.set(flow, { FlowName: flow.ref, TriggerType: triggerType, Status: 'Manual' });
  }

  private render() {
    return Object.fromEntries([...this.flows].map(([flow, state]) => [
      // Known only now: a user may have overridden it.
      this.stack.resolve(flow.logicalId),
      // A retained flow outlives the stack, and goes on running.
      { ...state, OnDelete: isRetained(flow) ? 'Leave' : undefined },
    ]));
  }
}

/** Whether a resource outlives its stack. */
export function isRetained({ cfnOptions: { deletionPolicy } }: CfnResource): boolean {
  return deletionPolicy === CfnDeletionPolicy.RETAIN || deletionPolicy === CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
}

/** The values of the parameters, which can change while the template does not. Secret ones are not for the handler to see. */
export function parametersOf(stack: Stack): unknown[] {
  return stack.node.findAll()
    .filter((construct): construct is CfnParameter => construct instanceof CfnParameter && construct.stack === stack)
    .filter(({ noEcho, node }) => !noEcho && node.id !== BOOTSTRAP_VERSION)
    .map(({ value }) => value);
}
