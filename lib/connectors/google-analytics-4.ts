import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { CustomConnectorSource, type CustomConnectorSourceOptions } from './custom-connector';
import type { GoogleOAuth2Options } from '../authentication/google';
import { LABELLED_CUSTOM_CONNECTORS } from '../private/custom-connectors';
import { connectorOAuth2, LabelledConnection } from '../private/labelled-connection';

const RECORD = LABELLED_CUSTOM_CONNECTORS.googleAnalytics4;

/**
 * How AppFlow signs in to Google Analytics 4. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-google-analytics-4.html
 */
export class GoogleAnalytics4Connection extends LabelledConnection {
  /** With OAuth 2.0. */
  public static oAuth2(options: GoogleOAuth2Options): GoogleAnalytics4Connection {
    return new GoogleAnalytics4Connection(connectorOAuth2(RECORD, options));
  }
}

/** Properties of a Google Analytics 4 source. */
export interface GoogleAnalytics4SourceProps extends CustomConnectorSourceOptions {
  /** The entity to read, as AppFlow's ListConnectorEntities names it. At most 1,024 characters, no blanks. */
  readonly entityName: string;
}

/**
 * Takes records from Google Analytics 4.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-google-analytics-4.html
 */
export class GoogleAnalytics4Source extends CustomConnectorSource {
  constructor(connectorProfile: appflow.IConnectorProfileRef, props: GoogleAnalytics4SourceProps) {
    super(connectorProfile, { ...props, connectorLabel: RECORD.label.value });
  }
}
