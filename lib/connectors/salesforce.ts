import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ApplicationDestinationOptions } from '../application';
import {
  bindConnectedApp, type ConnectedAppAccessTokenOptions, type ConnectedAppAuthorizationCodeOptions, type ConnectedAppCredentials,
  type ConnectedAppRefreshTokenOptions,
} from '../authentication/connected-app';
import { renderSecret } from '../authentication/credential';
import { ConnectorType } from '../connector-type';
import type {
  ConnectionConfig, FlowDestinationConfig, FlowSourceConfig, IConnection, IEventFlowSource, IFlowDestination,
} from '../integration';
import { writing } from '../private/application-end';
import { INSTANCE_URL_PROPERTY, OBJECT_PROPERTY, REDIRECT_URI_PROPERTY } from '../private/application-record';
import type { ConnectorRecord, PropertyRecord } from '../private/connector-record';
import { CLIENT_CREDENTIALS_ARN, OAUTH2_GRANT_TYPES, oneOf, WRITING_PROPERTIES } from '../private/constraints';
import { documented, inferred } from '../private/fact';
import { hasToken, lacking, ownCredentials } from '../private/rules/sign-in';
import { literalString, quote } from '../private/values';
import { CONTAINS, FILTER_OPERATORS, TASK_OPERATORS, TRIGGER_TYPE } from '../private/vocabulary';
import { AllFilters } from '../tasks/filter';
import type { WriteOperation } from '../write-operation';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/salesforce.html';
const QUOTAS_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/service-quotas.html';
const PRIVATE_LINK_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/private-flows.html';
const CREDENTIALS_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SalesforceConnectorProfileCredentials.html';
const CREDENTIALS_REFERENCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-appflow-connectorprofile-salesforceconnectorprofilecredentials.html';
const DESTINATION_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SalesforceDestinationProperties.html';
const BULK_LIMITS_PAGE = 'https://developer.salesforce.com/docs/atlas.en-us.228.0.api_bulk_v2.meta/api_bulk_v2/bulk_api_2_limits.htm';

const DATA_TRANSFER_API: PropertyRecord = {
  name: 'dataTransferApi',
  title: 'data transfer API',
  constraint: oneOf('AUTOMATIC', 'BULKV2', 'REST_SYNC'),
};

const CLIENT_CREDENTIALS = 'CLIENT_CREDENTIALS';
const JWT_BEARER = 'JWT_BEARER';

