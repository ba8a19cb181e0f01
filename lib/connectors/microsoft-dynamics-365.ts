import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { type ConnectorOAuth2Options, CustomConnectorSource, type CustomConnectorSourceOptions } from './custom-connector';
import { LABELLED_CUSTOM_CONNECTORS } from '../private/custom-connectors';
import { connectorOAuth2, LabelledConnection } from '../private/labelled-connection';

const RECORD = LABELLED_CUSTOM_CONNECTORS.microsoftDynamics365;

/** Sign-in to Microsoft Dynamics 365 with OAuth 2.0. */
export interface MicrosoftDynamics365OAuth2Options extends ConnectorOAuth2Options {
  /** The URL at which the tenant gives out access tokens. */
  readonly tokenUrl: string;

  /** The URL of the Dynamics 365 instance, such as `https://acme.api.crm.dynamics.com`. */
  readonly instanceUrl: string;
}

/**
 * How AppFlow signs in to Microsoft Dynamics 365. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-microsoft-dynamics-365.html
 */
export class MicrosoftDynamics365Connection extends LabelledConnection {
  /** With OAuth 2.0. */
  public static oAuth2(options: MicrosoftDynamics365OAuth2Options): MicrosoftDynamics365Connection {
    return new MicrosoftDynamics365Connection(connectorOAuth2(RECORD, options, { profileProperties: { instanceUrl: options.instanceUrl } }));
  }
}

/** Properties of a Microsoft Dynamics 365 source. */
export interface MicrosoftDynamics365SourceProps extends CustomConnectorSourceOptions {
  /** The entity to read, as AppFlow's ListConnectorEntities names it. At most 1,024 characters, no blanks. */
  readonly entityName: string;
}

/**
 * Takes records from Microsoft Dynamics 365.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-microsoft-dynamics-365.html
 */
export class MicrosoftDynamics365Source extends CustomConnectorSource {
  constructor(connectorProfile: appflow.IConnectorProfileRef, props: MicrosoftDynamics365SourceProps) {
    super(connectorProfile, { ...props, connectorLabel: RECORD.label.value });
  }
}
