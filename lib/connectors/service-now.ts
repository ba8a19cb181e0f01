import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ApplicationSourceOptions } from '../application';
import { type BasicAuthOptions, renderBasic } from '../authentication/basic';
import { type OAuthClientOptions, renderOAuth } from '../authentication/oauth';
import { ConnectorType } from '../connector-type';
import type { ConnectionConfig, FlowSourceConfig, IConnection, IFlowSource } from '../integration';
import { objectSource } from '../private/application-end';
import {
  CLIENT_ID_PROPERTY, INSTANCE_URL_PROPERTY, OBJECT_PROPERTY, REDIRECT_URI_PROPERTY, REFUSES_MISSING_PROJECTION, USERNAME_PROPERTY,
  USUAL_DESTINATIONS,
} from '../private/application-record';
import type { ConnectorRecord } from '../private/connector-record';
import { documented } from '../private/fact';
import { CONTAINS, FILTER_OPERATORS, TASK_OPERATORS, TRIGGER_TYPE } from '../private/vocabulary';
import { AllFilters } from '../tasks/filter';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/servicenow.html';

/** @internal */
export const SERVICE_NOW_RECORD: ConnectorRecord = {
  type: ConnectorType.SERVICE_NOW.name,
  title: 'ServiceNow',
  page: PAGE,
  member: 'ServiceNow',
  l1Member: 'serviceNow',
  profile: {
    inCloudFormation: true,
    authentication: ['user name and password', 'OAuth 2.0'],
    properties: [INSTANCE_URL_PROPERTY],
    credentials: [
      USERNAME_PROPERTY,
      ...[CLIENT_ID_PROPERTY, REDIRECT_URI_PROPERTY].map((property) => ({ ...property, name: `oAuth2Credentials.${property.name}` })),
    ],
  },
  source: {
    triggers: documented([TRIGGER_TYPE.ON_DEMAND, TRIGGER_TYPE.SCHEDULED], PAGE),
    minimumIntervalMinutes: documented(1, PAGE),
    operators: [...TASK_OPERATORS, ...FILTER_OPERATORS, CONTAINS],
    refusesMissingProjection: REFUSES_MISSING_PROJECTION,
    destinations: documented(USUAL_DESTINATIONS, PAGE),
    properties: [OBJECT_PROPERTY],
  },
  limits: [
    { text: 'A run reads at most 100,000 records.', source: PAGE },
    { text: 'Truncating a reference field empties it, and masking it gives null.', source: PAGE },
    { text: 'An incremental pull goes by sys_updated_on.', source: PAGE },
  ],
};

/** What all ways to sign in to ServiceNow have in common. */
export interface ServiceNowConnectionOptions {
  /** The URL of the ServiceNow instance, such as `https://acme.service-now.com`. At most 256 characters. */
  readonly instanceUrl: string;
}

/** Sign-in to ServiceNow with the name and password of a user. */
export interface ServiceNowBasicAuthOptions extends ServiceNowConnectionOptions, BasicAuthOptions {}

/** Sign-in to ServiceNow with OAuth 2.0: with a client that is registered there, and a token or an authorization code. */
export interface ServiceNowOAuth2Options extends ServiceNowConnectionOptions, OAuthClientOptions {
  /**
   * An access token that was obtained before.
   *
   * @default - none
   */
  readonly accessToken?: SecretValue;

  /**
   * A token that was obtained before, with which AppFlow obtains access tokens.
   *
   * @default - none
   */
  readonly refreshToken?: SecretValue;

  /**
   * The authorization code that a person obtained in a browser. It can be used once and for a short time.
   *
   * @default - none
   */
  readonly authCode?: SecretValue;

  /**
   * The redirect URI with which the authorization code was obtained.
   *
   * @default - none
   */
  readonly redirectUri?: string;
}

/**
 * How AppFlow signs in to ServiceNow. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/servicenow.html
 */
export class ServiceNowConnection implements IConnection {
  /** With the name and password of a user. */
  public static basic(options: ServiceNowBasicAuthOptions): ServiceNowConnection {
    return new ServiceNowConnection(options, (scope) => renderBasic(scope, options));
  }

  /** With OAuth 2.0. */
  public static oAuth2(options: ServiceNowOAuth2Options): ServiceNowConnection {
    return new ServiceNowConnection(options, (scope) => ({ oAuth2Credentials: renderOAuth(scope, options) }));
  }

  public readonly connectorType = ConnectorType.SERVICE_NOW;

  private constructor(
    private readonly options: ServiceNowConnectionOptions,
    private readonly renderCredentials: (scope: Construct) => Record<string, unknown>,
  ) {}

  public bind(scope: Construct): ConnectionConfig {
    return {
      connectorProfileCredentials: this.renderCredentials(scope),
      connectorProfileProperties: { instanceUrl: this.options.instanceUrl },
    };
  }
}

/** Properties of a ServiceNow source. The object is such as the table `incident`. */
export interface ServiceNowSourceProps extends ApplicationSourceOptions {}

/**
 * Takes records from ServiceNow.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/servicenow.html
 */
export class ServiceNowSource implements IFlowSource {
  public readonly connectorType = ConnectorType.SERVICE_NOW;

  /** Filters on the object's fields. */
  public readonly filter = AllFilters._of(ConnectorType.SERVICE_NOW);

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: ServiceNowSourceProps) {}

  public bind(_scope: Construct): FlowSourceConfig {
    return objectSource(this.connectorProfile, this.props);
  }
}
