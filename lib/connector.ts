import { ArnFormat, type IResource, Names, Resource, Stack } from 'aws-cdk-lib';
import { CfnConnector } from 'aws-cdk-lib/aws-appflow';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { aws_appflow as appflow, aws_lambda as lambda } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { ConnectorGrants } from './connector-grants';
import { ConnectorType } from './connector-type';
import { OwnConnectorTags } from './custom-resources/resource-tags';
import { allowInvoking } from './private/invocation';
import { reportFindings } from './private/report';
import { checkConnector, checkConnectorLabel, checkTags } from './private/rules';

/**
 * A custom connector that is registered in the account.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_RegisterConnector.html
 */
export interface IConnector extends IResource, appflow.IConnectorRef {
  /**
   * The label of the connector.
   *
   * @attribute
   */
  readonly connectorLabel: string;

  /**
   * The ARN of the connector.
   *
   * @attribute
   */
  readonly connectorArn: string;

  /** The connector type, which sources, destinations and connections of the connector have. */
  readonly connectorType: ConnectorType;

  /** What identities can be allowed to do with the connector. */
  readonly grants: ConnectorGrants;
}

/** Properties of a custom connector. */
export interface ConnectorProps {
  /**
   * The function that the connector consists of, as the Custom Connector SDK makes it. It must answer within 30 seconds when it reads or writes
   * records, and otherwise within 10, with at most 6 MB. It is given the permission that lets AppFlow invoke it.
   *
   * @see https://github.com/awslabs/aws-appflow-custom-connector-java
   */
  readonly function: lambda.IFunctionRef;

  /**
   * The label of the connector: a letter or digit, then letters, digits and `_ ! @ # . -`, from 2 to 256 characters in all. Another label replaces
   * the connector.
   *
   * @default - a label made from the construct's path
   */
  readonly connectorLabel?: string;

  /**
   * What the connector is for: letters, digits, blanks and `_ / ! @ # + = . -`, at most 1,024 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Tags of the connector by their keys, at most 50. CloudFormation does not tag connectors, so the library's custom resource does.
   * Given, and be it empty, it also takes the tags of `Tags.of` and of the stack, except for those of `cdk deploy --tags`, which nobody knows before
   * the deployment.
   *
   * @default - no tags, and no custom resource
   */
  readonly tags?: { [key: string]: string };
}

/**
 * A custom connector: a function in the account through which AppFlow reaches an application. Registering the connector
 * invokes the function, so it must work then.
 *
 * Flows use it through a `ConnectorProfile` with a `CustomConnectorConnection` for its `connectorLabel`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appflow-connector.html
 */
@propertyInjectable
export class Connector extends Resource implements IConnector {
  /** By what the property injectors of the AWS CDK know the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.Connector';

  /** Refers to a connector by its label, in the account and Region of the stack. */
  public static fromConnectorLabel(scope: Construct, id: string, connectorLabel: string): IConnector {
    const connectorArn = Stack.of(scope).formatArn({ service: 'appflow', resource: 'connector', resourceName: connectorLabel });
    const connector = new ImportedConnector(scope, id, connectorArn, connectorLabel);
    reportFindings(connector, checkConnectorLabel(connectorLabel));
    return connector;
  }

  /** Refers to a connector by its ARN. */
  public static fromConnectorArn(scope: Construct, id: string, connectorArn: string): IConnector {
    const { resourceName } = Stack.of(scope).splitArn(connectorArn, ArnFormat.SLASH_RESOURCE_NAME);
    return new ImportedConnector(scope, id, connectorArn, resourceName!);
  }

  public readonly connectorLabel: string;
  public readonly connectorArn: string;
  public readonly connectorType: ConnectorType;

  constructor(scope: Construct, id: string, props: ConnectorProps) {
    super(scope, id, { physicalName: props.connectorLabel });

    const connectorLabel = props.connectorLabel ?? Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });
    const permission = allowInvoking(this, props.function);

    const resource = new CfnConnector(this, 'Resource', {
      connectorLabel,
      description: props.description,
      connectorProvisioningType: 'LAMBDA',
      connectorProvisioningConfig: { lambda: { lambdaArn: props.function.functionRef.functionArn } },
    });
    if (permission !== undefined) {
      resource.node.addDependency(permission);
    }

    this.connectorLabel = this.getResourceNameAttribute(resource.ref);
    this.connectorArn = this.getResourceArnAttribute(resource.attrConnectorArn, {
      service: 'appflow',
      resource: 'connector',
      resourceName: this.physicalName,
    });
    this.connectorType = ConnectorType.custom(this.connectorLabel);

    reportFindings(this, checkConnector({ connectorLabel, description: props.description }));
    if (props.tags !== undefined) {
      reportFindings(this, checkTags(props.tags));
      // By the label: a connector with another one is tagged before the handler loses the permission for the old one.
      const subject = Stack.of(this).formatArn({ service: 'appflow', resource: 'connector', resourceName: connectorLabel });
      new OwnConnectorTags(this, 'Tags', resource.attrConnectorArn, subject, props.tags);
    }
  }

  public get grants(): ConnectorGrants {
    return ConnectorGrants.fromConnector(this);
  }

  /** A reference to the connector. */
  public get connectorRef(): appflow.ConnectorReference {
    return { connectorLabel: this.connectorLabel, connectorArn: this.connectorArn };
  }
}

class ImportedConnector extends Resource implements IConnector {
  public readonly connectorType: ConnectorType;

  constructor(scope: Construct, id: string, public readonly connectorArn: string, public readonly connectorLabel: string) {
    super(scope, id, { environmentFromArn: connectorArn });
    this.connectorType = ConnectorType.custom(connectorLabel);
  }

  public get grants(): ConnectorGrants {
    return ConnectorGrants.fromConnector(this);
  }

  public get connectorRef(): appflow.ConnectorReference {
    return { connectorLabel: this.connectorLabel, connectorArn: this.connectorArn };
  }
}
