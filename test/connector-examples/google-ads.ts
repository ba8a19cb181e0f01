import { GoogleAdsConnection, GoogleAdsSource } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const oAuth2 = () => GoogleAdsConnection.oAuth2({
  clientId: 'client',
  clientSecret: secret('clientSecret'),
  accessToken: secret('accessToken'),
  refreshToken: secret('refreshToken'),
  developerToken: secret('developerToken'),
  apiVersion: 'v22',
  managerId: '1234567890',
});

export const example: ConnectorExample = {
  connections: { 'OAuth 2.0': oAuth2 },
  flows: {
    source: (parts) => parts.from(new GoogleAdsSource(parts.profile(oAuth2()), { entityName: 'campaign', apiVersion: 'v22' })),
  },
};
