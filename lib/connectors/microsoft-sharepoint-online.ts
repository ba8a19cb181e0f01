import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import {
  type ConnectorOAuth2Options, CustomConnectorSource, type CustomConnectorSourceOptions, type CustomConnectorSourceProps,
} from './custom-connector';
import { LABELLED_CUSTOM_CONNECTORS } from '../private/custom-connectors';
import { connectorOAuth2, LabelledConnection } from '../private/labelled-connection';
import { jsonArray } from '../private/values';

const RECORD = LABELLED_CUSTOM_CONNECTORS.microsoftSharePointOnline;

/** Sign-in to Microsoft SharePoint Online with OAuth 2.0. */
export interface MicrosoftSharePointOnlineOAuth2Options extends ConnectorOAuth2Options {
  /** The URL at which the tenant gives out access tokens. */
  readonly tokenUrl: string;
}

/**
 * How AppFlow signs in to Microsoft SharePoint Online. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-microsoft-sharepoint-online.html
 */
export class MicrosoftSharePointOnlineConnection extends LabelledConnection {
  /** With OAuth 2.0. */
  public static oAuth2(options: MicrosoftSharePointOnlineOAuth2Options): MicrosoftSharePointOnlineConnection {
    return new MicrosoftSharePointOnlineConnection(connectorOAuth2(RECORD, options));
  }
}

/** Properties of a Microsoft SharePoint Online source. */
export interface MicrosoftSharePointOnlineSourceProps extends CustomConnectorSourceOptions {
  /** The site to read, as AppFlow's ListConnectorEntities names it. At most 1,024 characters, no blanks. */
  readonly entityName: string;

  /**
   * What to read of the site, such as `drives/driveId/items/itemId` for a folder. At most 17 folders.
   *
   * @default - not sent
   */
  readonly subEntities?: string[];
}

/**
 * Takes records from Microsoft SharePoint Online. The connector is used with Amazon S3 as the destination, whose data is then neither catalogued
 * nor partitioned. Files can be filtered by their type (`equalTo`) and by when they were last modified (`greaterThan`).
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-microsoft-sharepoint-online.html
 */
export class MicrosoftSharePointOnlineSource extends CustomConnectorSource {
  constructor(connectorProfile: appflow.IConnectorProfileRef, props: MicrosoftSharePointOnlineSourceProps) {
    super(connectorProfile, withSubEntities(props));
  }
}

function withSubEntities({ subEntities, ...props }: MicrosoftSharePointOnlineSourceProps): CustomConnectorSourceProps {
  return {
    ...props,
    connectorLabel: RECORD.label.value,
    customProperties: subEntities !== undefined ? { ...props.customProperties, subEntities: jsonArray(subEntities) } : props.customProperties,
  };
}
