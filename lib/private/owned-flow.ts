import { Names } from 'aws-cdk-lib';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import type { Construct } from 'constructs';
import { FlowDeployment, type FlowDeploymentOptions } from '../custom-resources/flow-deployment';
import { ProvidedFlow } from '../custom-resources/provided-flow';
import { Flow } from '../flow';
import { AppFlowError } from './errors';
import type { FlowPlan } from './flow-plan';
import { allowUsingKey } from './permissions';
import { planFlow, type SourcedFlowProps, type TriggerOptions } from './plan-flow';
import { providedName, whyFlowNotInCloudFormation } from './provisioning';
import { renderFlow } from './render/flow';
import { decide, reportFindings } from './report';
import { checkFlow } from './rules';

/**
 * A flow that the stack makes.
 *
 * @internal
 */
export abstract class OwnedFlow extends Flow {
  private readonly resource: CfnFlow | ProvidedFlow;
  private name?: string;
  private arn?: string;

  protected constructor(scope: Construct, id: string, props: SourcedFlowProps, trigger: TriggerOptions, deployment: FlowDeploymentOptions) {
    super(scope, id, { physicalName: props.flowName });

    const flowName = props.flowName ?? Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });
    const { plan, dependencies, followers } = planFlow(this, flowName, props, trigger);
    allowUsingKey(this, props.encryptionKey);
    reportFindings(this, checkFlow(plan));
    // The user has chosen the activation.
    decide(this, 'flow-left-as-draft');

    const why = whyFlowNotInCloudFormation(plan);
    this.resource = why === undefined
      ? new CfnFlow(this, 'Resource', { ...renderFlow(plan), flowStatus: deployment.flowStatus })
      : this.provide({ ...plan, flowName: props.flowName ?? providedName(this, plan.kmsArn) }, why);
    this.resource.node.addDependency(...dependencies);
    followers.forEach((follower) => follower.node.addDependency(this.resource));
    const action = deployment.customResource
      ?? (why !== undefined && deployment.flowStatus !== undefined ? { triggerType: plan.trigger.type, status: deployment.flowStatus } : undefined);
    if (action !== undefined) {
      new FlowDeployment(this, 'Deployment', { flow: this.resource, ...action }).node.addDependency(...followers);
    } else if (followers.length > 0 && deployment.flowStatus === 'Active') {
      throw new AppFlowError('activation-too-early', {
        what: 'CloudFormation activates the flow when it creates it, and what the flow\'s destination needs can be created only after the flow',
        got: 'FlowActivation.byCloudFormation()',
        allowed: 'FlowActivation.byCustomResource() or FlowActivation.manual()',
        remedy: 'leave the activation out, so that the custom resource activates the flow last',
      }, this);
    }
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
