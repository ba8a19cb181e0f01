import { GoogleAnalyticsConnection, GoogleAnalyticsSource, Mapping, OutputFormat, S3Destination } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const client = { clientId: '123-abc.apps.googleusercontent.com', clientSecret: secret('clientSecret') };
const refreshToken = () => GoogleAnalyticsConnection.refreshToken({ ...client, refreshToken: secret('refreshToken'), accessToken: secret('accessToken') });

export const example: ConnectorExample = {
  connections: {
    'refresh token': refreshToken,
    'authorization code': () => GoogleAnalyticsConnection.authorizationCode({
      ...client, authCode: secret('authCode'), redirectUri: 'https://acme.example.com/callback',
    }),
  },
  flows: {
    'source, with a filter': (parts) => {
      const sessions = new GoogleAnalyticsSource(parts.profile(refreshToken()), { object: '12345678', apiVersion: 'v4' });
      return parts.from(
        sessions,
        [sessions.filter.between('ga:date', new Date('2026-11-01'), new Date('2026-11-21')), Mapping.fields(['ga:country|DIMENSION', 'ga:sessions'])],
        new S3Destination(parts.bucket, { format: OutputFormat.json() }),
      );
    },
  },
  warnings: { 'connector-discontinued': 'Google Analytics is a connector of AppFlow all the same, whose examples belong here' },
};
