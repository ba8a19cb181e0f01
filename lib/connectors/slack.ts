import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ApplicationSourceOptions } from '../application';
import {
  type OAuthAccessTokenOptions, type OAuthAuthorizationCodeOptions, type OAuthCredentials, renderOAuth,
} from '../authentication/oauth';
import { ConnectorType } from '../connector-type';
import type { ConnectionConfig, FlowSourceConfig, IConnection, IFlowSource } from '../integration';
import { objectSource } from '../private/application-end';
import {
  CLIENT_ID_PROPERTY, INSTANCE_URL_PROPERTY, OBJECT_PROPERTY, REDIRECT_URI_PROPERTY, REFUSES_MISSING_PROJECTION, TRIGGERS_WITHOUT_EVENTS,
} from '../private/application-record';
import type { ConnectorRecord } from '../private/connector-record';
import { documented } from '../private/fact';
import { FILTER_OPERATORS, TASK_OPERATORS } from '../private/vocabulary';
import { OrderingFilters } from '../tasks/filter';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/slack.html';

/** @internal */
export const SLACK_RECORD: ConnectorRecord = {
  type: ConnectorType.SLACK.name,
  title: 'Slack',
  page: PAGE,
  member: 'Slack',
  l1Member: 'slack',
  profile: {
    inCloudFormation: true,
    authentication: ['OAuth 2.0 access token', 'OAuth 2.0 authorization code'],
    properties: [INSTANCE_URL_PROPERTY],
    credentials: [CLIENT_ID_PROPERTY, REDIRECT_URI_PROPERTY],
  },
  source: {
    triggers: TRIGGERS_WITHOUT_EVENTS,
    minimumIntervalMinutes: documented(1, PAGE),
    operators: [...TASK_OPERATORS, ...FILTER_OPERATORS.filter((operator) => operator !== 'NOT_EQUAL_TO')],
    operatorsNotInCloudFormation: ['LESS_THAN', 'GREATER_THAN', 'LESS_THAN_OR_EQUAL_TO', 'GREATER_THAN_OR_EQUAL_TO'],
    refusesMissingProjection: REFUSES_MISSING_PROJECTION,
    destinations: documented([
      'CustomerProfiles', 'Honeycode', 'Redshift', 'S3', 'Marketo', 'Salesforce', 'Snowflake', 'Upsolver', 'Zendesk', 'CustomConnector',
    ], PAGE),
    properties: [OBJECT_PROPERTY],
  },
  limits: [
    {
      text: 'The user\'s token has the scopes channels:history, channels:read, groups:history, groups:read, im:history, im:read, mpim:history and mpim:read.',
      source: PAGE,
    },
  ],
};

/** What all ways to sign in to Slack have in common. */
export interface SlackConnectionOptions {
  /** The URL of the Slack workspace, such as `https://acme.slack.com`. At most 256 characters. */
  readonly instanceUrl: string;
}

/** Sign-in to Slack with a user's access token that was obtained before. */
export interface SlackAccessTokenOptions extends SlackConnectionOptions, OAuthAccessTokenOptions {}

/** Sign-in to Slack with an authorization code that a person obtained in a browser. */
export interface SlackAuthorizationCodeOptions extends SlackConnectionOptions, OAuthAuthorizationCodeOptions {}

/**
 * How AppFlow signs in to Slack. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/slack.html
 */
export class SlackConnection implements IConnection {
  /** With a user's access token. */
  public static accessToken(options: SlackAccessTokenOptions): SlackConnection {
    return new SlackConnection(options, options);
  }

  /** With an authorization code that a person obtained in a browser. */
  public static authorizationCode(options: SlackAuthorizationCodeOptions): SlackConnection {
    return new SlackConnection(options, options);
  }

  public readonly connectorType = ConnectorType.SLACK;

  private constructor(private readonly options: SlackConnectionOptions, private readonly credentials: OAuthCredentials) {}

  public bind(scope: Construct): ConnectionConfig {
    return {
      connectorProfileCredentials: renderOAuth(scope, this.credentials),
      connectorProfileProperties: { instanceUrl: this.options.instanceUrl },
    };
  }
}

/** Properties of a Slack source. The object is such as `conversations`, or `conversations/C024BE91L` for a channel. */
export interface SlackSourceProps extends ApplicationSourceOptions {}

/**
 * Takes records from Slack.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/slack.html
 */
export class SlackSource implements IFlowSource {
  public readonly connectorType = ConnectorType.SLACK;

  /**
   * Filters on the object's fields. CloudFormation knows only `equalTo`, `equalToAny` and `between` for Slack: a flow with another one
   * is made through the AppFlow API by the library's custom resource.
   */
  public readonly filter = OrderingFilters._of(ConnectorType.SLACK);

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: SlackSourceProps) {}

  public bind(_scope: Construct): FlowSourceConfig {
    return objectSource(this.connectorProfile, this.props);
  }
}
