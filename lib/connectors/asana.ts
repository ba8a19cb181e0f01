import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import {
  type ConnectorOAuth2Options, type CustomConnectionOptions, CustomConnectorConnection, CustomConnectorSource, type CustomConnectorSourceOptions,
} from './custom-connector';
import { LABELLED_CUSTOM_CONNECTORS } from '../private/custom-connectors';
import { connectorOAuth2, LabelledConnection } from '../private/labelled-connection';

const RECORD = LABELLED_CUSTOM_CONNECTORS.asana;

/** Sign-in to Asana with OAuth 2.0. */
export interface AsanaOAuth2Options extends ConnectorOAuth2Options {
  /** The URL at which Asana gives out access tokens. */
  readonly tokenUrl: string;
}

/** Sign-in to Asana with a personal access token. */
export interface AsanaPersonalAccessTokenOptions extends CustomConnectionOptions {
  /** The personal access token. */
  readonly personalAccessToken: SecretValue;
}

/**
 * How AppFlow signs in to Asana. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-asana.html
 */
export class AsanaConnection extends LabelledConnection {
  /** With OAuth 2.0. */
  public static oAuth2(options: AsanaOAuth2Options): AsanaConnection {
    return new AsanaConnection(connectorOAuth2(RECORD, options));
  }

  /** With a personal access token. */
  public static personalAccessToken(options: AsanaPersonalAccessTokenOptions): AsanaConnection {
    return new AsanaConnection(CustomConnectorConnection.custom({
      ...options,
      connectorLabel: RECORD.label.value,
      customAuthenticationType: 'PAT',
      credentials: { patToken: options.personalAccessToken },
    }));
  }
}

/** Properties of an Asana source. */
export interface AsanaSourceProps extends CustomConnectorSourceOptions {
  /** The entity to read, as AppFlow's ListConnectorEntities names it. At most 1,024 characters, no blanks. */
  readonly entityName: string;
}

/**
 * Takes records from Asana.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-asana.html
 */
export class AsanaSource extends CustomConnectorSource {
  constructor(connectorProfile: appflow.IConnectorProfileRef, props: AsanaSourceProps) {
    super(connectorProfile, { ...props, connectorLabel: RECORD.label.value });
  }
}
