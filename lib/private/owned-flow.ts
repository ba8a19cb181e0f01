import { Names } from 'aws-cdk-lib';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import type { Construct } from 'constructs';
import { FlowDeployment, type FlowDeploymentOptions } from '../custom-resources/flow-deployment';
import { Flow } from '../flow';
import { planFlow, type SourcedFlowProps, type TriggerOptions } from './plan-flow';
import { renderFlow } from './render/flow';
import { reportFindings } from './report';
import { checkFlow } from './rules';

/**
 * A flow that the stack makes.
 *
 * @internal
 */
export abstract class OwnedFlow extends Flow {
  private readonly resource: CfnFlow;
  private name?: string;
  private arn?: string;

  protected constructor(scope: Construct, id: string, props: SourcedFlowProps, trigger: TriggerOptions, deployment: FlowDeploymentOptions) {
    super(scope, id, { physicalName: props.flowName });

    const flowName = props.flowName ?? Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });
    const { plan, dependencies } = planFlow(this, flowName, props, trigger);
    reportFindings(this, checkFlow(plan));

    this.resource = new CfnFlow(this, 'Resource', { ...renderFlow(plan), flowStatus: deployment.flowStatus });
    this.resource.node.addDependency(...dependencies);
    if (deployment.customResource !== undefined) {
      new FlowDeployment(this, 'Deployment', { flow: this.resource, ...deployment.customResource });
    }
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
