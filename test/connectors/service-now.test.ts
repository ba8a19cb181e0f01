import { ConnectorProfile, ServiceNowConnection } from 'appflow-constructs';
import { SecretValue } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { newStack } from '../synthesis';

const instanceUrl = 'https://acme.service-now.com';
const client = { instanceUrl, clientId: '7c3a1f', clientSecret: SecretValue.secretsManager('credentials', { jsonField: 'clientSecret' }) };
const secret = (jsonField: string) => SecretValue.secretsManager('credentials', { jsonField });
const reference = (jsonField: string) => `{{resolve:secretsmanager:credentials:SecretString:${jsonField}::}}`;

test.each<[string, ServiceNowConnection, unknown]>([
  ['a user name and password', ServiceNowConnection.basic({ instanceUrl, username: 'appflow', password: secret('password') }), {
    Username: 'appflow',
    Password: reference('password'),
  }],
  ['tokens', ServiceNowConnection.oAuth2({ ...client, accessToken: secret('accessToken'), refreshToken: secret('refreshToken') }), {
    OAuth2Credentials: {
      ClientId: '7c3a1f',
      ClientSecret: reference('clientSecret'),
      AccessToken: reference('accessToken'),
      RefreshToken: reference('refreshToken'),
    },
  }],
  // Unlike other connectors, CloudFormation calls the member as the API does.
  ['an authorization code', ServiceNowConnection.oAuth2({ ...client, authCode: secret('authCode'), redirectUri: 'https://acme.example.com' }), {
    OAuth2Credentials: {
      ClientId: '7c3a1f',
      ClientSecret: reference('clientSecret'),
      OAuthRequest: { AuthCode: reference('authCode'), RedirectUri: 'https://acme.example.com' },
    },
  }],
])('signs in with %s', (_, connection, credentials) => {
  const stack = newStack();
  new ConnectorProfile(stack, 'Profile', { connection });
  const [profile] = Object.values(Template.fromStack(stack).findResources('AWS::AppFlow::ConnectorProfile'));
  expect(profile.Properties.ConnectorProfileConfig).toEqual({
    ConnectorProfileCredentials: { ServiceNow: credentials },
    ConnectorProfileProperties: { ServiceNow: { InstanceUrl: instanceUrl } },
  });
});
