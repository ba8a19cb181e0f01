import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import {
  type ConnectorOAuth2Options, type CustomConnectionOptions, CustomConnectorConnection, CustomConnectorSource, type CustomConnectorSourceOptions,
} from './custom-connector';
import { LABELLED_CUSTOM_CONNECTORS } from '../private/custom-connectors';
import { connectorOAuth2, LabelledConnection } from '../private/labelled-connection';

const RECORD = LABELLED_CUSTOM_CONNECTORS.gitHub;

/** Sign-in to GitHub with OAuth 2.0. */
export interface GitHubOAuth2Options extends ConnectorOAuth2Options {
  /**
   * The URL at which GitHub gives out access tokens.
   *
   * @default 'https://github.com/login/oauth/access_token'
   */
  readonly tokenUrl?: string;
}

/** Sign-in to GitHub with a personal access token. */
export interface GitHubPersonalAccessTokenOptions extends CustomConnectionOptions {
  /** The name of the user. */
  readonly username: string;

  /** The personal access token of the user. */
  readonly personalAccessToken: SecretValue;

  /**
   * What the connector calls this way to sign in. Connector profiles with `BASIC` were seen, too.
   *
   * @default 'BasicAuthPersonalAccessToken'
   */
  readonly customAuthenticationType?: string;
}

/**
 * How AppFlow signs in to GitHub. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-github.html
 */
export class GitHubConnection extends LabelledConnection {
  /** With OAuth 2.0. */
  public static oAuth2(options: GitHubOAuth2Options): GitHubConnection {
    return new GitHubConnection(connectorOAuth2(RECORD, options));
  }

  /** With a personal access token. */
  public static personalAccessToken(options: GitHubPersonalAccessTokenOptions): GitHubConnection {
    return new GitHubConnection(CustomConnectorConnection.custom({
      ...options,
      connectorLabel: RECORD.label.value,
      customAuthenticationType: options.customAuthenticationType ?? 'BasicAuthPersonalAccessToken',
      credentials: { personalAccessToken: options.personalAccessToken },
      parameters: { username: options.username },
    }));
  }
}

/** Properties of a GitHub source. */
export interface GitHubSourceProps extends CustomConnectorSourceOptions {
  /** The entity to read, as AppFlow's ListConnectorEntities names it, such as one that starts with `repos/username=`. No blanks, at most 1,024 characters. */
  readonly entityName: string;
}

/**
 * Takes records from GitHub.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-github.html
 */
export class GitHubSource extends CustomConnectorSource {
  constructor(connectorProfile: appflow.IConnectorProfileRef, props: GitHubSourceProps) {
    super(connectorProfile, { ...props, connectorLabel: RECORD.label.value });
  }
}
