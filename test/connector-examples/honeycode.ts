import { HoneycodeConnection, HoneycodeDestination } from 'appflow-constructs';
import { type ConnectorExample, type Parts, secret } from '../connector-example';

const refreshToken = () => HoneycodeConnection.refreshToken({ refreshToken: secret('refreshToken'), accessToken: secret('accessToken') });
const profile = (parts: Parts) => parts.profile(refreshToken());

export const example: ConnectorExample = {
  connections: {
    'access token': () => HoneycodeConnection.accessToken({ accessToken: secret('accessToken') }),
    'refresh token': refreshToken,
    'authorization code': () => HoneycodeConnection.authorizationCode({
      authCode: secret('authCode'),
      redirectUri: 'https://acme.example.com/callback',
    }),
  },
  flows: {
    'destination': (parts) => parts.to(new HoneycodeDestination(profile(parts), { object: 'Customers' })),
    'destination, with error handling': (parts) => parts.to(new HoneycodeDestination(profile(parts), {
      object: 'Customers',
      errorHandling: { failOnFirstDestinationError: true, bucket: parts.bucket, prefix: 'errors' },
    })),
  },
  warnings: { 'connector-discontinued': 'AWS has ended Amazon Honeycode' },
};
