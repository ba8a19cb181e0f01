import type * as iam from 'aws-cdk-lib/aws-iam';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { grant, grantActions, type GrantedResource } from './private/grant';

/**
 * What identities can be allowed to do with a custom connector. AppFlow has no resource policies, so each grant goes into a policy of the grantee, which is
 * of the connector's account.
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
    return this.grant(grantee, 'DescribeConnector');
  }

  /** Lets the grantee change the registration. AppFlow asks it for `lambda:InvokeFunction` on the connector's function besides. */
  public update(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'UpdateConnectorRegistration');
  }

  /** Lets the grantee tag and untag the connector. */
  public tag(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'TagResource', 'UntagResource');
  }

  /** Lets the grantee remove the connector from the account. */
  public unregister(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'UnRegisterConnector');
  }

  /**
   * Lets the grantee do what the other grants do not name, on this connector alone.
   *
   * @param actions actions with their prefix `appflow:`. Those that IAM cannot limit to a connector are refused
   */
  public actions(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return grantActions(this.resource, grantee, actions);
  }

  private grant(grantee: iam.IGrantable, ...operations: string[]): iam.Grant {
    return grant(this.resource, grantee, operations.map((operation) => `appflow:${operation}`));
  }

  private get resource(): GrantedResource {
    return { construct: this.connector, type: 'connector', arn: this.connector.connectorRef.connectorArn };
  }
}