/** @internal */
export const SALESFORCE_RECORD: ConnectorRecord = {
  type: ConnectorType.SALESFORCE.name,
  title: 'Salesforce',
  page: PAGE,
  member: 'Salesforce',
  l1Member: 'salesforce',
  profile: {
    inCloudFormation: true,
    authentication: ['OAuth 2.0 refresh token', 'OAuth 2.0 access token', 'OAuth 2.0 JWT bearer', 'OAuth 2.0 authorization code', 'OAuth 2.0 client credentials'],
    properties: [INSTANCE_URL_PROPERTY],
    credentials: [
      REDIRECT_URI_PROPERTY,
      { name: 'clientCredentialsArn', title: 'ARN of the client credentials', constraint: CLIENT_CREDENTIALS_ARN },
      { name: 'oAuth2GrantType', title: 'grant type', constraint: oneOf(...OAUTH2_GRANT_TYPES) },
    ],
    privateLink: {
      supported: documented(true, PRIVATE_LINK_PAGE),
      regions: inferred(
        ['us-east-1', 'us-west-2', 'ap-northeast-1', 'ap-south-1', 'ap-southeast-2', 'ca-central-1', 'eu-central-1'],
        PRIVATE_LINK_PAGE,
      ),
    },
  },
  source: {
    triggers: documented([TRIGGER_TYPE.ON_DEMAND, TRIGGER_TYPE.SCHEDULED, TRIGGER_TYPE.EVENT], PAGE),
    minimumIntervalMinutes: documented(1, PAGE),
    operators: [...TASK_OPERATORS, ...FILTER_OPERATORS, CONTAINS],
    refusesMissingProjection: documented(true, 'CreateFlow answers: You must specify a projection task or a MAP_ALL task'),
    destinations: documented([
      'CustomerProfiles', 'EventBridge', 'Honeycode', 'LookoutMetrics', 'Redshift', 'S3', 'Marketo', 'Salesforce', 'Snowflake', 'Upsolver', 'Zendesk',
      'CustomConnector',
    ], PAGE),
    properties: [OBJECT_PROPERTY, DATA_TRANSFER_API],
    dailyLimits: [{
      title: 'query jobs of Bulk API 2.0',
      most: documented(10_000, BULK_LIMITS_PAGE),
      counts: ({ dataTransferApi }) => dataTransferApi === 'BULKV2',
    }],
  },
  destination: {
    inCloudFormation: true,
    writeOperations: {
      INSERT: {},
      UPDATE: {
        needsIdFields: documented(true, 'CreateFlow answers: Atleast one field must be specified in idFieldNames for the UPDATE Operation'),
      },
      UPSERT: {
        needsIdFields: documented(true, DESTINATION_API),
        // Older revisions of the API allowed one field; the current model has no maximum.
        maxIdFields: inferred(1, DESTINATION_API),
      },
      DELETE: {},
    },
    properties: [OBJECT_PROPERTY, DATA_TRANSFER_API, ...WRITING_PROPERTIES],
    catalog: false,
    partitionKeys: false,
    errorHandling: true,
  },
  limits: [
    { text: 'A run reads at most 15 GB, and writes at most 500 MB of records.', source: QUOTAS_PAGE },
    { text: 'An event has at most 1 MB; Salesforce may drop events when more than 10 MB wait.', source: QUOTAS_PAGE },
    { text: 'Bulk API 2.0 does not transfer compound fields.', source: PAGE },
    { text: 'An event flow needs Change Data Capture to be enabled in Salesforce.', source: PAGE },
    { text: 'Fields that the source gets later are imported by flows to Amazon S3 alone.', source: PAGE },
  ],
  rules: [
    {
      code: 'dynamic-field-update-without-s3',
      evidence: 'inferred',
      source: `${PAGE} says that new fields are imported from Salesforce to S3 alone; flows to other destinations were seen to be accepted`,
      broken: (plan) => plan.source.properties.enableDynamicFieldUpdate === true
        && literalString(plan.destination.connectorType) !== undefined && plan.destination.connectorType !== ConnectorType.S3.name
        ? [{
          at: ['source', 'properties', 'enableDynamicFieldUpdate'],
          what: 'fields that the source gets later are imported by flows to Amazon S3 alone',
          got: `enableDynamicFieldUpdate with ${plan.destination.connectorType} as the destination`,
          allowed: 'S3',
          remedy: 'leave enableDynamicFieldUpdate out, or write to an S3Destination',
        }]
        : [],
    },
    {
      code: 'event-object-is-no-event',
      evidence: 'inferred',
      source: `${PAGE} describes change events and platform events`,
      broken: (plan) => {
        const object = literalString(plan.source.properties.object);
        return plan.trigger.type === TRIGGER_TYPE.EVENT && plan.source.connectorType === ConnectorType.SALESFORCE.name && object !== undefined
          && !/(Events?|EventStream|__e)$/.test(object)
          ? [{
            at: ['source', 'properties', 'object'],
            what: 'the object of this event flow does not look like an event, and Salesforce publishes nothing for an ordinary object',
            got: quote(object),
            allowed: `a change event such as '${object.replace(/__c$/, '__')}ChangeEvent', or a platform event such as 'Order__e'`,
            remedy: 'name the event that the flow is to subscribe to',
          }]
          : [];
      },
    },
  ],
  profileRules: [
    {
      code: 'private-link-option-without-private-mode',
      evidence: 'inferred',
      source: PRIVATE_LINK_PAGE,
      broken: (profile) => profile.properties.usePrivateLinkForMetadataAndAuthorization === true && profile.connectionMode === 'Public'
        ? [{
          at: ['properties', 'usePrivateLinkForMetadataAndAuthorization'],
          what: 'AWS PrivateLink for metadata and authorization takes effect only with a private connection',
          got: 'the connection mode Public',
          allowed: 'Private',
          remedy: 'set connectionMode: ConnectionMode.PRIVATE, or leave usePrivateLinkForMetadataAndAuthorization out',
        }]
        : [],
    },
    {
      code: 'salesforce-client-credentials-grant',
      // The API has the grant type; with nothing but it, CreateConnectorProfile was seen to ask for an authorization code.
      evidence: 'inferred',
      source: CREDENTIALS_REFERENCE,
      broken: (profile) => ownCredentials(profile)?.oAuth2GrantType === CLIENT_CREDENTIALS
        ? [{
          at: ['credentials', 'oAuth2GrantType'],
          what: 'Salesforce may refuse the grant type of this connection, which the CloudFormation documentation calls unsupported',
          got: CLIENT_CREDENTIALS,
          allowed: 'AUTHORIZATION_CODE or JWT_BEARER',
          remedy: 'use SalesforceConnection.jwtBearer or refreshToken, or acknowledge this if it works for you',
        }]
        : [],
    },
    {
      code: 'salesforce-token-missing',
      evidence: 'documented',
      source: 'CreateConnectorProfile answers: AuthCode cannot be blank for connector: SALESFORCE',
      broken: (profile) => {
        const credentials = ownCredentials(profile);
        const grantType = credentials?.oAuth2GrantType;
        // Client credentials have a rule of their own; so may have a grant type that is known only at deploy time.
        const isOther = grantType === undefined || (literalString(grantType) !== undefined && grantType !== CLIENT_CREDENTIALS);
        return credentials !== undefined && isOther && !hasToken(credentials)
          ? [{
            at: ['credentials'],
            what: 'AppFlow has nothing to sign in to Salesforce with',
            got: 'no token and no authorization code',
            allowed: 'refreshToken, accessToken, jwtToken, or oAuthRequest with authCode',
            remedy: 'obtain one before the deployment, or make the connector profile in the console and refer to it by its name',
          }]
          : [];
      },
    },
    {
      code: 'salesforce-jwt-incomplete',
      evidence: 'inferred',
      source: CREDENTIALS_API,
      broken: (profile) => {
        const credentials = ownCredentials(profile) ?? {};
        const missing = credentials.oAuth2GrantType === JWT_BEARER && hasToken(credentials) ? lacking(credentials, ['jwtToken', 'clientCredentialsArn'])
          : credentials.jwtToken !== undefined && credentials.oAuth2GrantType === undefined ? ['oAuth2GrantType'] : [];
        return missing.map((name) => ({
          at: ['credentials', name],
          what: 'sign-in to Salesforce with a JSON web token takes the token, the grant type JWT_BEARER, and the client credentials of a connected app',
          got: `no ${name}`,
          remedy: `give ${name}, too, or use SalesforceConnection.jwtBearer`,
        }));
      },
    },
  ],
};

