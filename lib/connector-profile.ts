import { Fn, Resource, Stack, type IResource } from 'aws-cdk-lib';
import { CfnConnectorProfile } from 'aws-cdk-lib/aws-appflow';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { aws_appflow as appflow, aws_kms as kms } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { ConnectorProfileGrants } from './connector-profile-grants';
import type { ConnectorType } from './connector-type';
import { ProvidedConnectorProfile } from './custom-resources/provided-connector-profile';
import type { IConnection } from './integration';
import { connectorRecord } from './private/connector-records';
import { AppFlowError } from './private/errors';
import { generatedName } from './private/generated-name';
import { allowUsingKey } from './private/permissions';
import { whyProfileNotInCloudFormation } from './private/provisioning';
import { renderConnection } from './private/render/connector-profile';
import { reportFindings } from './private/report';
import { checkConnectorProfile, checkConnectorProfileName } from './private/rules';
import type { ConnectorProfilePlan, UnnamedConnectorProfilePlan } from './private/rules/connector-profile';
import { compact } from './private/values';
import type { Provisioning } from './provisioning';

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

  /** What identities can be allowed to do with the connector profile. */
  readonly grants: ConnectorProfileGrants;
}

/** Properties of a connector profile. */
export interface ConnectorProfileProps {
  /** How AppFlow signs in to the application. */
  readonly connection: IConnection;

  /**
   * The name of the connector profile: letters, digits and `_ / ! @ # + = . -`, at most 256. Another name replaces the profile. A profile for another
   * connector needs another name.
   *
   * @default - a name made from the construct's path and the connector: a profile for another connector replaces this one
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

  /**
   * By what the profile is created, updated and deleted. Another choice makes another profile, which needs another name.
   *
   * @default - CloudFormation where it can express the profile, otherwise the library's custom resource
   */
  readonly provisioning?: Provisioning;
}

/**
 * A connector profile. AppFlow signs in to the application when the profile is created, so its credentials must be valid then.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appflow-connectorprofile.html
 */
@propertyInjectable
export class ConnectorProfile extends Resource implements IConnectorProfile {
  /** By what the property injectors of the AWS CDK know the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.ConnectorProfile';

  /** Refers to a connector profile by its name, in the account and Region of the stack. */
  public static fromConnectorProfileName(scope: Construct, id: string, connectorProfileName: string): IConnectorProfile {
    const profile = new ImportedConnectorProfile(scope, id, Stack.of(scope).formatArn({
      service: 'appflow',
      resource: 'connectorprofile',
      resourceName: connectorProfileName,
    }), connectorProfileName);
    reportFindings(profile, checkConnectorProfileName(connectorProfileName));
    return profile;
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
   * What flows know of the profile.
   *
   * @internal
   */
  public readonly _properties: Readonly<Record<string, unknown>>;

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
    allowUsingKey(this, props.encryptionKey);
    const config = props.connection.bind(this);
    const kmsArn = props.encryptionKey?.keyRef.keyArn;
    const unnamed: UnnamedConnectorProfilePlan = {
      connectorType: connectorType.name,
      connectorLabel: connectorType.connectorLabel,
      connectionMode: props.connectionMode ?? ConnectionMode.PUBLIC,
      region: Stack.of(this).region,
      kmsArn,
      properties: compact({ ...config.connectorProfileProperties }) ?? {},
      credentials: config.connectorProfileCredentials !== undefined ? compact({ ...config.connectorProfileCredentials }) ?? {} : undefined,
    };
    const why = this.whyProvided(unnamed, props.provisioning);
    const plan: ConnectorProfilePlan = { ...unnamed, connectorProfileName: props.connectorProfileName ?? this.nameFor(unnamed, why !== undefined) };
    reportFindings(this, checkConnectorProfile(plan));
    this._properties = plan.properties;

    const resource = why === undefined
      ? new CfnConnectorProfile(this, 'Resource', {
        connectorProfileName: plan.connectorProfileName,
        connectorType: plan.connectorType,
        connectorLabel: plan.connectorLabel,
        connectionMode: plan.connectionMode,
        kmsArn,
        connectorProfileConfig: renderConnection(plan, record),
      })
      // Under another id, since CloudFormation changes no resource's type.
      : new ProvidedConnectorProfile(this, 'ProvidedProfile', { plan, kmsArn, record, why });
    resource.node.addDependency(...config.dependencies ?? []);
    this.node.defaultChild = resource;

    this.connectorType = connectorType;
    this.connectorProfileName = this.getResourceNameAttribute(resource.ref);
    this.connectorProfileArn = this.getResourceArnAttribute(resource.attrConnectorProfileArn, {
      service: 'appflow',
      resource: 'connectorprofile',
      resourceName: this.physicalName,
    });
    this.credentialsArn = resource.attrCredentialsArn;
  }

  public get grants(): ConnectorProfileGrants {
    return ConnectorProfileGrants.fromConnectorProfile(this);
  }

  public get connectorProfileRef(): appflow.ConnectorProfileReference {
    return { connectorProfileName: this.connectorProfileName, connectorProfileArn: this.connectorProfileArn };
  }

  /** Another connector is another profile. Another key is, too, where the custom resource makes the profile; CloudFormation updates it. */
  private nameFor({ connectorType, connectorLabel, kmsArn }: UnnamedConnectorProfilePlan, isProvided: boolean): string {
    return isProvided
      ? generatedName(this, 'custom resource', connectorType, connectorLabel, kmsArn)
      : generatedName(this, 'CloudFormation', connectorType, connectorLabel);
  }

  /** Why the custom resource makes the profile, if it does. */
  private whyProvided(plan: UnnamedConnectorProfilePlan, provisioning: Provisioning | undefined): string | undefined {
    const why = whyProfileNotInCloudFormation(plan);
    if (why !== undefined && provisioning?._isByCloudFormation) {
      throw new AppFlowError('connector-profile-not-in-cloudformation', {
        what: `this connector profile cannot be made by CloudFormation, since ${why}`,
        got: 'Provisioning.byCloudFormation()',
        allowed: 'Provisioning.byCustomResource()',
        remedy: 'leave provisioning out',
      }, this);
    }
    return why ?? (provisioning?._isByCloudFormation === false ? 'Provisioning.byCustomResource() was asked for' : undefined);
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

  public get grants(): ConnectorProfileGrants {
    return ConnectorProfileGrants.fromConnectorProfile(this);
  }

  public get connectorProfileRef(): appflow.ConnectorProfileReference {
    return { connectorProfileName: this.connectorProfileName, connectorProfileArn: this.connectorProfileArn };
  }
}
