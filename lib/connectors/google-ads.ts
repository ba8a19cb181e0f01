import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { CustomConnectorSource, type CustomConnectorSourceOptions } from './custom-connector';
import type { GoogleOAuth2Options } from '../authentication/google';
import { LABELLED_CUSTOM_CONNECTORS } from '../private/custom-connectors';
import { connectorOAuth2, LabelledConnection } from '../private/labelled-connection';

const RECORD = LABELLED_CUSTOM_CONNECTORS.googleAds;

/** Sign-in to Google Ads with OAuth 2.0. */
export interface GoogleAdsOAuth2Options extends GoogleOAuth2Options {
  /** The developer token. AppFlow keeps it with the properties of the profile, and shows it to those who may describe the profile. */
  readonly developerToken: SecretValue;

  /** The version of the Google Ads API, such as `v22`. */
  readonly apiVersion: string;

  /**
   * The id of the manager account.
   *
   * @default - the account is reached without one
   */
  readonly managerId?: string;
}

/**
 * How AppFlow signs in to Google Ads. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-google-ads.html
 */
export class GoogleAdsConnection extends LabelledConnection {
  /** With OAuth 2.0. */
  public static oAuth2(options: GoogleAdsOAuth2Options): GoogleAdsConnection {
    const { apiVersion, managerId, developerToken } = options;
    return new GoogleAdsConnection(connectorOAuth2(RECORD, options, {
      profileProperties: { apiVersion, ...managerId !== undefined ? { managerID: managerId } : undefined },
      secretProfileProperties: { developerToken },
    }));
  }
}

/** Properties of a Google Ads source. */
export interface GoogleAdsSourceProps extends CustomConnectorSourceOptions {
  /** The entity to read, as AppFlow's ListConnectorEntities names it. At most 1,024 characters, no blanks. */
  readonly entityName: string;
}

/**
 * Takes records from Google Ads.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-google-ads.html
 */
export class GoogleAdsSource extends CustomConnectorSource {
  constructor(connectorProfile: appflow.IConnectorProfileRef, props: GoogleAdsSourceProps) {
    super(connectorProfile, { ...props, connectorLabel: RECORD.label.value });
  }
}
