import * as iam from 'aws-cdk-lib/aws-iam';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';

/**
 * What identities can be allowed to do with a custom connector.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonappflow.html
 */
export class ConnectorGrants {
  /** The grants of a custom connector, which can be an L1. */
  public static fromConnector(connector: appflow.IConnectorRef): ConnectorGrants {
    return new ConnectorGrants(connector);
  }

  private constructor(private readonly connector: appflow.IConnectorRef) {}

  /** Lets the grantee read what the connector can do. */
  public read(grantee: iam.IGrantable): iam.Grant {
    return this.actions(grantee, 'appflow:DescribeConnector');
  }

  /** Lets the grantee do what the other grants do not name, on this connector alone. */
  public actions(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.connector.connectorRef.connectorArn] });
  }
}
