import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { type BasicAuthOptions, renderBasic } from '../authentication/basic';
import { renderSecret } from '../authentication/credential';
import { renderOAuth } from '../authentication/oauth';
import { ConnectorType } from '../connector-type';
import type { ErrorHandlingOptions } from '../error-handling';
import type { ConnectionConfig, FlowDestinationConfig, FlowSourceConfig, IConnection, IFlowDestination, IFlowSource } from '../integration';
import { writing } from '../private/application-end';
import type { ConnectorRecord, PropertyRecord } from '../private/connector-record';
import {
  CLIENT_ID, CUSTOM_MAP, CUSTOM_MAP_VALUE, LIMITED_CUSTOM_MAP, noBlanks, oneOf, OAUTH2_GRANT_TYPES, REDIRECT_URI, URL, USERNAME, WRITING_PROPERTIES,
} from '../private/constraints';
import { documented, inferred } from '../private/fact';
import { SAME_OBJECT } from '../private/flow-object';
import { CUSTOM_CONNECTOR_RULES } from '../private/rules/custom-connector';
import { CUSTOM_CONNECTOR_PROFILE_RULES, MEMBER_OF_AUTHENTICATION } from '../private/rules/custom-connector-profile';
import { CONTAINS, FILTER_OPERATORS, TASK_OPERATORS, TRIGGER_TYPE } from '../private/vocabulary';
import { AllFilters } from '../tasks/filter';
import type { WriteOperation } from '../write-operation';

const SDK = 'https://github.com/awslabs/aws-appflow-custom-connector-java';
const DESTINATION_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CustomConnectorDestinationProperties.html';

const ENTITY_PROPERTIES: readonly PropertyRecord[] = [
  { name: 'entityName', title: 'name of the entity', constraint: noBlanks(1024) },
  { name: 'customProperties', title: 'custom properties', constraint: CUSTOM_MAP },
  { name: 'customProperties.*', title: 'value of a custom property', constraint: CUSTOM_MAP_VALUE },
];

const OBJECT_MEMBERS = inferred(['entityName'], SAME_OBJECT);

