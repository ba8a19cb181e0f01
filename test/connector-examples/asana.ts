import { AsanaConnection, AsanaSource } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const personalAccessToken = () => AsanaConnection.personalAccessToken({ personalAccessToken: secret('personalAccessToken') });

export const example: ConnectorExample = {
  connections: {
    'OAuth 2.0': () => AsanaConnection.oAuth2({ tokenUrl: 'https://asana.example.com/oauth_token', accessToken: secret('accessToken') }),
    'personal access token': personalAccessToken,
  },
  flows: {
    source: (parts) => parts.from(new AsanaSource(parts.profile(personalAccessToken()), { entityName: 'projects' })),
  },
};
