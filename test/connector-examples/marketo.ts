import { Mapping, MarketoConnection, MarketoDestination, MarketoSource } from 'appflow-constructs';
import { type ConnectorExample, type Parts, secret } from '../connector-example';

const client = { instanceUrl: 'https://123-ABC-456.mktorest.com', clientId: 'b417d98f', clientSecret: secret('clientSecret') };
const clientCredentials = () => MarketoConnection.clientCredentials(client);

const source = (parts: Parts) => new MarketoSource(parts.profile(clientCredentials()), { object: 'leads', apiVersion: 'v1' });

export const example: ConnectorExample = {
  connections: {
    'client credentials': clientCredentials,
    'client credentials and access token': () => MarketoConnection.clientCredentials({ ...client, accessToken: secret('accessToken') }),
    'authorization code': () => MarketoConnection.authorizationCode({
      ...client, authCode: secret('authCode'), redirectUri: 'https://acme.example.com/callback',
    }),
  },
  flows: {
    'source, with a range': (parts) => {
      const leads = source(parts);
      return parts.from(leads, [
        leads.filter.between('updatedAt', new Date('2026-11-01'), new Date('2026-11-30')),
        Mapping.fields(['id', 'email']),
      ]);
    },
    'source, with bounds': (parts) => {
      const leads = source(parts);
      return parts.from(leads, [leads.filter.greaterThan('score', 10), leads.filter.lessThan('score', 100), Mapping.all()]);
    },
    'destination': (parts) => parts.to(new MarketoDestination(parts.profile(clientCredentials()), {
      object: 'leads',
      apiVersion: 'v1',
      errorHandling: { failOnFirstDestinationError: true, bucket: parts.bucket, prefix: 'refused' },
    })),
  },
};
