import { CfnResource, type ITaggable, Lazy, Stack, TagManager, TagType } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { forFlow } from './caller-permissions';
import { AppFlowProvider } from './provider';
import { renderIdentity } from './render-identity';
import { stackTags } from './stack-tags';
import { flowIdentity } from '../private/flow-object';
import type { FlowPlan } from '../private/flow-plan';
import { WHY_PROVIDED } from '../private/provisioning';
import { renderCreateFlow } from '../private/render/create-flow';

/** A flow that CloudFormation cannot express, which the custom resource creates, updates and deletes. */
export class ProvidedFlow extends CfnResource implements ITaggable {
  /** Answers to the type of CloudFormation's resource, so that whoever includes or excludes that by its type means this one, too. */
  public readonly tags = new TagManager(TagType.MAP, 'AWS::AppFlow::Flow', {}, { tagPropertyName: 'Tags' });

  constructor(scope: Construct, id: string, plan: FlowPlan, why: string) {
    const provider = AppFlowProvider.of(scope);
    super(scope, id, {
      type: 'Custom::AppFlowFlow',
      properties: {
        ServiceToken: provider.serviceToken,
        ServiceTimeout: String(provider.serviceTimeout.toSeconds()),
        Flow: renderCreateFlow(plan),
        Identity: renderIdentity({ ...flowIdentity(plan), kmsArn: undefined }),
        // CloudFormation gives the tags of a stack to its own resources only.
        StackTags: Lazy.any({ produce: () => stackTags(Stack.of(this)) }),
      },
    });
    this.addMetadata(WHY_PROVIDED, why);
    this.node.addDependency(provider.allowProvidingFlow(this, forFlow(this, plan)));
  }

  public get attrFlowArn(): string {
    return this.getAtt('FlowArn').toString();
  }
}
