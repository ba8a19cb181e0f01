import { GitHubConnection, GitHubSource } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const personalAccessToken = () => GitHubConnection.personalAccessToken({ username: 'octocat', personalAccessToken: secret('personalAccessToken') });

export const example: ConnectorExample = {
  connections: {
    'OAuth 2.0': () => GitHubConnection.oAuth2({ accessToken: secret('accessToken') }),
    'personal access token': personalAccessToken,
  },
  flows: {
    source: (parts) => parts.from(new GitHubSource(parts.profile(personalAccessToken()), { entityName: 'repos/username=octocat', apiVersion: 'v3' })),
  },
};