/**
 * Which Salesforce API AppFlow transfers records with.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/salesforce.html
 */
export enum SalesforceDataTransferApi {
  /** By the size of the transfer: from one million records on (as a destination, from 1,000 on) Bulk API 2.0, otherwise the REST API. */
  AUTOMATIC = 'AUTOMATIC',
  /** Bulk API 2.0. Does not transfer compound fields. */
  BULKV2 = 'BULKV2',
  /** The REST API, which may time out on very large transfers. */
  REST_SYNC = 'REST_SYNC',
}

/** What all ways to sign in to Salesforce have in common. */
export interface SalesforceConnectionOptions {
  /**
   * The location of the Salesforce organisation, such as `https://acme.my.salesforce.com`.
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

  /**
   * Whether calls for metadata and authorization, too, go through AWS PrivateLink. Takes effect only with a private connection mode.
   *
   * @default false
   */
  readonly usePrivateLinkForMetadataAndAuthorization?: boolean;
}

/** Sign-in with tokens that were obtained before. */
export interface SalesforceRefreshTokenOptions extends SalesforceConnectionOptions, ConnectedAppRefreshTokenOptions {}

/** Sign-in with an access token that was obtained before. */
export interface SalesforceAccessTokenOptions extends SalesforceConnectionOptions, ConnectedAppAccessTokenOptions {}

