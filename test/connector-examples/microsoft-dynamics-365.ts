import { MicrosoftDynamics365Connection, MicrosoftDynamics365Source } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const oAuth2 = () => MicrosoftDynamics365Connection.oAuth2({
  tokenUrl: 'https://login.microsoftonline.com/acme/oauth2/v2.0/token',
  instanceUrl: 'https://acme.api.crm.dynamics.com',
  clientId: 'client',
  clientSecret: secret('clientSecret'),
  refreshToken: secret('refreshToken'),
});

export const example: ConnectorExample = {
  connections: { 'OAuth 2.0': oAuth2 },
  flows: {
    source: (parts) => parts.from(new MicrosoftDynamics365Source(parts.profile(oAuth2()), { entityName: 'accounts', apiVersion: 'v9.2' })),
  },
};
