import {
  CustomConnectorConnection, CustomConnectorDestination, CustomConnectorSource, DataTransferApiType, Mapping, OAuth2GrantType, WriteOperation,
} from 'appflow-constructs';
import { type ConnectorExample, type Parts, secret } from '../connector-example';

const CONNECTOR = { connectorLabel: 'Billing' };

const apiKey = () => CustomConnectorConnection.apiKey({ ...CONNECTOR, apiKey: secret('apiKey'), apiSecretKey: secret('apiSecretKey') });

export const example: ConnectorExample = {
  connections: {
    'API key': apiKey,
    'user name and password': () => CustomConnectorConnection.basic({ ...CONNECTOR, username: 'appflow', password: secret('password') }),
    'OAuth 2.0 with all its credentials': () => CustomConnectorConnection.oAuth2({
      ...CONNECTOR,
      clientId: 'client',
      clientSecret: secret('clientSecret'),
      accessToken: secret('accessToken'),
      refreshToken: secret('refreshToken'),
      authCode: secret('authCode'),
      redirectUri: 'https://acme.example.com/callback',
      profileProperties: { instanceUrl: 'https://billing.acme.example.com' },
      secretProfileProperties: { subscriptionKey: secret('subscriptionKey') },
      oAuth2Properties: {
        tokenUrl: 'https://billing.acme.example.com/oauth/token',
        grantType: OAuth2GrantType.AUTHORIZATION_CODE,
        tokenUrlCustomProperties: { audience: 'billing' },
      },
    }),
    'OAuth 2.0 with an access token alone': () => CustomConnectorConnection.oAuth2({ ...CONNECTOR, accessToken: secret('accessToken') }),
    'a way of its own': () => CustomConnectorConnection.custom({
      ...CONNECTOR,
      customAuthenticationType: 'Certificate',
      credentials: { privateKey: secret('privateKey') },
      parameters: { keyId: '2026' },
    }),
    'no credentials': () => CustomConnectorConnection.withoutCredentials(CONNECTOR),
  },
  flows: {
    'source': (parts) => parts.from(source(parts)),
    'source with all its properties': (parts) => parts.from(new CustomConnectorSource(parts.profile(apiKey()), {
      ...CONNECTOR,
      entityName: 'invoices/2026',
      apiVersion: 'v1',
      customProperties: { expand: '["lines"]' },
      dataTransferApi: { name: 'bulk', type: DataTransferApiType.ASYNC },
    })),
    'source, with a filter': (parts) => {
      const invoices = source(parts);
      return parts.from(invoices, [invoices.filter.contains('status', 'open'), Mapping.fields(['id', 'status'])]);
    },
    'destination': (parts) => parts.to(new CustomConnectorDestination(parts.profile(apiKey()), { entityName: 'invoices' })),
    'destination with all its properties': (parts) => parts.to(new CustomConnectorDestination(parts.profile(apiKey()), {
      ...CONNECTOR,
      entityName: 'invoices',
      apiVersion: 'v1',
      customProperties: { notify: 'false' },
      writeOperation: WriteOperation.upsert(['Id']),
      errorHandling: { failOnFirstDestinationError: true, bucket: parts.bucket, prefix: 'refused' },
    })),
  },
};

function source(parts: Parts): CustomConnectorSource {
  return new CustomConnectorSource(parts.profile(apiKey()), { entityName: 'invoices' });
}