/** Sign-in with a JSON web token, without a person. */
export interface SalesforceJwtBearerOptions extends SalesforceConnectionOptions {
  /** The JSON web token. */
  readonly jwtToken: SecretValue;

  /**
   * The secret with the `clientId` and `clientSecret` of the customer's connected app.
   */
  readonly clientCredentials: secretsmanager.ISecretRef;
}

/** Sign-in with an authorization code that a person obtained in a browser. */
export interface SalesforceAuthorizationCodeOptions extends SalesforceConnectionOptions, ConnectedAppAuthorizationCodeOptions {}

/** Sign-in of a connected app in its own name. */
export interface SalesforceClientCredentialsOptions extends SalesforceConnectionOptions {
  /** The secret with the `clientId` and `clientSecret` of the connected app. */
  readonly clientCredentials: secretsmanager.ISecretRef;
}

interface SalesforceCredentials extends ConnectedAppCredentials {
  readonly grantType?: string;
  readonly jwtToken?: SecretValue;
}

/**
 * How AppFlow signs in to Salesforce. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/salesforce.html
 */
export class SalesforceConnection implements IConnection {
  /** With a refresh token, which AppFlow renews its access with. */
  public static refreshToken(options: SalesforceRefreshTokenOptions): SalesforceConnection {
    return new SalesforceConnection(options, options);
  }

  /** With an access token alone: the connection ends when the token expires. */
  public static accessToken(options: SalesforceAccessTokenOptions): SalesforceConnection {
    return new SalesforceConnection(options, options);
  }

  /** With a JSON web token, signed with the key of the customer's own connected app. */
  public static jwtBearer(options: SalesforceJwtBearerOptions): SalesforceConnection {
    return new SalesforceConnection(options, { ...options, grantType: 'JWT_BEARER' });
  }

  /** With an authorization code that a person obtained in a browser. */
  public static authorizationCode(options: SalesforceAuthorizationCodeOptions): SalesforceConnection {
    return new SalesforceConnection(options, { ...options, grantType: 'AUTHORIZATION_CODE' });
  }

  /**
   * With the connected app's own credentials.
   *
   * The AppFlow API has this grant type, and the CloudFormation documentation says that Salesforce does not support it: a warning says so
   * (`appflow-constructs:salesforce-client-credentials-grant`).
   */
  public static clientCredentials(options: SalesforceClientCredentialsOptions): SalesforceConnection {
    return new SalesforceConnection(options, { ...options, grantType: 'CLIENT_CREDENTIALS' });
  }

  public readonly connectorType = ConnectorType.SALESFORCE;

  private readonly options: SalesforceConnectionOptions;
  private readonly credentials: SalesforceCredentials;

  private constructor(options: SalesforceConnectionOptions, credentials: SalesforceCredentials) {
    this.options = options;
    this.credentials = credentials;
  }

