import { Mapping, PardotConnection, PardotSource } from 'appflow-constructs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { type ConnectorExample, secret } from '../connector-example';

const unit = { businessUnitId: '0Uv5w0000008OkVCAU', instanceUrl: 'https://acme.my.salesforce.com', sandbox: true };
const refreshToken = () => PardotConnection.refreshToken({ ...unit, refreshToken: secret('refreshToken') });

export const example: ConnectorExample = {
  connections: {
    'refresh token': refreshToken,
    'refresh token of the own connected app': (scope) => PardotConnection.refreshToken({
      ...unit,
      refreshToken: secret('refreshToken'),
      accessToken: secret('accessToken'),
      clientCredentials: new Secret(scope, 'ConnectedApp'),
    }),
    'access token': () => PardotConnection.accessToken({ ...unit, accessToken: secret('accessToken') }),
    'authorization code': () => PardotConnection.authorizationCode({
      ...unit, authCode: secret('authCode'), redirectUri: 'https://acme.example.com/callback',
    }),
  },
  flows: {
    'source, with a filter': (parts) => {
      const prospects = new PardotSource(parts.profile(refreshToken()), { object: 'prospect', apiVersion: 'v4' });
      return parts.from(prospects, [
        prospects.filter.equalTo('is_do_not_email', false),
        prospects.filter.equalToAny('grade', ['A', 'B']),
        Mapping.fields(['id', 'email']),
      ]);
    },
  },
};
