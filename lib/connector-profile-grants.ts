import * as iam from 'aws-cdk-lib/aws-iam';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';

/**
 * What identities can be allowed to do with a connector profile.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonappflow.html
 */
export class ConnectorProfileGrants {
  /** The grants of a connector profile, which can be an L1. */
  public static fromConnectorProfile(profile: appflow.IConnectorProfileRef): ConnectorProfileGrants {
    return new ConnectorProfileGrants(profile);
  }

  private constructor(private readonly profile: appflow.IConnectorProfileRef) {}

  /** Lets the grantee create and change flows that use the profile. */
  public use(grantee: iam.IGrantable): iam.Grant {
    return this.actions(grantee, 'appflow:UseConnectorProfile');
  }

  /** Lets the grantee do what the other grants do not name, on this connector profile alone. */
  public actions(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.profile.connectorProfileRef.connectorProfileArn] });
  }
}
