import type * as iam from 'aws-cdk-lib/aws-iam';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { grant, grantActions, type GrantedResource } from './private/grant';

/**
 * What identities can be allowed to do with a connector profile. AppFlow has no resource policies, so each grant goes into a policy of the grantee, which
 * is of the profile's account.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonappflow.html
 */
export class ConnectorProfileGrants {
  /** The grants of a connector profile, which can be an L1. */
  public static fromConnectorProfile(profile: appflow.IConnectorProfileRef): ConnectorProfileGrants {
    return new ConnectorProfileGrants(profile);
  }

  private constructor(private readonly profile: appflow.IConnectorProfileRef) {}

  /** Lets the grantee use the profile in flows that it creates or changes. */
  public use(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'UseConnectorProfile');
  }

  /** Lets the grantee look at what the application has through the profile: its objects, and their fields. */
  public browse(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'ListConnectorEntities', 'DescribeConnectorEntity', 'ListConnectorFields', 'DescribeConnectorFields');
  }

  /** Lets the grantee have AppFlow forget what it has cached of the application's objects and fields. */
  public resetMetadataCache(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'ResetConnectorMetadataCache');
  }

  /**
   * Lets the grantee read the profile without its credentials, and those of all other profiles: IAM cannot limit `appflow:DescribeConnectorProfiles` to one.
   */
  public read(grantee: iam.IGrantable): iam.Grant {
    return grant({ ...this.resource, arn: '*' }, grantee, ['appflow:DescribeConnectorProfiles']);
  }

  /**
   * Lets the grantee change the profile, and with it the credentials. AppFlow keeps them in a secret and under a key in the grantee's name, for which it
   * asks as for creating the profile.
   *
   * @see https://docs.aws.amazon.com/appflow/latest/userguide/data-protection.html
   */
  public update(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'UpdateConnectorProfile');
  }

  /**
   * Lets the grantee do what the other grants do not name, on this connector profile alone.
   *
   * @param actions such as `appflow:DeleteConnectorProfile`. Those that IAM cannot limit to a connector profile are refused
   */
  public actions(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return grantActions(this.resource, grantee, actions);
  }

  private grant(grantee: iam.IGrantable, ...operations: string[]): iam.Grant {
    return grant(this.resource, grantee, operations.map((operation) => `appflow:${operation}`));
  }

  private get resource(): GrantedResource {
    return { construct: this.profile, type: 'connectorprofile', arn: this.profile.connectorProfileRef.connectorProfileArn };
  }
}