/** @internal */
export const CUSTOM_CONNECTOR_RECORD: ConnectorRecord = {
  type: ConnectorType.CUSTOM_CONNECTOR.name,
  title: 'Custom connector',
  page: 'https://docs.aws.amazon.com/appflow/latest/userguide/app-specific.html',
  member: 'CustomConnector',
  l1Member: 'customConnector',
  profile: {
    inCloudFormation: true,
    authentication: ['OAuth 2.0', 'API key', 'user name and password', 'custom'],
    properties: [
      { name: 'profileProperties', title: 'profile properties', constraint: CUSTOM_MAP },
      { name: 'profileProperties.*', title: 'value of a profile property', constraint: CUSTOM_MAP_VALUE },
      { name: 'oAuth2Properties.tokenUrl', title: 'token URL', constraint: URL },
      { name: 'oAuth2Properties.oAuth2GrantType', title: 'grant type', constraint: oneOf(...OAUTH2_GRANT_TYPES) },
      { name: 'oAuth2Properties.tokenUrlCustomProperties', title: 'custom properties of the token URL', constraint: LIMITED_CUSTOM_MAP },
      { name: 'oAuth2Properties.tokenUrlCustomProperties.*', title: 'value of a custom property of the token URL', constraint: CUSTOM_MAP_VALUE },
    ],
    credentials: [
      { name: 'authenticationType', title: 'authentication type', constraint: oneOf(...MEMBER_OF_AUTHENTICATION.keys()) },
      { name: 'basic.username', title: 'user name', constraint: USERNAME },
      { name: 'oauth2.clientId', title: 'client id', constraint: CLIENT_ID },
      { name: 'oauth2.oAuthRequest.redirectUri', title: 'redirect URI', constraint: REDIRECT_URI },
      { name: 'custom.customAuthenticationType', title: 'custom authentication type', constraint: noBlanks(256) },
      { name: 'custom.credentialsMap', title: 'custom credentials', constraint: LIMITED_CUSTOM_MAP },
      { name: 'custom.credentialsMap.*', title: 'value of a custom credential', constraint: CUSTOM_MAP_VALUE },
    ],
  },
  source: {
    triggers: documented([TRIGGER_TYPE.ON_DEMAND, TRIGGER_TYPE.SCHEDULED], SDK),
    // A connector can ask for longer intervals.
    minimumIntervalMinutes: documented(1, 'https://docs.aws.amazon.com/appflow/latest/userguide/flow-triggers.html'),
    operators: [...TASK_OPERATORS, ...FILTER_OPERATORS, CONTAINS],
    refusesMissingProjection: documented(true, 'CreateFlow answers: You must specify a projection task or a MAP_ALL task'),
    // What a connector is used with is up to the connector.
    destinations: inferred([
      'CustomConnector', 'CustomerProfiles', 'EventBridge', 'Honeycode', 'LookoutMetrics', 'Marketo', 'Redshift', 'S3', 'Salesforce', 'SAPOData',
      'Snowflake', 'Upsolver', 'Zendesk',
    ], SDK),
    properties: [
      ...ENTITY_PROPERTIES,
      {
        name: 'dataTransferApi.Name',
        title: 'name of the data transfer API',
        constraint: { pattern: /^[\w/-]+$/, patternWords: 'letters, digits and _ / -', maxLength: 64 },
      },
      { name: 'dataTransferApi.Type', title: 'type of the data transfer API', constraint: oneOf('SYNC', 'ASYNC', 'AUTOMATIC') },
    ],
    objectMembers: OBJECT_MEMBERS,
  },
  destination: {
    inCloudFormation: true,
    // Which of them a connector has is up to the connector. That the service refuses one without fields was seen with Salesforce.
    writeOperations: {
      INSERT: {},
      UPDATE: { needsIdFields: inferred(true, DESTINATION_API) },
      UPSERT: { needsIdFields: inferred(true, DESTINATION_API) },
      DELETE: { needsIdFields: inferred(true, DESTINATION_API) },
    },
    properties: [...ENTITY_PROPERTIES, ...WRITING_PROPERTIES],
    objectMembers: OBJECT_MEMBERS,
    catalog: false,
    partitionKeys: false,
    errorHandling: true,
  },
  limits: [
    { text: 'A connector\'s function must answer within 30 seconds when it reads or writes records, otherwise within 10, with at most 6 MB.', source: SDK },
    { text: 'An incremental transfer needs an entity with a timestamp field that the connector marks for it.', source: SDK },
  ],
  rules: CUSTOM_CONNECTOR_RULES,
  profileRules: CUSTOM_CONNECTOR_PROFILE_RULES,
};

/**
 * How AppFlow obtains access tokens.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_OAuth2Properties.html
 */
export enum OAuth2GrantType {
  /** With the client id and the client secret, without a person. */
  CLIENT_CREDENTIALS = 'CLIENT_CREDENTIALS',
  /** With what a person has allowed in a browser. */
  AUTHORIZATION_CODE = 'AUTHORIZATION_CODE',
  /** With a JSON web token. */
  JWT_BEARER = 'JWT_BEARER',
}

/**
 * Where and how AppFlow obtains access tokens.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_OAuth2Properties.html
 */
export interface OAuth2Properties {
  /** The URL at which the application gives out access tokens. At most 256 characters. */
  readonly tokenUrl: string;

  /** How AppFlow obtains access tokens. */
  readonly grantType: OAuth2GrantType;

  /**
   * What AppFlow sends to the token URL besides, by name. At most 50 entries, whose names are letters, digits and `_` and whose values have no blanks.
   *
   * @default - nothing
   */
  readonly tokenUrlCustomProperties?: { [key: string]: string };
}

