import { SalesforceMarketingCloudConnection, SalesforceMarketingCloudSource } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const clientCredentials = () => SalesforceMarketingCloudConnection.clientCredentials({
  tokenUrl: 'https://acme.auth.marketingcloudapis.com/v2/token',
  instanceUrl: 'https://acme.rest.marketingcloudapis.com',
  clientId: 'client',
  clientSecret: secret('clientSecret'),
});

export const example: ConnectorExample = {
  connections: { 'client credentials': clientCredentials },
  flows: {
    source: (parts) => parts.from(new SalesforceMarketingCloudSource(parts.profile(clientCredentials()), { entityName: 'Subscriber' })),
  },
};
