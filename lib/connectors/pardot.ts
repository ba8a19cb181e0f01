import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ApplicationSourceOptions } from '../application';
import {
  bindConnectedApp, type ConnectedAppAccessTokenOptions, type ConnectedAppAuthorizationCodeOptions, type ConnectedAppCredentials,
  type ConnectedAppRefreshTokenOptions,
} from '../authentication/connected-app';
import { ConnectorType } from '../connector-type';
import type { ConnectionConfig, FlowSourceConfig, IConnection, IFlowSource } from '../integration';
import { objectSource } from '../private/application-end';
import {
  INSTANCE_URL_PROPERTY, OBJECT_PROPERTY, REDIRECT_URI_PROPERTY, REFUSES_MISSING_PROJECTION, TRIGGERS_WITHOUT_EVENTS, USUAL_DESTINATIONS,
} from '../private/application-record';
import type { ConnectorRecord } from '../private/connector-record';
import { CLIENT_CREDENTIALS_ARN, noBlanks } from '../private/constraints';
import { documented } from '../private/fact';
import { literalString, quote } from '../private/values';
import { TASK_OPERATORS } from '../private/vocabulary';
import { EqualToFilters } from '../tasks/filter';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/pardot.html';

/** @internal */
export const PARDOT_RECORD: ConnectorRecord = {
  type: ConnectorType.PARDOT.name,
  title: 'Salesforce Pardot',
  page: PAGE,
  member: 'Pardot',
  l1Member: 'pardot',
  profile: {
    inCloudFormation: true,
    authentication: ['OAuth 2.0 refresh token', 'OAuth 2.0 access token', 'OAuth 2.0 authorization code'],
    properties: [
      INSTANCE_URL_PROPERTY,
      { name: 'businessUnitId', title: 'business unit id', constraint: noBlanks(18) },
    ],
    credentials: [
      REDIRECT_URI_PROPERTY,
      { name: 'clientCredentialsArn', title: 'ARN of the client credentials', constraint: CLIENT_CREDENTIALS_ARN },
    ],
  },
  source: {
    // The page lists EventBridge as a destination, which takes event flows alone, and the page of EventBridge lists Salesforce events alone.
    triggers: TRIGGERS_WITHOUT_EVENTS,
    minimumIntervalMinutes: documented(1, PAGE),
    operators: [...TASK_OPERATORS, 'EQUAL_TO'],
    refusesMissingProjection: REFUSES_MISSING_PROJECTION,
    destinations: documented([...USUAL_DESTINATIONS, 'EventBridge'], PAGE),
    properties: [OBJECT_PROPERTY],
    // Of the edition with the most.
    dailyLimits: [{ title: 'calls of its API', most: documented(100_000, PAGE) }],
  },
  limits: [
    { text: 'AppFlow uses version 4 of the Pardot API.', source: PAGE },
    { text: 'Pardot allows 25,000 calls a day (Pro) or 100,000 (Ultimate), and answers further ones with error 122.', source: PAGE },
  ],
  profileRules: [
    {
      code: 'business-unit-id-unusual',
      // The service is not known to look at it.
      evidence: 'inferred',
      source: PAGE,
      broken: (profile) => {
        const id = literalString(profile.properties.businessUnitId);
        // The service model has its own word on longer ones.
        return id !== undefined && id.length <= 18 && !/^0Uv.{15}$/.test(id)
          ? [{
            at: ['properties', 'businessUnitId'],
            what: 'the business unit id does not look like those that Pardot gives',
            got: quote(id),
            allowed: '18 characters that start with 0Uv',
            remedy: 'copy it from Salesforce, or acknowledge this if it works for you',
          }]
          : [];
      },
    },
  ],
};

/** What all ways to sign in to Salesforce Pardot have in common. */
export interface PardotConnectionOptions {
  /** The id of the Pardot business unit: 18 characters that start with `0Uv`. */
  readonly businessUnitId: string;

  /**
   * The location of the Salesforce organisation, such as `https://acme.my.salesforce.com`. At most 256 characters.
   *
   * @default - Salesforce's own login page
   */
  readonly instanceUrl?: string;

  /**
   * Whether the organisation is a sandbox.
   *
   * @default false
   */
  readonly sandbox?: boolean;
}

/** Sign-in to Salesforce Pardot with tokens that were obtained before. */
export interface PardotRefreshTokenOptions extends PardotConnectionOptions, ConnectedAppRefreshTokenOptions {}

/** Sign-in to Salesforce Pardot with an access token that was obtained before. */
export interface PardotAccessTokenOptions extends PardotConnectionOptions, ConnectedAppAccessTokenOptions {}

/** Sign-in to Salesforce Pardot with an authorization code that a person obtained in a browser. */
export interface PardotAuthorizationCodeOptions extends PardotConnectionOptions, ConnectedAppAuthorizationCodeOptions {}

/**
 * How AppFlow signs in to Salesforce Pardot. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is
 * deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/pardot.html
 */
export class PardotConnection implements IConnection {
  /** With a refresh token, which AppFlow renews its access with. */
  public static refreshToken(options: PardotRefreshTokenOptions): PardotConnection {
    return new PardotConnection(options, options);
  }

  /** With an access token alone: the connection ends when the token expires. */
  public static accessToken(options: PardotAccessTokenOptions): PardotConnection {
    return new PardotConnection(options, options);
  }

  /** With an authorization code that a person obtained in a browser. */
  public static authorizationCode(options: PardotAuthorizationCodeOptions): PardotConnection {
    return new PardotConnection(options, options);
  }

  public readonly connectorType = ConnectorType.PARDOT;

  private constructor(private readonly options: PardotConnectionOptions, private readonly credentials: ConnectedAppCredentials) {}

  public bind(scope: Construct): ConnectionConfig {
    return {
      ...bindConnectedApp(scope, this.credentials),
      connectorProfileProperties: {
        instanceUrl: this.options.instanceUrl,
        isSandboxEnvironment: this.options.sandbox,
        businessUnitId: this.options.businessUnitId,
      },
    };
  }
}

/** Properties of a Salesforce Pardot source. */
export interface PardotSourceProps extends ApplicationSourceOptions {}

/**
 * Takes records from Salesforce Pardot.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/pardot.html
 */
export class PardotSource implements IFlowSource {
  public readonly connectorType = ConnectorType.PARDOT;

  /** Filters on the object's fields. */
  public readonly filter = EqualToFilters._of(ConnectorType.PARDOT);

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: PardotSourceProps) {}

  public bind(_scope: Construct): FlowSourceConfig {
    return objectSource(this.connectorProfile, this.props);
  }
}
