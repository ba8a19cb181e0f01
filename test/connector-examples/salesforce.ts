import {
  EventFlow, Mapping, S3Destination, SalesforceConnection, SalesforceDataTransferApi, SalesforceDestination, SalesforceSource, WriteOperation,
} from 'appflow-constructs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { type ConnectorExample, type Parts, secret } from '../connector-example';

const where = { instanceUrl: 'https://acme.my.salesforce.com', sandbox: true };
const connectedApp = (scope: Construct) => new Secret(scope, 'ConnectedApp');
const profile = (parts: Parts) => parts.profile(SalesforceConnection.refreshToken({ ...where, refreshToken: secret('refreshToken') }));

export const example: ConnectorExample = {
  connections: {
    'refresh token': (scope) => SalesforceConnection.refreshToken({
      ...where,
      usePrivateLinkForMetadataAndAuthorization: false,
      refreshToken: secret('refreshToken'),
      accessToken: secret('accessToken'),
      clientCredentials: connectedApp(scope),
    }),
    'access token': () => SalesforceConnection.accessToken({ ...where, accessToken: secret('accessToken') }),
    'JWT bearer': (scope) => SalesforceConnection.jwtBearer({ ...where, jwtToken: secret('jwtToken'), clientCredentials: connectedApp(scope) }),
    'authorization code': () => SalesforceConnection.authorizationCode({
      ...where, authCode: secret('authCode'), redirectUri: 'https://acme.example.com/callback',
    }),
  },
  flows: {
    'source': (parts) => {
      const accounts = new SalesforceSource(profile(parts), {
        object: 'Account',
        apiVersion: 'v58.0',
        dataTransferApi: SalesforceDataTransferApi.AUTOMATIC,
        enableDynamicFieldUpdate: true,
        includeDeletedRecords: true,
      });
      return parts.from(accounts, [accounts.filter.contains('Name', 'Inc'), Mapping.all()]);
    },
    'source of events': (parts) => new EventFlow(parts, 'Flow', {
      source: new SalesforceSource(profile(parts), { object: 'AccountChangeEvent' }), destination: new S3Destination(parts.bucket), tasks: [Mapping.all()],
    }),
    'destination': (parts) => parts.to(new SalesforceDestination(profile(parts), {
      object: 'Account',
      apiVersion: 'v58.0',
      writeOperation: WriteOperation.upsert(['Key__c']),
      dataTransferApi: SalesforceDataTransferApi.BULKV2,
      errorHandling: { failOnFirstDestinationError: true, bucket: parts.bucket, prefix: 'errors' },
    })),
  },
};