/** Credentials of OAuth 2.0. Which of them an application asks for depends on the application and on the grant type. */
export interface OAuth2CredentialsOptions {
  /**
   * The client id.
   *
   * @default - not sent
   */
  readonly clientId?: string;

  /**
   * The client secret.
   *
   * @default - not sent
   */
  readonly clientSecret?: SecretValue;

  /**
   * An access token that was obtained before.
   *
   * @default - not sent
   */
  readonly accessToken?: SecretValue;

  /**
   * The token with which AppFlow obtains access tokens.
   *
   * @default - not sent
   */
  readonly refreshToken?: SecretValue;

  /**
   * An authorization code that a person obtained in a browser. It can be used once and for a short time.
   *
   * @default - not sent
   */
  readonly authCode?: SecretValue;

  /**
   * The redirect URI with which the authorization code was obtained.
   *
   * @default - not sent
   */
  readonly redirectUri?: string;
}

/** What a connector profile for a custom connector can have besides credentials. */
export interface CustomConnectionOptions {
  /**
   * Properties of the connector profile that the connector asks for, such as an `instanceUrl`. At most 50 entries, whose names are letters,
   * digits and `_` and whose values have no blanks.
   *
   * @default - none
   */
  readonly profileProperties?: { [key: string]: string };

  /**
   * Such properties that should not stand in the template, such as a developer token. AppFlow keeps them with the others, and shows them to
   * those who may describe the profile.
   *
   * @default - none
   */
  readonly secretProfileProperties?: { [key: string]: SecretValue };
}

/** What all ways to sign in with a custom connector have in common. */
export interface CustomConnectorConnectionOptions extends CustomConnectionOptions {
  /** The label of the connector, as AppFlow's ListConnectors shows it. A `Connector` has it as its `connectorLabel`. */
  readonly connectorLabel: string;

  /**
   * Where and how AppFlow obtains access tokens.
   *
   * @default - not sent
   */
  readonly oAuth2Properties?: OAuth2Properties;
}

/** Sign-in with OAuth 2.0 through a connector that AWS offers. */
export interface ConnectorOAuth2Options extends CustomConnectionOptions, OAuth2CredentialsOptions {
  /**
   * How AppFlow obtains access tokens.
   *
   * @default OAuth2GrantType.AUTHORIZATION_CODE
   */
  readonly grantType?: OAuth2GrantType;

  /**
   * What AppFlow sends to the token URL besides, by name. At most 50 entries, whose names are letters, digits and `_` and whose values have no blanks.
   *
   * @default - nothing
   */
  readonly tokenUrlCustomProperties?: { [key: string]: string };
}

/** Sign-in with OAuth 2.0. */
export interface CustomConnectorOAuth2Options extends CustomConnectorConnectionOptions, OAuth2CredentialsOptions {}

/** Sign-in with an API key. */
export interface CustomConnectorApiKeyOptions extends CustomConnectorConnectionOptions {
  /** The API key. */
  readonly apiKey: SecretValue;

  /**
   * The API secret key.
   *
   * @default - not sent
   */
  readonly apiSecretKey?: SecretValue;
}

/** Sign-in with the name and password of a user. */
export interface CustomConnectorBasicAuthOptions extends CustomConnectorConnectionOptions, BasicAuthOptions {}

/** Sign-in in a way of the connector's own. */
export interface CustomConnectorCustomAuthOptions extends CustomConnectorConnectionOptions {
  /** What the connector calls this way to sign in. */
  readonly customAuthenticationType: string;

  /**
   * What the connector asks for, by name, such as a `personalAccessToken`. With `parameters`, at most 50 entries, whose names are letters, digits
   * and `_` and whose values have no blanks.
   *
   * @default - no secrets
   */
  readonly credentials?: { [key: string]: SecretValue };

