import {
  AmplitudeConnection, CustomConnectorConnection, DatadogConnection, DynatraceConnection, GoogleAnalyticsConnection, HoneycodeConnection,
  type IConnection, InforNexusConnection, MarketoConnection, PardotConnection, RedshiftConnection, SalesforceConnection, SapODataConnection,
  ServiceNowConnection, SingularConnection, SlackConnection, SnowflakeConnection, SnowflakeStage, TrendMicroConnection, VeevaConnection,
  ZendeskConnection,
} from 'appflow-constructs';
import type { Configuration, Material } from './material';

/** What a connection is made of: credentials and properties of the connector, as found, and spelled as the library does. */
interface Given {
  readonly credentials: Configuration;
  readonly properties: Configuration;
  /** Credentials and properties together, as the options of most connections have them. */
  readonly options: Configuration;
  readonly connectorLabel?: string;
  readonly material: Material;
}

/** How the connection of each connector is written, by the connector's member in credentials and properties. */
const CONNECTIONS: Readonly<Record<string, (given: Given) => IConnection>> = {
  Amplitude: ({ options }) => AmplitudeConnection.apiKey(options),
  CustomConnector: customConnection,
  Datadog: ({ options }) => DatadogConnection.apiKey(options),
  Dynatrace: ({ options }) => DynatraceConnection.apiToken(options),
  GoogleAnalytics: ({ options }) => hasCode(options)
    ? GoogleAnalyticsConnection.authorizationCode(options) : GoogleAnalyticsConnection.refreshToken(options),
  Honeycode: ({ options }) => hasCode(options) ? HoneycodeConnection.authorizationCode(options) : HoneycodeConnection.refreshToken(options),
  InforNexus: ({ options }) => InforNexusConnection.accessKey({ ...options, dataKey: options.datakey }),
  Marketo: ({ options }) => hasCode(options) ? MarketoConnection.authorizationCode(options) : MarketoConnection.clientCredentials(options),
  Pardot: (given) => {
    const options = connectedApp(given);
    return hasCode(options) ? PardotConnection.authorizationCode(options) : PardotConnection.refreshToken(options);
  },
  Redshift: ({ options, properties, material }) => {
    const given = {
      ...options,
      bucket: material.bucket(properties.BucketName),
      prefix: options.bucketPrefix,
      role: material.role(properties.RoleArn),
      dataApiRole: material.optionalRole(properties.DataApiRoleArn),
    };
    if (given.dataApiRole === undefined) {
      return RedshiftConnection.jdbc(given);
    }
    return options.isRedshiftServerless ? RedshiftConnection.serverless(given) : RedshiftConnection.dataApi(given);
  },
  Salesforce: (given) => {
    const options = connectedApp(given);
    switch (options.oAuth2GrantType) {
      case 'JWT_BEARER': return SalesforceConnection.jwtBearer(options);
      case 'CLIENT_CREDENTIALS': return SalesforceConnection.clientCredentials(options);
      default: return hasCode(options) || options.oAuth2GrantType !== undefined
        ? SalesforceConnection.authorizationCode(options) : SalesforceConnection.refreshToken(options);
    }
  },
  SAPOData: ({ credentials, properties, material }) => {
    const { disableSSO: disableSso, ...members } = material.members(properties);
    const options = { ...members, disableSso };
    return credentials.OAuthCredentials !== undefined
      ? SapODataConnection.oAuth({ ...options, ...options.oAuthProperties, ...oAuth(material, credentials.OAuthCredentials) })
      : SapODataConnection.basic({ ...options, ...material.members(credentials.BasicAuthCredentials) });
  },
  ServiceNow: ({ options, credentials, properties, material }) => credentials.OAuth2Credentials !== undefined
    ? ServiceNowConnection.oAuth2({ ...material.members(properties) as { instanceUrl: string }, ...oAuth(material, credentials.OAuth2Credentials) })
    : ServiceNowConnection.basic(options),
  Singular: ({ options }) => SingularConnection.apiKey(options),
  Slack: ({ options }) => hasCode(options) ? SlackConnection.authorizationCode(options) : SlackConnection.accessToken(options),
  Snowflake: ({ options, properties, material }) => SnowflakeConnection.basic({
    ...options, stage: SnowflakeStage.fromName(options.stage), bucket: material.bucket(properties.BucketName), prefix: options.bucketPrefix,
  }),
  Trendmicro: ({ options }) => TrendMicroConnection.apiSecretKey(options),
  Veeva: ({ options }) => VeevaConnection.basic(options),
  Zendesk: ({ options }) => hasCode(options) ? ZendeskConnection.authorizationCode(options) : ZendeskConnection.accessToken(options),
};

/** Writes the connection of a connector profile. */
export function writeConnection(configuration: Configuration, material: Material): IConnection {
  const { ConnectorProfileCredentials: everyCredential = {}, ConnectorProfileProperties: everyProperty = {} } = configuration.ConnectorProfileConfig;
  const [member] = [...Object.keys(everyCredential), ...Object.keys(everyProperty)];
  const { [member]: credentials = {} } = everyCredential;
  const { [member]: properties = {} } = everyProperty;
  return CONNECTIONS[member]({
    credentials,
    properties,
    options: { ...oAuth(material, credentials), ...material.members(properties) },
    connectorLabel: material.optionalText(configuration.ConnectorLabel),
    material,
  });
}

function customConnection({ credentials, properties, connectorLabel, material }: Given): IConnection {
  const { OAuth2Properties: oAuth2, ProfileProperties: profileProperties } = properties;
  const options = {
    connectorLabel: connectorLabel!,
    profileProperties: material.map(profileProperties),
    oAuth2Properties: oAuth2 && {
      tokenUrl: material.text(oAuth2.TokenUrl),
      grantType: oAuth2.OAuth2GrantType,
      tokenUrlCustomProperties: material.map(oAuth2.TokenUrlCustomProperties),
    },
  };
  switch (credentials.AuthenticationType) {
    case 'OAUTH2': return CustomConnectorConnection.oAuth2({ ...options, ...oAuth(material, credentials.Oauth2) });
    case 'APIKEY': return CustomConnectorConnection.apiKey({ ...options, ...material.members(credentials.ApiKey) });
    case 'BASIC': return CustomConnectorConnection.basic({ ...options, ...material.members(credentials.Basic) });
    case 'CUSTOM': return CustomConnectorConnection.custom({
      ...options,
      customAuthenticationType: material.text(credentials.Custom.CustomAuthenticationType),
      credentials: credentialsMap(material, credentials.Custom.CredentialsMap),
    });
    default: return CustomConnectorConnection.withoutCredentials(options);
  }
}

function credentialsMap(material: Material, map: Configuration = {}) {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, material.credential(value)]));
}

/** Credentials of OAuth 2.0, in which the library has no structure for the authorization code. */
function oAuth(material: Material, credentials: Configuration = {}): Configuration {
  const { connectorOAuthRequest, oAuthRequest, ...others } = material.members(credentials);
  return { ...others, ...connectorOAuthRequest, ...oAuthRequest };
}

function connectedApp({ options, credentials, material }: Given): Configuration {
  return { ...options, sandbox: options.isSandboxEnvironment, clientCredentials: material.secret(credentials.ClientCredentialsArn) };
}

function hasCode({ authCode, redirectUri }: Configuration): boolean {
  return authCode !== undefined || redirectUri !== undefined;
}
