import { HubSpotConnection, HubSpotDestination, HubSpotSource, WriteOperation } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const oAuth2 = () => HubSpotConnection.oAuth2({
  clientId: 'client', clientSecret: secret('clientSecret'), accessToken: secret('accessToken'), refreshToken: secret('refreshToken'),
});

export const example: ConnectorExample = {
  connections: { 'OAuth 2.0': oAuth2 },
  flows: {
    source: (parts) => parts.from(new HubSpotSource(parts.profile(oAuth2()), { entityName: 'contacts', apiVersion: 'v3' })),
    destination: (parts) => parts.to(new HubSpotDestination(parts.profile(oAuth2()), {
      entityName: 'contacts', apiVersion: 'v3', writeOperation: WriteOperation.update(['Id']),
    })),
  },
};
