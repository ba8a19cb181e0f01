import { GoogleAnalytics4Connection, GoogleAnalytics4Source } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const oAuth2 = () => GoogleAnalytics4Connection.oAuth2({
  clientId: 'client', clientSecret: secret('clientSecret'), accessToken: secret('accessToken'), refreshToken: secret('refreshToken'),
});

export const example: ConnectorExample = {
  connections: { 'OAuth 2.0': oAuth2 },
  flows: {
    source: (parts) => parts.from(new GoogleAnalytics4Source(parts.profile(oAuth2()), { entityName: 'reports' })),
  },
};