  public bind(scope: Construct): ConnectionConfig {
    const { grantType } = this.credentials;
    const { connectorProfileCredentials, dependencies } = bindConnectedApp(scope, this.credentials);
    return {
      connectorProfileCredentials: {
        ...connectorProfileCredentials,
        oAuth2GrantType: grantType,
        jwtToken: renderSecret(scope, 'jwtToken', this.credentials.jwtToken),
      },
      connectorProfileProperties: {
        instanceUrl: this.options.instanceUrl,
        isSandboxEnvironment: this.options.sandbox,
        usePrivateLinkForMetadataAndAuthorization: this.options.usePrivateLinkForMetadataAndAuthorization,
      },
      dependencies,
    };
  }
}

/** Properties of a Salesforce source. */
export interface SalesforceSourceProps {
  /**
   * The object to read, such as `Account`; for an event flow the event, such as `AccountChangeEvent` or `Order__e`.
   */
  readonly object: string;

  /**
   * The version of the Salesforce API, such as `v58.0`.
   *
   * @default - AppFlow chooses
   */
  readonly apiVersion?: string;

  /**
   * Which Salesforce API AppFlow transfers records with.
   *
   * @default - not sent; AppFlow chooses by the size of the transfer
   */
  readonly dataTransferApi?: SalesforceDataTransferApi;

  /**
   * Whether fields that the object gets later are imported, too. Only for flows to Amazon S3 that map all fields.
   *
   * @default false
   */
  readonly enableDynamicFieldUpdate?: boolean;

  /**
   * Whether deleted records are read.
   *
   * @default false
   */
  readonly includeDeletedRecords?: boolean;
}

/**
 * Takes records from Salesforce.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/salesforce.html
 */
export class SalesforceSource implements IEventFlowSource {
  public readonly connectorType = ConnectorType.SALESFORCE;

  /** Filters on the object's fields. */
  public readonly filter = AllFilters._of(ConnectorType.SALESFORCE);

  public readonly eventName: string;

  private readonly connectorProfile: appflow.IConnectorProfileRef;
  private readonly props: SalesforceSourceProps;

  constructor(connectorProfile: appflow.IConnectorProfileRef, props: SalesforceSourceProps) {
    this.connectorProfile = connectorProfile;
    this.props = props;
    this.eventName = props.object;
  }

  public bind(_scope: Construct): FlowSourceConfig {
    return {
      connectorProfile: this.connectorProfile,
      apiVersion: this.props.apiVersion,
      sourceConnectorProperties: {
        object: this.props.object,
        enableDynamicFieldUpdate: this.props.enableDynamicFieldUpdate,
        includeDeletedRecords: this.props.includeDeletedRecords,
        dataTransferApi: this.props.dataTransferApi,
      },
    };
  }
}

/** Properties of a Salesforce destination. The object is such as `Account`. */
export interface SalesforceDestinationProps extends ApplicationDestinationOptions {
  /**
   * What AppFlow does with each record.
   *
   * @default WriteOperation.insert()
   */
  readonly writeOperation?: WriteOperation;

  /**
   * Which Salesforce API AppFlow transfers records with.
   *
   * @default - not sent; AppFlow chooses by the size of the transfer
   */
  readonly dataTransferApi?: SalesforceDataTransferApi;
}

/**
 * Writes records to Salesforce.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/salesforce.html
 */
export class SalesforceDestination implements IFlowDestination {
  public readonly connectorType = ConnectorType.SALESFORCE;

  private readonly connectorProfile: appflow.IConnectorProfileRef;
  private readonly props: SalesforceDestinationProps;

  constructor(connectorProfile: appflow.IConnectorProfileRef, props: SalesforceDestinationProps) {
    this.connectorProfile = connectorProfile;
    this.props = props;
  }

  public bind(scope: Construct): FlowDestinationConfig {
    const { properties, dependencies } = writing(scope, this.props);
    return {
      connectorProfile: this.connectorProfile,
      apiVersion: this.props.apiVersion,
      destinationConnectorProperties: { object: this.props.object, ...properties, dataTransferApi: this.props.dataTransferApi },
      dependencies,
    };
  }
}