  /**
   * What the connector asks for that is no secret, by name, such as a `username`. It is sent with the credentials, and stands in the template in
   * plain text.
   *
   * @default - only secrets are sent
   */
  readonly parameters?: { [key: string]: string };
}

/**
 * How AppFlow signs in with a custom connector: one of those that AWS offers under a label, or one that is registered in the account.
 * CreateConnectorProfile calls the connector at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CustomConnectorProfileCredentials.html
 */
export class CustomConnectorConnection implements IConnection {
  /** With OAuth 2.0. */
  public static oAuth2(options: CustomConnectorOAuth2Options): CustomConnectorConnection {
    return new CustomConnectorConnection(options, (scope) => ({ authenticationType: 'OAUTH2', oauth2: renderOAuth(scope, options) }));
  }

  /** With an API key. */
  public static apiKey(options: CustomConnectorApiKeyOptions): CustomConnectorConnection {
    return new CustomConnectorConnection(options, (scope) => ({
      authenticationType: 'APIKEY',
      apiKey: {
        apiKey: renderSecret(scope, 'apiKey', options.apiKey),
        apiSecretKey: renderSecret(scope, 'apiSecretKey', options.apiSecretKey),
      },
    }));
  }

  /** With the name and password of a user. */
  public static basic(options: CustomConnectorBasicAuthOptions): CustomConnectorConnection {
    return new CustomConnectorConnection(options, (scope) => ({ authenticationType: 'BASIC', basic: renderBasic(scope, options) }));
  }

  /** In a way of the connector's own. */
  public static custom(options: CustomConnectorCustomAuthOptions): CustomConnectorConnection {
    return new CustomConnectorConnection(options, (scope) => ({
      authenticationType: 'CUSTOM',
      custom: {
        customAuthenticationType: options.customAuthenticationType,
        credentialsMap: { ...options.parameters, ...renderSecrets(scope, options.credentials) },
      },
    }));
  }

  /** Without credentials, for a connector that asks for none. */
  public static withoutCredentials(options: CustomConnectorConnectionOptions): CustomConnectorConnection {
    return new CustomConnectorConnection(options);
  }

  public readonly connectorType: ConnectorType;

  private constructor(
    private readonly options: CustomConnectorConnectionOptions,
    private readonly credentials?: (scope: Construct) => Record<string, unknown>,
  ) {
    this.connectorType = ConnectorType.custom(options.connectorLabel);
  }

  public bind(scope: Construct): ConnectionConfig {
    const { profileProperties, secretProfileProperties, oAuth2Properties } = this.options;
    return {
      connectorProfileCredentials: this.credentials?.(scope),
      connectorProfileProperties: {
        profileProperties: { ...profileProperties, ...renderSecrets(scope, secretProfileProperties) },
        oAuth2Properties: {
          tokenUrl: oAuth2Properties?.tokenUrl,
          oAuth2GrantType: oAuth2Properties?.grantType,
          tokenUrlCustomProperties: oAuth2Properties?.tokenUrlCustomProperties,
        },
      },
    };
  }
}

/**
 * How an API of an application that AppFlow reads records with answers.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_DataTransferApi.html
 */
export enum DataTransferApiType {
  /** At once, which suits small and medium transfers. */
  SYNC = 'SYNC',
  /** Later, which suits large transfers. */
  ASYNC = 'ASYNC',
  /** At once or later, as AppFlow chooses for each run by its size. */
  AUTOMATIC = 'AUTOMATIC',
}

/**
 * The API of an application that AppFlow reads records with, where its connector offers several.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_DataTransferApi.html
 */
export interface DataTransferApi {
  /** The name of the API, as the connector has it: letters, digits and `_ / -`, at most 64. */
  readonly name: string;

  /** How the API answers. */
  readonly type: DataTransferApiType;
}

/** What the sources and destinations of custom connectors have in common. */
export interface CustomConnectorEntityOptions {
  /**
   * The version of the application's API, as the connector has it, such as `v1.0`.
   *
   * @default - AppFlow chooses
   */
  readonly apiVersion?: string;

