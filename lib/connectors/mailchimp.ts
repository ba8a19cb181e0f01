import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { type CustomConnectionOptions, CustomConnectorConnection, CustomConnectorSource, type CustomConnectorSourceOptions } from './custom-connector';
import { LABELLED_CUSTOM_CONNECTORS } from '../private/custom-connectors';
import { LabelledConnection } from '../private/labelled-connection';

const RECORD = LABELLED_CUSTOM_CONNECTORS.mailchimp;

/** Sign-in to Mailchimp with an API key. */
export interface MailchimpApiKeyOptions extends CustomConnectionOptions {
  /** The API key. */
  readonly apiKey: SecretValue;

  /** The URL of the Mailchimp account's data centre, such as `https://us6.api.mailchimp.com`. */
  readonly instanceUrl: string;
}

/**
 * How AppFlow signs in to Mailchimp. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-mailchimp.html
 */
export class MailchimpConnection extends LabelledConnection {
  /** With an API key. */
  public static apiKey(options: MailchimpApiKeyOptions): MailchimpConnection {
    return new MailchimpConnection(CustomConnectorConnection.custom({
      ...options,
      connectorLabel: RECORD.label.value,
      customAuthenticationType: 'api_key',
      credentials: { api_key: options.apiKey },
      profileProperties: { ...options.profileProperties, instanceUrl: options.instanceUrl },
    }));
  }
}

/** Properties of a Mailchimp source. */
export interface MailchimpSourceProps extends CustomConnectorSourceOptions {
  /** The entity to read, as AppFlow's ListConnectorEntities names it. At most 1,024 characters, no blanks. */
  readonly entityName: string;
}

/**
 * Takes records from Mailchimp.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-mailchimp.html
 */
export class MailchimpSource extends CustomConnectorSource {
  constructor(connectorProfile: appflow.IConnectorProfileRef, props: MailchimpSourceProps) {
    super(connectorProfile, { ...props, connectorLabel: RECORD.label.value });
  }
}
