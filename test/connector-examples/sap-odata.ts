import { ConnectionMode, Mapping, SapODataConnection, SapODataDestination, SapODataSource, WriteOperation } from 'appflow-constructs';
import { type ConnectorExample, type Parts, secret } from '../connector-example';

const system = {
  applicationHostUrl: 'https://sap.example.com',
  applicationServicePath: '/sap/opu/odata/iwfnd/catalogservice;v=2',
  clientNumber: '100',
  portNumber: 44300,
  logonLanguage: 'EN',
  privateLinkServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0',
};
const oAuth = {
  ...system,
  clientId: 'appflow',
  clientSecret: secret('clientSecret'),
  tokenUrl: 'https://sap.example.com/sap/bc/sec/oauth2/token',
  authCodeUrl: 'https://sap.example.com/sap/bc/sec/oauth2/authorize',
  oAuthScopes: ['ZAPI_SALES_ORDER_SRV_0001'],
};
const objectPath = '/sap/opu/odata/sap/API_SALES_ORDER_SRV/A_SalesOrder';

const profile = (parts: Parts) => parts.profile(SapODataConnection.basic({
  applicationHostUrl: 'https://sap.example.com',
  applicationServicePath: '/sap/opu/odata/iwfnd/catalogservice;v=2',
  clientNumber: '100',
  username: 'appflow',
  password: secret('password'),
}));

export const example: ConnectorExample = {
  connections: {
    'user name and password': () => SapODataConnection.basic({ ...system, username: 'appflow', password: secret('password'), disableSso: true }),
    'OAuth 2.0, with tokens': () => SapODataConnection.oAuth({ ...oAuth, refreshToken: secret('refreshToken'), accessToken: secret('accessToken') }),
    'OAuth 2.0, with an authorization code': () => SapODataConnection.oAuth({
      ...oAuth,
      authCode: secret('authCode'),
      redirectUri: 'https://acme.example.com/callback',
    }),
  },
  profileProps: { connectionMode: ConnectionMode.PRIVATE },
  flows: {
    'source': (parts) => parts.from(new SapODataSource(profile(parts), { objectPath, maxPageSize: 3000, maxParallelism: 4 })),
    'source, with a filter': (parts) => {
      const orders = new SapODataSource(profile(parts), { objectPath });
      return parts.from(orders, [orders.filter.contains('SalesOrderType', 'OR'), Mapping.fields(['SalesOrder', 'SoldToParty'])]);
    },
    'destination': (parts) => parts.to(new SapODataDestination(profile(parts), { objectPath })),
    'destination, with everything': (parts) => parts.to(new SapODataDestination(profile(parts), {
      objectPath,
      writeOperation: WriteOperation.update(['SalesOrder', 'Plant']),
      errorHandling: { failOnFirstDestinationError: true, bucket: parts.bucket, prefix: 'errors' },
      successResponse: { bucket: parts.bucket, prefix: 'answers' },
    })),
  },
};
