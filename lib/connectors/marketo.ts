import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ApplicationDestinationOptions, ApplicationSourceOptions } from '../application';
import { type OAuthAuthorizationCodeOptions, type OAuthClientOptions, type OAuthCredentials, renderOAuth } from '../authentication/oauth';
import { ConnectorType } from '../connector-type';
import { bindErrorHandling } from '../error-handling';
import type { ConnectionConfig, FlowDestinationConfig, FlowSourceConfig, IConnection, IFlowDestination, IFlowSource } from '../integration';
import { objectSource } from '../private/application-end';
import {
  CLIENT_ID_PROPERTY, INSTANCE_URL_PROPERTY, OBJECT_PROPERTY, REDIRECT_URI_PROPERTY, REFUSES_MISSING_PROJECTION, USUAL_DESTINATIONS,
} from '../private/application-record';
import type { ConnectorRecord } from '../private/connector-record';
import { ERROR_HANDLING_PROPERTIES } from '../private/constraints';
import { documented } from '../private/fact';
import { TASK_OPERATORS, TRIGGER_TYPE } from '../private/vocabulary';
import { RangeFilters } from '../tasks/filter';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/marketo.html';
const QUOTAS_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/service-quotas.html';

/** @internal */
export const MARKETO_RECORD: ConnectorRecord = {
  type: ConnectorType.MARKETO.name,
  title: 'Marketo',
  page: PAGE,
  member: 'Marketo',
  l1Member: 'marketo',
  profile: {
    inCloudFormation: true,
    authentication: ['OAuth 2.0 client credentials', 'OAuth 2.0 authorization code'],
    properties: [INSTANCE_URL_PROPERTY],
    credentials: [CLIENT_ID_PROPERTY, REDIRECT_URI_PROPERTY],
  },
  source: {
    triggers: documented(
      [TRIGGER_TYPE.ON_DEMAND, TRIGGER_TYPE.SCHEDULED],
      'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_DescribeConnectors.html',
    ),
    minimumIntervalMinutes: documented(60, PAGE),
    operators: [...TASK_OPERATORS, 'LESS_THAN', 'GREATER_THAN', 'BETWEEN'],
    refusesMissingProjection: REFUSES_MISSING_PROJECTION,
    destinations: documented(USUAL_DESTINATIONS, PAGE),
    properties: [OBJECT_PROPERTY],
  },
  destination: {
    inCloudFormation: true,
    properties: [OBJECT_PROPERTY, ...ERROR_HANDLING_PROPERTIES],
    catalog: false,
    partitionKeys: false,
    errorHandling: true,
  },
  limits: [
    { text: 'A run reads at most 1 GB; the page of the service quotas says 20 MB.', source: PAGE },
    { text: 'A run writes at most 500 MB.', source: QUOTAS_PAGE },
    { text: 'Marketo imports 2 jobs at a time and queues 10; further ones fail with error 1016.', source: PAGE },
  ],
};

/** What all ways to sign in to Marketo have in common. */
export interface MarketoConnectionOptions {
  /** The base URL of the account, which has its Munchkin id in it: `https://123-ABC-456.mktorest.com`. At most 256 characters. */
  readonly instanceUrl: string;
}

/** Sign-in to Marketo with the id and secret of a client. */
export interface MarketoClientCredentialsOptions extends MarketoConnectionOptions, OAuthClientOptions {
  /**
   * An access token, to be sent along.
   *
   * @default - AppFlow obtains one with the client's id and secret
   */
  readonly accessToken?: SecretValue;
}

/** Sign-in to Marketo with an authorization code that a person obtained in a browser. */
export interface MarketoAuthorizationCodeOptions extends MarketoConnectionOptions, OAuthAuthorizationCodeOptions {}

/**
 * How AppFlow signs in to Marketo. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/marketo.html
 */
export class MarketoConnection implements IConnection {
  /** With the id and secret of a client. */
  public static clientCredentials(options: MarketoClientCredentialsOptions): MarketoConnection {
    return new MarketoConnection(options, options);
  }

  /** With an authorization code that a person obtained in a browser. */
  public static authorizationCode(options: MarketoAuthorizationCodeOptions): MarketoConnection {
    return new MarketoConnection(options, options);
  }

  public readonly connectorType = ConnectorType.MARKETO;

  private constructor(private readonly options: MarketoConnectionOptions, private readonly credentials: OAuthCredentials) {}

  public bind(scope: Construct): ConnectionConfig {
    return {
      connectorProfileCredentials: renderOAuth(scope, this.credentials),
      connectorProfileProperties: { instanceUrl: this.options.instanceUrl },
    };
  }
}

/** Properties of a Marketo source. The object is such as `leads`. */
export interface MarketoSourceProps extends ApplicationSourceOptions {}

/**
 * Takes records from Marketo, at most once an hour.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/marketo.html
 */
export class MarketoSource implements IFlowSource {
  public readonly connectorType = ConnectorType.MARKETO;

  /** Filters on the object's fields. */
  public readonly filter = RangeFilters._of(ConnectorType.MARKETO);

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: MarketoSourceProps) {}

  public bind(_scope: Construct): FlowSourceConfig {
    return objectSource(this.connectorProfile, this.props);
  }
}

/** Properties of a Marketo destination. The object is such as `leads`. */
export interface MarketoDestinationProps extends ApplicationDestinationOptions {}

/**
 * Adds records to Marketo.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/marketo.html
 */
export class MarketoDestination implements IFlowDestination {
  public readonly connectorType = ConnectorType.MARKETO;

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: MarketoDestinationProps) {}

  public bind(scope: Construct): FlowDestinationConfig {
    const { properties, dependencies } = bindErrorHandling(scope, this.props.errorHandling);
    return {
      connectorProfile: this.connectorProfile,
      apiVersion: this.props.apiVersion,
      destinationConnectorProperties: { object: this.props.object, ...properties },
      dependencies,
    };
  }
}
