import { ConnectionMode, SnowflakeConnection, SnowflakeDestination, SnowflakeStage } from 'appflow-constructs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { type ConnectorExample, type Parts, secret } from '../connector-example';

const user = { username: 'appflow', password: secret('password'), warehouse: 'COMPUTE_WH' };
const bucket = (scope: Construct) => new Bucket(scope, 'Staging');
const profile = (parts: Parts) => parts.profile(SnowflakeConnection.basic({
  ...user,
  stage: SnowflakeStage.of('SALES', 'PUBLIC', 'APPFLOW'),
  bucket: parts.bucket,
}));

export const example: ConnectorExample = {
  connections: {
    'user name and password': (scope) => SnowflakeConnection.basic({
      ...user,
      stage: SnowflakeStage.of('SALES', 'PUBLIC', 'APPFLOW'),
      bucket: bucket(scope),
      prefix: 'staging',
      accountName: 'acme',
      region: 'us-east-1',
      privateLinkServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0',
    }),
  },
  profileProps: { connectionMode: ConnectionMode.PRIVATE },
  flows: {
    'destination': (parts) => parts.to(new SnowflakeDestination(profile(parts), { object: 'CUSTOMERS', intermediateBucket: parts.bucket })),
    'destination, with everything': (parts) => parts.to(new SnowflakeDestination(profile(parts), {
      object: 'CUSTOMERS',
      intermediateBucket: parts.bucket,
      intermediatePrefix: 'staging',
      errorHandling: { failOnFirstDestinationError: true, bucket: parts.bucket, prefix: 'errors' },
    })),
  },
};
