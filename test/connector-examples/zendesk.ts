import { Mapping, WriteOperation, ZendeskConnection, ZendeskDestination, ZendeskSource } from 'appflow-constructs';
import { type ConnectorExample, type Parts, secret } from '../connector-example';

const client = { instanceUrl: 'https://acme.zendesk.com', clientId: 'aws_integration_to_Zendesk', clientSecret: secret('clientSecret') };
const accessToken = () => ZendeskConnection.accessToken({ ...client, accessToken: secret('accessToken') });

const destination = (parts: Parts, writeOperation?: WriteOperation) => new ZendeskDestination(parts.profile(accessToken()), {
  object: 'tickets',
  apiVersion: 'v2',
  writeOperation,
  errorHandling: { failOnFirstDestinationError: true, bucket: parts.bucket, prefix: 'refused' },
});

export const example: ConnectorExample = {
  connections: {
    'access token': accessToken,
    'authorization code': () => ZendeskConnection.authorizationCode({
      ...client, authCode: secret('authCode'), redirectUri: 'https://acme.example.com/callback', accessToken: secret('accessToken'),
    }),
  },
  flows: {
    'source, with a filter': (parts) => {
      const tickets = new ZendeskSource(parts.profile(accessToken()), { object: 'tickets', apiVersion: 'v2' });
      return parts.from(tickets, [tickets.filter.greaterThan('updated_at', new Date('2026-11-01')), Mapping.fields(['id', 'subject'])]);
    },
    'destination, inserting': (parts) => parts.to(destination(parts)),
    'destination, updating': (parts) => parts.to(destination(parts, WriteOperation.update(['id']))),
    'destination, upserting': (parts) => parts.to(destination(parts, WriteOperation.upsert(['external_id']))),
  },
};
