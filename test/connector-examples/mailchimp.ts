import { MailchimpConnection, MailchimpSource } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const apiKey = () => MailchimpConnection.apiKey({ apiKey: secret('apiKey'), instanceUrl: 'https://us6.api.mailchimp.com' });

export const example: ConnectorExample = {
  connections: { 'API key': apiKey },
  flows: {
    source: (parts) => parts.from(new MailchimpSource(parts.profile(apiKey()), { entityName: 'campaigns' })),
  },
};
