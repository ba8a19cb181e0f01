import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { renderSecret } from '../authentication/credential';
import { ConnectorType } from '../connector-type';
import { bindErrorHandling, type ErrorHandlingOptions } from '../error-handling';
import type {
  ConnectionConfig, FlowDestinationConfig, FlowSourceConfig, IConnection, IEventFlowSource, IFlowDestination,
} from '../integration';
import type { ConnectorRecord } from '../private/connector-record';
import { OBJECT } from '../private/constraints';
import { documented, inferred } from '../private/fact';
import { allowReadingSecret } from '../private/permissions';
import { warn } from '../private/report';
import {
  ARITHMETIC_OPERATORS, CONTAINS, FILTER_OPERATORS, MASK_OPERATORS, NO_OP, PROJECTION, TRIGGER_TYPE, VALIDATE_OPERATORS,
} from '../private/vocabulary';
import { AllFilters } from '../tasks/filter';
import { WriteOperation } from '../write-operation';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/salesforce.html';
const DESTINATION_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SalesforceDestinationProperties.html';

/** @internal */
export const SALESFORCE_RECORD: ConnectorRecord = {
  type: ConnectorType.SALESFORCE.name,
  title: 'Salesforce',
  page: PAGE,
  member: 'Salesforce',
  l1Member: 'salesforce',
  needsProfile: true,
  source: {
    triggers: documented([TRIGGER_TYPE.ON_DEMAND, TRIGGER_TYPE.SCHEDULED, TRIGGER_TYPE.EVENT], PAGE),
    minimumIntervalMinutes: documented(1, PAGE),
    operators: [
      PROJECTION, ...FILTER_OPERATORS, CONTAINS, ...ARITHMETIC_OPERATORS, ...MASK_OPERATORS, ...VALIDATE_OPERATORS, NO_OP,
    ],
    refusesMissingProjection: documented(true, 'CreateFlow answers: You must specify a projection task or a MAP_ALL task'),
    properties: [{ name: 'object', title: 'object', constraint: OBJECT }],
  },
  destination: {
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
    properties: [{ name: 'object', title: 'object', constraint: OBJECT }],
    catalog: false,
    partitionKeys: false,
  },
  privateLinkRegions: inferred(
    ['us-east-1', 'us-west-2', 'ap-northeast-1', 'ap-south-1', 'ap-southeast-2', 'ca-central-1', 'eu-central-1'],
    'https://docs.aws.amazon.com/appflow/latest/userguide/private-flows.html',
  ),
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
export interface SalesforceRefreshTokenOptions extends SalesforceConnectionOptions {
  /** The token with which AppFlow obtains access tokens. */
  readonly refreshToken: SecretValue;

  /**
   * An access token.
   *
   * @default - AppFlow obtains one with the refresh token
   */
  readonly accessToken?: SecretValue;

  /**
   * The secret with the `clientId` and `clientSecret` of the connected app that the tokens belong to. Its resource policy, and the policy of
   * its key, are given the statements that let AppFlow read it.
   *
   * @default - AppFlow's own connected app
   */
  readonly clientCredentials?: secretsmanager.ISecretRef;
}

/** Sign-in with an access token that was obtained before. */
export interface SalesforceAccessTokenOptions extends SalesforceConnectionOptions {
  /** The access token. */
  readonly accessToken: SecretValue;

  /**
   * The secret with the `clientId` and `clientSecret` of the connected app that the token belongs to.
   *
   * @default - AppFlow's own connected app
   */
  readonly clientCredentials?: secretsmanager.ISecretRef;
}

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
export interface SalesforceAuthorizationCodeOptions extends SalesforceConnectionOptions {
  /** The authorization code. It can be used once and for a short time. */
  readonly authCode: SecretValue;

  /** The redirect URI with which the code was obtained. */
  readonly redirectUri: string;

  /**
   * The secret with the `clientId` and `clientSecret` of the connected app that the code belongs to.
   *
   * @default - AppFlow's own connected app
   */
  readonly clientCredentials?: secretsmanager.ISecretRef;

  /**
   * An access token, to be sent along.
   *
   * @default - none
   */
  readonly accessToken?: SecretValue;

  /**
   * A refresh token, to be sent along.
   *
   * @default - none
   */
  readonly refreshToken?: SecretValue;
}

/** Sign-in of a connected app in its own name. */
export interface SalesforceClientCredentialsOptions extends SalesforceConnectionOptions {
  /** The secret with the `clientId` and `clientSecret` of the connected app. */
  readonly clientCredentials: secretsmanager.ISecretRef;
}

interface SalesforceCredentials {
  readonly grantType?: string;
  readonly accessToken?: SecretValue;
  readonly refreshToken?: SecretValue;
  readonly authCode?: SecretValue;
  readonly redirectUri?: string;
  readonly jwtToken?: SecretValue;
  readonly clientCredentials?: secretsmanager.ISecretRef;
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
    const { grantType, clientCredentials } = this.credentials;
    if (grantType === 'CLIENT_CREDENTIALS') {
      warn(scope, 'salesforce-client-credentials-grant', {
        what: 'Salesforce may refuse the grant type of this connection, which the CloudFormation documentation calls unsupported',
        got: 'CLIENT_CREDENTIALS',
        allowed: 'AUTHORIZATION_CODE or JWT_BEARER',
        remedy: 'use SalesforceConnection.jwtBearer or refreshToken, or acknowledge this if it works for you',
      });
    }
    const policy = clientCredentials !== undefined ? allowReadingSecret(scope, clientCredentials) : undefined;
    return {
      connectorProfileCredentials: {
        accessToken: renderSecret(scope, 'accessToken', this.credentials.accessToken),
        refreshToken: renderSecret(scope, 'refreshToken', this.credentials.refreshToken),
        oAuthRequest: {
          authCode: renderSecret(scope, 'authCode', this.credentials.authCode),
          redirectUri: this.credentials.redirectUri,
        },
        clientCredentialsArn: clientCredentials?.secretRef.secretId,
        oAuth2GrantType: grantType,
        jwtToken: renderSecret(scope, 'jwtToken', this.credentials.jwtToken),
      },
      connectorProfileProperties: {
        instanceUrl: this.options.instanceUrl,
        isSandboxEnvironment: this.options.sandbox,
        usePrivateLinkForMetadataAndAuthorization: this.options.usePrivateLinkForMetadataAndAuthorization,
      },
      dependencies: policy !== undefined ? [policy] : [],
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

/** Properties of a Salesforce destination. */
export interface SalesforceDestinationProps {
  /** The object to write to, such as `Account`. */
  readonly object: string;

  /**
   * The version of the Salesforce API, such as `v58.0`.
   *
   * @default - AppFlow chooses
   */
  readonly apiVersion?: string;

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

  /**
   * What AppFlow does with records that Salesforce refuses.
   *
   * @default - AppFlow goes on, and does not keep them
   */
  readonly errorHandling?: ErrorHandlingOptions;
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
    const writeOperation = this.props.writeOperation ?? WriteOperation.insert();
    const errorHandling = bindErrorHandling(scope, this.props.errorHandling);
    return {
      connectorProfile: this.connectorProfile,
      apiVersion: this.props.apiVersion,
      destinationConnectorProperties: {
        object: this.props.object,
        writeOperationType: writeOperation.name,
        idFieldNames: writeOperation.idFieldNames,
        dataTransferApi: this.props.dataTransferApi,
        errorHandlingConfig: errorHandling.config,
      },
      dependencies: errorHandling.dependencies,
    };
  }
}
