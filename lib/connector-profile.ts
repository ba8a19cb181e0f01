import { Fn, Names, Resource, Stack, type IResource } from 'aws-cdk-lib';
import { CfnConnectorProfile } from 'aws-cdk-lib/aws-appflow';
import type { aws_appflow as appflow, aws_kms as kms } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ConnectorType } from './connector-type';
import type { IConnection } from './integration';
import { connectorRecord } from './private/connector-records';
import { renderConnection } from './private/render/connector-profile';
import { reportFindings } from './private/report';
import { checkConnectorProfile } from './private/rules';

/** How AppFlow reaches the application. */
export enum ConnectionMode {
  /** Over the internet. */
  PUBLIC = 'Public',

  /**
   * Through AWS PrivateLink, where the connector offers it.
   *
   * @see https://docs.aws.amazon.com/appflow/latest/userguide/private-flows.html
   */
  PRIVATE = 'Private',
}

/**
 * A connector profile: the connection to an application, with the credentials to sign in, that flows share.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connections.html
 */
export interface IConnectorProfile extends IResource, appflow.IConnectorProfileRef {
  /**
   * The name of the connector profile.
   *
   * @attribute
   */
  readonly connectorProfileName: string;

  /**
   * The ARN of the connector profile.
   *
   * @attribute
   */
  readonly connectorProfileArn: string;

  /**
   * The connector that the profile is for.
   *
   * @default - unknown: the profile is imported
   */
  readonly connectorType?: ConnectorType;
}

/** Properties of a connector profile. */
export interface ConnectorProfileProps {
  /** How AppFlow signs in to the application. */
  readonly connection: IConnection;

  /**
   * The name of the connector profile: letters, digits and `_ / ! @ # + = . -`, at most 256. Another name replaces the profile.
   *
   * @default - a name made from the construct's path
   */
  readonly connectorProfileName?: string;

  /**
   * How AppFlow reaches the application.
   *
   * @default ConnectionMode.PUBLIC
   */
  readonly connectionMode?: ConnectionMode;

  /**
   * The key that AppFlow encrypts the credentials with.
   *
   * @default - a key that AppFlow manages
   */
  readonly encryptionKey?: kms.IKeyRef;
}

/**
 * A connector profile. AppFlow signs in to the application when the profile is created, so its credentials must be valid then.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appflow-connectorprofile.html
 */
export class ConnectorProfile extends Resource implements IConnectorProfile {
  /** Refers to a connector profile by its name, in the account and Region of the stack. */
  public static fromConnectorProfileName(scope: Construct, id: string, connectorProfileName: string): IConnectorProfile {
    return new ImportedConnectorProfile(scope, id, Stack.of(scope).formatArn({
      service: 'appflow',
      resource: 'connectorprofile',
      resourceName: connectorProfileName,
    }), connectorProfileName);
  }

  /** Refers to a connector profile by its ARN. */
  public static fromConnectorProfileArn(scope: Construct, id: string, connectorProfileArn: string): IConnectorProfile {
    // Names can hold slashes, at which Stack.splitArn would cut an ARN that is known only at deploy time.
    const connectorProfileName = Fn.select(1, Fn.split(':connectorprofile/', connectorProfileArn));
    return new ImportedConnectorProfile(scope, id, connectorProfileArn, connectorProfileName);
  }

  public readonly connectorProfileName: string;
  public readonly connectorProfileArn: string;
  public readonly connectorType?: ConnectorType;

  /**
   * The ARN of the secret in which AppFlow keeps the credentials.
   *
   * @attribute
   */
  public readonly credentialsArn: string;

  constructor(scope: Construct, id: string, props: ConnectorProfileProps) {
    super(scope, id, { physicalName: props.connectorProfileName });

    const { connectorType } = props.connection;
    const record = connectorRecord(connectorType.name)!;
    const config = props.connection.bind(this);
    const connectorProfileName = props.connectorProfileName ?? Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });
    const connectionMode = props.connectionMode ?? ConnectionMode.PUBLIC;

    const resource = new CfnConnectorProfile(this, 'Resource', {
      connectorProfileName,
      connectorType: connectorType.name,
      connectionMode,
      kmsArn: props.encryptionKey?.keyRef.keyArn,
      connectorProfileConfig: renderConnection(config, record),
    });
    resource.node.addDependency(...config.dependencies ?? []);

    this.connectorType = connectorType;
    this.connectorProfileName = this.getResourceNameAttribute(resource.ref);
    this.connectorProfileArn = this.getResourceArnAttribute(resource.attrConnectorProfileArn, {
      service: 'appflow',
      resource: 'connectorprofile',
      resourceName: this.physicalName,
    });
    this.credentialsArn = resource.attrCredentialsArn;

    reportFindings(this, checkConnectorProfile({
      connectorProfileName,
      connectorType: connectorType.name,
      connectionMode,
      region: Stack.of(this).region,
      properties: config.connectorProfileProperties,
    }));
  }

  public get connectorProfileRef(): appflow.ConnectorProfileReference {
    return { connectorProfileName: this.connectorProfileName, connectorProfileArn: this.connectorProfileArn };
  }
}

class ImportedConnectorProfile extends Resource implements IConnectorProfile {
  public readonly connectorProfileArn: string;
  public readonly connectorProfileName: string;

  constructor(scope: Construct, id: string, connectorProfileArn: string, connectorProfileName: string) {
    super(scope, id, { environmentFromArn: connectorProfileArn });
    this.connectorProfileArn = connectorProfileArn;
    this.connectorProfileName = connectorProfileName;
  }

  public get connectorProfileRef(): appflow.ConnectorProfileReference {
    return { connectorProfileName: this.connectorProfileName, connectorProfileArn: this.connectorProfileArn };
  }
}
