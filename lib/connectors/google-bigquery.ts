import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { CustomConnectorSource, type CustomConnectorSourceOptions } from './custom-connector';
import type { GoogleOAuth2Options } from '../authentication/google';
import { LABELLED_CUSTOM_CONNECTORS } from '../private/custom-connectors';
import { connectorOAuth2, LabelledConnection } from '../private/labelled-connection';

const RECORD = LABELLED_CUSTOM_CONNECTORS.googleBigQuery;

/**
 * How AppFlow signs in to Google BigQuery. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-googlebigquery.html
 */
export class GoogleBigQueryConnection extends LabelledConnection {
  /** With OAuth 2.0. */
  public static oAuth2(options: GoogleOAuth2Options): GoogleBigQueryConnection {
    return new GoogleBigQueryConnection(connectorOAuth2(RECORD, options));
  }
}

/** Properties of a Google BigQuery source. */
export interface GoogleBigQuerySourceProps extends CustomConnectorSourceOptions {
  /** The table to read, as `table/project/dataset/table`. At most 1,024 characters, no blanks. */
  readonly entityName: string;
}

/**
 * Takes records from Google BigQuery.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-googlebigquery.html
 */
export class GoogleBigQuerySource extends CustomConnectorSource {
  constructor(connectorProfile: appflow.IConnectorProfileRef, props: GoogleBigQuerySourceProps) {
    super(connectorProfile, { ...props, connectorLabel: RECORD.label.value });
  }
}
