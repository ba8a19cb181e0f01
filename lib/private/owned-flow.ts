import { Lazy } from 'aws-cdk-lib';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import type { Construct } from 'constructs';
import { FlowActivations } from '../custom-resources/flow-activations';
import { guardFlow } from '../custom-resources/flow-guard';
import { runFlow } from '../custom-resources/flow-run';
import { markTimed, timeFlow } from '../custom-resources/flow-timing';
import { ProvidedFlow } from '../custom-resources/provided-flow';
import { Flow } from '../flow';
import { AppFlowError } from './errors';
import { comparedFlow } from './flow-locks';
import { generatedFlowName } from './flow-name';
import { flowIdentity, type FlowIdentity } from './flow-object';
import type { ActivationPlan, DeploymentPlan, FlowPlan } from './flow-plan';
import { allowUsingKey } from './permissions';
import { planFlow, type SourcedFlowProps, type TriggerOptions } from './plan-flow';
import { whyFlowNotInCloudFormation } from './provisioning';
import { renderFlow } from './render/flow';
import { decide, reportFindings } from './report';
import { checkFlow } from './rules';
import { TRIGGER_TYPE } from './vocabulary';

/**
 * A flow that the stack makes.
 *
 * @internal
 */
export abstract class OwnedFlow extends Flow {
  /**
   * What brings the flow to its state, where the custom resource does.
   *
   * @internal
   */
  protected readonly _activations?: FlowActivations;

  /**
   * What the flow was made from.
   *
   * @internal
   */
  public readonly _plan: FlowPlan;

  /**
   * What the flow keeps for life besides its name.
   *
   * @internal
   */
  public readonly _identity: FlowIdentity;

  /**
   * What a deployment does with the flow besides making it.
   *
   * @internal
   */
  public readonly _deployment: DeploymentPlan;

  private readonly resource: CfnFlow | ProvidedFlow;
  private name?: string;
  private arn?: string;

  protected constructor(scope: Construct, id: string, props: SourcedFlowProps, trigger: TriggerOptions, deployment: DeploymentPlan) {
    super(scope, id, { physicalName: props.flowName });

    const { plan: unnamed, dependencies, followers } = planFlow(this, props, trigger);
    const why = whyFlowNotInCloudFormation(unnamed);
    // An aspect may give the flow another key until the template is made.
    this._identity = { ...flowIdentity(unnamed), kmsArn: Lazy.uncachedString({ produce: () => this.keyArn }) };
    const plan: FlowPlan = { ...unnamed, flowName: props.flowName ?? generatedFlowName(this, this._identity, why !== undefined) };
    this._plan = plan;
    this._deployment = deployment;
    allowUsingKey(this, props.encryptionKey);
    reportFindings(this, checkFlow(plan));
    this.node.addValidation({ validate: () => comparedFlow(this) });
    // The user has chosen the activation.
    decide(this, 'flow-left-as-draft');

    const timed = timeFlow(this, plan, deployment);
    this.resource = why === undefined ? this.declare(timed, deployment.flowStatus) : this.provide(timed, why);
    markTimed(this.resource, deployment);
    this.resource.node.addDependency(...dependencies);
    followers.forEach((follower) => follower.node.addDependency(this.resource));
    if (props.flowName !== undefined && this.resource instanceof CfnFlow) {
      guardFlow(this.resource, plan.flowName, this._identity);
    }

    const activation = managedActivation(deployment, why !== undefined);
    if (activation !== undefined) {
      this._activations = FlowActivations.of(this.resource);
      this._activations.manage(this.resource, plan.trigger.type, activation, followers);
    } else if (followers.length > 0 && deployment.flowStatus === 'Active') {
      throw activationTooEarly(this, 'what the flow\'s destination needs can be created only after the flow');
    } else if (plan.trigger.type !== TRIGGER_TYPE.ON_DEMAND && (why !== undefined || deployment.continuation !== undefined)) {
      FlowActivations.of(this.resource).leave(this.resource, plan.trigger.type);
    }
    if (deployment.run !== undefined) {
      runFlow(this, this.resource, deployment.run, followers);
    }
  }

  /**
   * What makes the flow.
   *
   * @internal
   */
  public get _resource(): CfnFlow | ProvidedFlow {
    return this.resource;
  }

  private get keyArn(): string | undefined {
    return this.resource instanceof CfnFlow ? this.resource.kmsArn : this._plan.kmsArn;
  }

  private declare(plan: FlowPlan, flowStatus: string | undefined): CfnFlow {
    return new CfnFlow(this, 'Resource', { ...renderFlow(plan), flowStatus });
  }

  /** Under another id, since CloudFormation changes no resource's type. */
  private provide(plan: FlowPlan, why: string): ProvidedFlow {
    const resource = new ProvidedFlow(this, 'ProvidedFlow', plan, why);
    this.node.defaultChild = resource;
    return resource;
  }

  // Attributes are made when they are asked for, since most flows are never referred to.
  public get flowName(): string {
    return this.name ??= this.getResourceNameAttribute(this.resource.ref);
  }

  public get flowArn(): string {
    return this.arn ??= this.getResourceArnAttribute(this.resource.attrFlowArn, {
      service: 'appflow',
      resource: 'flow',
      resourceName: this.physicalName,
    });
  }
}

/** What the custom resource brings a flow to: it also stands in for CloudFormation where that does not make the flow. */
function managedActivation({ activation, flowStatus }: DeploymentPlan, isProvided: boolean): ActivationPlan | undefined {
  return activation ?? (isProvided && flowStatus !== undefined ? { status: flowStatus as ActivationPlan['status'] } : undefined);
}

/** CloudFormation leaves no room between the creation of a flow and its activation. */
export function activationTooEarly(scope: Construct, why: string): AppFlowError {
  return new AppFlowError('activation-too-early', {
    what: `CloudFormation activates the flow when it creates it, and ${why}`,
    got: 'FlowActivation.byCloudFormation()',
    allowed: 'FlowActivation.byCustomResource() or FlowActivation.manual()',
    remedy: 'leave the activation out, so that the custom resource activates the flow last',
  }, scope);
}
