import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import {
  type ConnectorOAuth2Options, CustomConnectorDestination, type CustomConnectorDestinationOptions, CustomConnectorSource,
  type CustomConnectorSourceOptions,
} from './custom-connector';
import { LABELLED_CUSTOM_CONNECTORS } from '../private/custom-connectors';
import { connectorOAuth2, LabelledConnection } from '../private/labelled-connection';

const RECORD = LABELLED_CUSTOM_CONNECTORS.hubSpot;

/** Sign-in to HubSpot with OAuth 2.0. */
export interface HubSpotOAuth2Options extends ConnectorOAuth2Options {
  /**
   * The URL at which HubSpot gives out access tokens.
   *
   * @default 'https://api.hubapi.com/oauth/v1/token'
   */
  readonly tokenUrl?: string;
}

/**
 * How AppFlow signs in to HubSpot. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-hubspot.html
 */
export class HubSpotConnection extends LabelledConnection {
  /** With OAuth 2.0. */
  public static oAuth2(options: HubSpotOAuth2Options): HubSpotConnection {
    return new HubSpotConnection(connectorOAuth2(RECORD, options));
  }
}

/** Properties of a HubSpot source. */
export interface HubSpotSourceProps extends CustomConnectorSourceOptions {
  /** The entity to read, as AppFlow's ListConnectorEntities names it. At most 1,024 characters, no blanks. */
  readonly entityName: string;
}

/**
 * Takes records from HubSpot.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-hubspot.html
 */
export class HubSpotSource extends CustomConnectorSource {
  constructor(connectorProfile: appflow.IConnectorProfileRef, props: HubSpotSourceProps) {
    super(connectorProfile, { ...props, connectorLabel: RECORD.label.value });
  }
}

/** Properties of a HubSpot destination. */
export interface HubSpotDestinationProps extends CustomConnectorDestinationOptions {
  /** The entity to write to, as AppFlow's ListConnectorEntities names it. At most 1,024 characters, no blanks. */
  readonly entityName: string;
}

/**
 * Writes records to HubSpot. The user guide has such flows take their data from Amazon S3.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-hubspot.html
 */
export class HubSpotDestination extends CustomConnectorDestination {
  constructor(connectorProfile: appflow.IConnectorProfileRef, props: HubSpotDestinationProps) {
    super(connectorProfile, { ...props, connectorLabel: RECORD.label.value });
  }
}
