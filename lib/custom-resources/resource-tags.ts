import { CfnResource, type ITaggable, Lazy, RemovalPolicy, Stack, TagManager, TagType } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { AppFlowProvider } from './provider';
import { stackTags } from './stack-tags';

interface ResourceTagsProps {
  /** What is tagged. */
  readonly arn: string;

  /** The same as far as it is known before the deployment, so that another resource is known to be another. */
  readonly subject: string;

  /** Further properties of the custom resource. */
  readonly properties: { readonly [name: string]: unknown };
}

/** Has the custom resource tag something that CloudFormation does not tag. */
abstract class ResourceTags extends CfnResource {
  protected constructor(scope: Construct, id: string, { arn, subject, properties }: ResourceTagsProps) {
    const provider = AppFlowProvider.of(scope);
    super(scope, id, {
      type: 'Custom::AppFlowTags',
      properties: {
        ServiceToken: provider.serviceToken,
        ServiceTimeout: String(provider.serviceTimeout.toSeconds()),
        ResourceArn: arn,
        ...properties,
      },
    });
    this.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.node.addDependency(provider.allowFor(scope, subject, [new iam.PolicyStatement({
      actions: ['appflow:ListTagsForResource', 'appflow:TagResource', 'appflow:UntagResource'],
      resources: [subject],
    })]));
  }
}

/** Tags on what the stack does not own: these and no others, whatever the app is tagged with. */
export class ForeignResourceTags extends ResourceTags {
  constructor(scope: Construct, id: string, arn: string, tags: { readonly [key: string]: string }) {
    super(scope, id, { arn, subject: arn, properties: { Tags: tags } });
  }
}

/** Tags on a connector of the stack, which `Tags.of` and the stack's own tags reach. */
export class OwnConnectorTags extends ResourceTags implements ITaggable {
  public readonly tags: TagManager;

  /**
   * @param subject the ARN of the connector, made from its label
   */
  constructor(scope: Construct, id: string, arn: string, subject: string, tags: { readonly [key: string]: string }) {
    // CloudFormation gives the tags of a stack to its own resources only.
    super(scope, id, { arn, subject, properties: { StackTags: Lazy.any({ produce: () => stackTags(Stack.of(scope)) }) } });
    // Answers to the type of CloudFormation's resource, so that whoever includes or excludes that by its type means the connector.
    this.tags = new TagManager(TagType.MAP, 'AWS::AppFlow::Connector', tags, { tagPropertyName: 'Tags' });
  }
}
