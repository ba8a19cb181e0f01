import {
  AsanaConnection, ConnectorProfile, GitHubConnection, GoogleAdsConnection, GoogleAnalytics4Connection, GoogleBigQueryConnection, HubSpotConnection,
  type IConnection, JdbcConnection, JdbcDriver, MailchimpConnection, MicrosoftDynamics365Connection, MicrosoftSharePointOnlineConnection,
  OAuth2GrantType, RdsPostgreSqlConnection, SalesforceMarketingCloudConnection,
} from 'appflow-constructs';
import { SecretValue } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { newStack } from '../synthesis';

const secret = SecretValue.secretsManager('s');
const SECRET = '{{resolve:secretsmanager:s:SecretString:::}}';
const database = { hostname: 'db.example.com', port: 5432, database: 'sales', username: 'appflow', password: secret };
const DATABASE = { hostname: 'db.example.com', port: '5432', database: 'sales', username: 'appflow', password: SECRET };

/** A connection, with its label and what it sends besides the authentication type. */
const CONNECTIONS: [string, IConnection, { credentials: object; properties?: object }][] = [
  ['AmazonRDSPostgreSQL', RdsPostgreSqlConnection.databaseUser(database), { credentials: custom('CUSTOM', { driver: 'postgresql', ...DATABASE }) }],
  ['Asana', AsanaConnection.oAuth2({ tokenUrl: 'https://asana.example.com', accessToken: secret }), oAuth2('https://asana.example.com')],
  ['Asana', AsanaConnection.personalAccessToken({ personalAccessToken: secret }), { credentials: custom('PAT', { patToken: SECRET }) }],
  ['GitHub', GitHubConnection.oAuth2({ accessToken: secret }), oAuth2('https://github.com/login/oauth/access_token')],
  ['GitHub', GitHubConnection.oAuth2({ accessToken: secret, tokenUrl: 'https://git.example.com' }), oAuth2('https://git.example.com')],
  ['GitHub', GitHubConnection.personalAccessToken({ username: 'octocat', personalAccessToken: secret }), {
    credentials: custom('BasicAuthPersonalAccessToken', { username: 'octocat', personalAccessToken: SECRET }),
  }],
  ['GoogleAds', GoogleAdsConnection.oAuth2({ accessToken: secret, developerToken: secret, apiVersion: 'v22', profileProperties: { a: 'b' } }),
    oAuth2('https://oauth2.googleapis.com/token', { a: 'b', apiVersion: 'v22', developerToken: SECRET })],
  ['GoogleAnalytics4', GoogleAnalytics4Connection.oAuth2({ accessToken: secret }), oAuth2('https://oauth2.googleapis.com/token')],
  ['GoogleBigQuery', GoogleBigQueryConnection.oAuth2({ accessToken: secret, grantType: OAuth2GrantType.JWT_BEARER }),
    oAuth2('https://oauth2.googleapis.com/token', undefined, 'JWT_BEARER')],
  ['HubSpot', HubSpotConnection.oAuth2({ accessToken: secret }), oAuth2('https://api.hubapi.com/oauth/v1/token')],
  ['JDBCsmall', JdbcConnection.databaseUser({ driver: JdbcDriver.MYSQL, ...database }), { credentials: custom('CUSTOM', { driver: 'mysql', ...DATABASE }) }],
  ['Mailchimp', MailchimpConnection.apiKey({ apiKey: secret, instanceUrl: 'https://us6.api.mailchimp.com' }), {
    credentials: custom('api_key', { api_key: SECRET }),
    properties: { ProfileProperties: { instanceUrl: 'https://us6.api.mailchimp.com' } },
  }],
  ['MicrosoftDynamics365', MicrosoftDynamics365Connection.oAuth2({
    tokenUrl: 'https://login.example.com', accessToken: secret, instanceUrl: 'https://acme.api.crm.dynamics.com',
  }), oAuth2('https://login.example.com', { instanceUrl: 'https://acme.api.crm.dynamics.com' })],
  ['MicrosoftSharePointOnline', MicrosoftSharePointOnlineConnection.oAuth2({ tokenUrl: 'https://login.example.com', accessToken: secret }),
    oAuth2('https://login.example.com')],
  ['SalesforceMarketingCloud', SalesforceMarketingCloudConnection.clientCredentials({
    tokenUrl: 'https://acme.auth.marketingcloudapis.com/v2/token', instanceUrl: 'https://acme.example.com', clientId: 'client', clientSecret: secret,
  }), {
    ...oAuth2('https://acme.auth.marketingcloudapis.com/v2/token', { instanceUrl: 'https://acme.example.com' }, 'CLIENT_CREDENTIALS'),
    credentials: { AuthenticationType: 'OAUTH2', Oauth2: { ClientId: 'client', ClientSecret: SECRET } },
  }],
];

test.each(CONNECTIONS)('%s is signed in to as its page says', (label, connection, { credentials, properties = {} }) => {
  const stack = newStack();
  new ConnectorProfile(stack, 'Profile', { connection });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::AppFlow::ConnectorProfile'));
  expect(Properties).toMatchObject({ ConnectorType: 'CustomConnector', ConnectorLabel: label });
  expect(Properties.ConnectorProfileConfig).toEqual({
    ConnectorProfileCredentials: { CustomConnector: credentials },
    ConnectorProfileProperties: { CustomConnector: properties },
  });
});

function custom(customAuthenticationType: string, credentials: object) {
  return { AuthenticationType: 'CUSTOM', Custom: { CustomAuthenticationType: customAuthenticationType, CredentialsMap: credentials } };
}

function oAuth2(tokenUrl: string, profileProperties?: object, grantType = 'AUTHORIZATION_CODE') {
  return {
    credentials: { AuthenticationType: 'OAUTH2', Oauth2: { AccessToken: SECRET } },
    properties: {
      OAuth2Properties: { TokenUrl: tokenUrl, OAuth2GrantType: grantType },
      ...profileProperties !== undefined ? { ProfileProperties: profileProperties } : undefined,
    },
  };
}
