import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ApplicationDestinationOptions, ApplicationSourceOptions } from '../application';
import {
  type OAuthAccessTokenOptions, type OAuthAuthorizationCodeOptions, type OAuthCredentials, renderOAuth,
} from '../authentication/oauth';
import { ConnectorType } from '../connector-type';
import type { ConnectionConfig, FlowDestinationConfig, FlowSourceConfig, IConnection, IFlowDestination, IFlowSource } from '../integration';
import { objectSource, writing } from '../private/application-end';
import {
  CLIENT_ID_PROPERTY, INSTANCE_URL_PROPERTY, OBJECT_PROPERTY, REDIRECT_URI_PROPERTY, REFUSES_MISSING_PROJECTION, TRIGGERS_WITHOUT_EVENTS,
  USUAL_DESTINATIONS,
} from '../private/application-record';
import type { ConnectorRecord } from '../private/connector-record';
import { WRITING_PROPERTIES } from '../private/constraints';
import { documented, inferred } from '../private/fact';
import { TASK_OPERATORS } from '../private/vocabulary';
import { GreaterThanFilters } from '../tasks/filter';
import type { WriteOperation } from '../write-operation';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/zendesk.html';

/** @internal */
export const ZENDESK_RECORD: ConnectorRecord = {
  type: ConnectorType.ZENDESK.name,
  title: 'Zendesk',
  page: PAGE,
  member: 'Zendesk',
  l1Member: 'zendesk',
  profile: {
    inCloudFormation: true,
    authentication: ['OAuth 2.0 access token', 'OAuth 2.0 authorization code'],
    properties: [INSTANCE_URL_PROPERTY],
    credentials: [CLIENT_ID_PROPERTY, REDIRECT_URI_PROPERTY],
  },
  source: {
    triggers: TRIGGERS_WITHOUT_EVENTS,
    minimumIntervalMinutes: documented(1, PAGE),
    operators: [...TASK_OPERATORS, 'GREATER_THAN'],
    refusesMissingProjection: REFUSES_MISSING_PROJECTION,
    destinations: documented(USUAL_DESTINATIONS, PAGE),
    properties: [OBJECT_PROPERTY],
  },
  destination: {
    inCloudFormation: true,
    writeOperations: {
      INSERT: {},
      // The page names the field of each; that the service refuses a write operation without was seen with Salesforce.
      UPDATE: { needsIdFields: inferred(true, PAGE) },
      UPSERT: { needsIdFields: inferred(true, PAGE) },
      // The API has it for all destinations that take changes; the page leaves it out.
      DELETE: { supported: inferred(false, PAGE) },
    },
    properties: [OBJECT_PROPERTY, ...WRITING_PROPERTIES],
    catalog: false,
    partitionKeys: false,
    errorHandling: true,
  },
};

/** What all ways to sign in to Zendesk have in common. */
export interface ZendeskConnectionOptions {
  /** The URL of the Zendesk account, such as `https://acme.zendesk.com`. At most 256 characters. */
  readonly instanceUrl: string;
}

/** Sign-in to Zendesk with an access token that was obtained before. */
export interface ZendeskAccessTokenOptions extends ZendeskConnectionOptions, OAuthAccessTokenOptions {}

/** Sign-in to Zendesk with an authorization code that a person obtained in a browser. */
export interface ZendeskAuthorizationCodeOptions extends ZendeskConnectionOptions, OAuthAuthorizationCodeOptions {}

/**
 * How AppFlow signs in to Zendesk. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * The OAuth client in Zendesk has the unique identifier `aws_integration_to_Zendesk`.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/zendesk.html
 */
export class ZendeskConnection implements IConnection {
  /** With an access token. */
  public static accessToken(options: ZendeskAccessTokenOptions): ZendeskConnection {
    return new ZendeskConnection(options, options);
  }

  /** With an authorization code that a person obtained in a browser. */
  public static authorizationCode(options: ZendeskAuthorizationCodeOptions): ZendeskConnection {
    return new ZendeskConnection(options, options);
  }

  public readonly connectorType = ConnectorType.ZENDESK;

  private constructor(private readonly options: ZendeskConnectionOptions, private readonly credentials: OAuthCredentials) {}

  public bind(scope: Construct): ConnectionConfig {
    return {
      connectorProfileCredentials: renderOAuth(scope, this.credentials),
      connectorProfileProperties: { instanceUrl: this.options.instanceUrl },
    };
  }
}

/** Properties of a Zendesk source. The object is such as `tickets`. */
export interface ZendeskSourceProps extends ApplicationSourceOptions {}

/**
 * Takes records from Zendesk.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/zendesk.html
 */
export class ZendeskSource implements IFlowSource {
  public readonly connectorType = ConnectorType.ZENDESK;

  /** Filters on the object's fields. Zendesk has "greater than" alone. */
  public readonly filter = GreaterThanFilters._of(ConnectorType.ZENDESK);

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: ZendeskSourceProps) {}

  public bind(_scope: Construct): FlowSourceConfig {
    return objectSource(this.connectorProfile, this.props);
  }
}

/** Properties of a Zendesk destination. The object is such as `tickets`. */
export interface ZendeskDestinationProps extends ApplicationDestinationOptions {
  /**
   * What AppFlow does with each record: insert; update, by the record id or an external field; upsert, by an external field.
   *
   * @default WriteOperation.insert()
   */
  readonly writeOperation?: WriteOperation;
}

/**
 * Writes records to Zendesk.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/zendesk.html
 */
export class ZendeskDestination implements IFlowDestination {
  public readonly connectorType = ConnectorType.ZENDESK;

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: ZendeskDestinationProps) {}

  public bind(scope: Construct): FlowDestinationConfig {
    const { properties, dependencies } = writing(scope, this.props);
    return {
      connectorProfile: this.connectorProfile,
      apiVersion: this.props.apiVersion,
      destinationConnectorProperties: { object: this.props.object, ...properties },
      dependencies,
    };
  }
}