  /**
   * Properties that the connector asks for, by name. At most 50 entries, whose names are letters, digits and `_` and whose values have no blanks.
   *
   * @default - none
   */
  readonly customProperties?: { [key: string]: string };
}

/** What the sources of custom connectors have in common. */
export interface CustomConnectorSourceOptions extends CustomConnectorEntityOptions {
  /**
   * The API of the application that AppFlow reads records with.
   *
   * @default - the connector chooses
   */
  readonly dataTransferApi?: DataTransferApi;
}

/** Properties of a source of a custom connector. */
export interface CustomConnectorSourceProps extends CustomConnectorSourceOptions {
  /** The entity to read, as AppFlow's ListConnectorEntities names it. At most 1,024 characters, no blanks. */
  readonly entityName: string;

  /**
   * The label of the connector. The connector profile is checked against it.
   *
   * @default - the connector profile says which connector it is
   */
  readonly connectorLabel?: string;
}

/**
 * Takes records from an application through a custom connector.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CustomConnectorSourceProperties.html
 */
export class CustomConnectorSource implements IFlowSource {
  public readonly connectorType: ConnectorType;

  /** Filters on the entity's fields. Each field has operators of its own, which AppFlow's DescribeConnectorEntity tells. */
  public readonly filter: AllFilters;

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: CustomConnectorSourceProps) {
    this.connectorType = customConnectorType(props.connectorLabel);
    this.filter = AllFilters._of(this.connectorType);
  }

  public bind(_scope: Construct): FlowSourceConfig {
    const { apiVersion, entityName, customProperties, dataTransferApi } = this.props;
    return {
      connectorProfile: this.connectorProfile,
      apiVersion,
      sourceConnectorProperties: {
        entityName, customProperties, dataTransferApi: { Name: dataTransferApi?.name, Type: dataTransferApi?.type },
      },
    };
  }
}

/** What the destinations of custom connectors have in common. */
export interface CustomConnectorDestinationOptions extends CustomConnectorEntityOptions {
  /**
   * What AppFlow does with the records. Not every connector has every operation.
   *
   * @default WriteOperation.insert()
   */
  readonly writeOperation?: WriteOperation;

  /**
   * What AppFlow does with records that the application refuses.
   *
   * @default - the run goes on, and refused records are not kept
   */
  readonly errorHandling?: ErrorHandlingOptions;
}

/** Properties of a destination of a custom connector. */
export interface CustomConnectorDestinationProps extends CustomConnectorDestinationOptions {
  /** The entity to write to, as AppFlow's ListConnectorEntities names it. At most 1,024 characters, no blanks. */
  readonly entityName: string;

  /**
   * The label of the connector. The connector profile is checked against it.
   *
   * @default - the connector profile says which connector it is
   */
  readonly connectorLabel?: string;
}

/**
 * Writes records to an application through a custom connector.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CustomConnectorDestinationProperties.html
 */
export class CustomConnectorDestination implements IFlowDestination {
  public readonly connectorType: ConnectorType;

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: CustomConnectorDestinationProps) {
    this.connectorType = customConnectorType(props.connectorLabel);
  }

  public bind(scope: Construct): FlowDestinationConfig {
    const { apiVersion, entityName, customProperties } = this.props;
    const { properties, dependencies } = writing(scope, this.props);
    return {
      connectorProfile: this.connectorProfile,
      apiVersion,
      destinationConnectorProperties: { entityName, customProperties, ...properties },
      dependencies,
    };
  }
}

function renderSecrets(scope: Construct, secrets: Readonly<Record<string, SecretValue>> = {}): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, renderSecret(scope, name, secret)]));
}

function customConnectorType(connectorLabel: string | undefined): ConnectorType {
  return connectorLabel !== undefined ? ConnectorType.custom(connectorLabel) : ConnectorType.CUSTOM_CONNECTOR;
}
