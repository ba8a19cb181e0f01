import { Mapping, SlackConnection, SlackSource } from 'appflow-constructs';
import { type ConnectorExample, type Parts, secret } from '../connector-example';

const client = { instanceUrl: 'https://acme.slack.com', clientId: '123.456', clientSecret: secret('clientSecret') };
const accessToken = () => SlackConnection.accessToken({ ...client, accessToken: secret('accessToken') });

const source = (parts: Parts) => new SlackSource(parts.profile(accessToken()), { object: 'conversations/C024BE91L' });

export const example: ConnectorExample = {
  connections: {
    'access token': accessToken,
    'authorization code': () => SlackConnection.authorizationCode({ ...client, authCode: secret('authCode'), redirectUri: 'https://acme.example.com/callback' }),
  },
  flows: {
    'source': (parts) => parts.from(source(parts)),
    'source, with a filter that CloudFormation knows': (parts) => {
      const messages = source(parts);
      return parts.from(messages, [messages.filter.equalTo('user', 'U024BE7LH'), Mapping.fields(['ts', 'text'])]);
    },
    'source, with a filter that CloudFormation does not know': (parts) => {
      const messages = source(parts);
      return parts.from(messages, [messages.filter.greaterThan('ts', 1), Mapping.fields(['ts', 'text'])]);
    },
  },
};
