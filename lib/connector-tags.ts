import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import { ForeignResourceTags } from './custom-resources/resource-tags';
import { reportFindings } from './private/report';
import { checkTags } from './private/rules';

/** Properties of tags on a connector. */
export interface ConnectorTagsProps {
  /** The connector, which another stack, or nobody's, has registered. */
  readonly connector: appflow.IConnectorRef;

  /** The tags by their keys, at most 50. */
  readonly tags: { [key: string]: string };
}

/**
 * Tags on a custom connector that the stack does not own. For the stack's own connectors use the connector's `tags`.
 *
 * Tags that others have put on the connector stay as they are: a key that is there with another value fails the deployment, and only
 * tags that still have the value given here are removed when they are no longer wanted.
 *
 * Each needs a policy of its own in the role of the stack's handler, which IAM has room for about 40 of.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_TagResource.html
 */
@propertyInjectable
export class ConnectorTags extends Construct {
  /** By what the property injectors of the AWS CDK know the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.ConnectorTags';

  constructor(scope: Construct, id: string, props: ConnectorTagsProps) {
    super(scope, id);

    reportFindings(this, checkTags(props.tags));
    new ForeignResourceTags(this, 'Default', props.connector.connectorRef.connectorArn, props.tags);
  }
}
