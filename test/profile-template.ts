/** A dynamic reference to a secret. */
export const SECRET = '{{resolve:secretsmanager:credentials:SecretString:secret}}';

/** A user of an application. */
export const BASIC = { Username: 'appflow', Password: SECRET };

/** A client of an application, with a token. */
export const CLIENT = { ClientId: '123.456', ClientSecret: SECRET, AccessToken: SECRET };

/** The sign-in to a custom connector with an access token. */
export const OAUTH2 = { AuthenticationType: 'OAUTH2', Oauth2: { AccessToken: SECRET } };

/** A template with a connector profile, with other properties than those where given. */
export function profileTemplate(connectorType: unknown, credentials: unknown, connection: unknown, properties: object = {}): object {
  return {
    Resources: {
      Profile: {
        Type: 'AWS::AppFlow::ConnectorProfile',
        Properties: {
          ConnectorProfileName: 'acme',
          ConnectorType: connectorType,
          ConnectionMode: 'Public',
          ConnectorProfileConfig: { ConnectorProfileCredentials: credentials, ConnectorProfileProperties: connection },
          ...properties,
        },
      },
    },
  };
}

/** A template with a connector profile for Slack. */
export function slackTemplate(properties: object = {}): object {
  return profileTemplate('Slack', { Slack: CLIENT }, { Slack: { InstanceUrl: 'https://acme.slack.com' } }, properties);
}

/** A template with a connector profile for GitHub, a connector that AWS offers under a label. */
export function gitHubTemplate(properties: object = {}, credentials: object = OAUTH2, connection: object = {}): object {
  return profileTemplate('CustomConnector', { CustomConnector: credentials }, { CustomConnector: connection }, { ConnectorLabel: 'GitHub', ...properties });
}

