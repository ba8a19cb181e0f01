import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { type CustomConnectionOptions, CustomConnectorSource, type CustomConnectorSourceOptions, OAuth2GrantType } from './custom-connector';
import type { OAuthClientOptions } from '../authentication/oauth';
import { LABELLED_CUSTOM_CONNECTORS } from '../private/custom-connectors';
import { connectorOAuth2, LabelledConnection } from '../private/labelled-connection';

const RECORD = LABELLED_CUSTOM_CONNECTORS.salesforceMarketingCloud;

/** Sign-in to Salesforce Marketing Cloud without a person. */
export interface SalesforceMarketingCloudClientCredentialsOptions extends CustomConnectionOptions, OAuthClientOptions {
  /** The URL at which Marketing Cloud gives out access tokens: `https://subdomain.auth.marketingcloudapis.com/v2/token`. */
  readonly tokenUrl: string;

  /** The base URL of the REST or SOAP API. */
  readonly instanceUrl: string;

  /**
   * What AppFlow sends to the token URL besides, by name. At most 50 entries, whose names are letters, digits and `_` and whose values have no blanks.
   *
   * @default - nothing
   */
  readonly tokenUrlCustomProperties?: { [key: string]: string };
}

/**
 * How AppFlow signs in to Salesforce Marketing Cloud. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-salesforce-marketing-cloud.html
 */
export class SalesforceMarketingCloudConnection extends LabelledConnection {
  /** With the credentials of a client, without a person. */
  public static clientCredentials(options: SalesforceMarketingCloudClientCredentialsOptions): SalesforceMarketingCloudConnection {
    return new SalesforceMarketingCloudConnection(connectorOAuth2(
      RECORD,
      { ...options, grantType: OAuth2GrantType.CLIENT_CREDENTIALS },
      { profileProperties: { instanceUrl: options.instanceUrl } },
    ));
  }
}

/** Properties of a Salesforce Marketing Cloud source. */
export interface SalesforceMarketingCloudSourceProps extends CustomConnectorSourceOptions {
  /** The entity to read, as AppFlow's ListConnectorEntities names it. At most 1,024 characters, no blanks. */
  readonly entityName: string;
}

/**
 * Takes records from Salesforce Marketing Cloud.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-salesforce-marketing-cloud.html
 */
export class SalesforceMarketingCloudSource extends CustomConnectorSource {
  constructor(connectorProfile: appflow.IConnectorProfileRef, props: SalesforceMarketingCloudSourceProps) {
    super(connectorProfile, { ...props, connectorLabel: RECORD.label.value });
  }
}
