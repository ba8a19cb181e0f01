import { RedshiftConnection, RedshiftDestination } from 'appflow-constructs';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { type ConnectorExample, type Parts, secret } from '../connector-example';

const cluster = { clusterIdentifier: 'warehouse', databaseName: 'sales', username: 'appflow' };
const workgroup = { workgroupName: 'warehouse', databaseName: 'sales' };
const bucket = (scope: Construct) => new Bucket(scope, 'Staging');
const profile = (parts: Parts) => parts.profile(RedshiftConnection.dataApi({ ...cluster, bucket: parts.bucket }));

export const example: ConnectorExample = {
  connections: {
    'Data API': (scope) => RedshiftConnection.dataApi({ ...cluster, bucket: bucket(scope) }),
    'Data API, with a prefix, and roles of the user\'s': (scope) => RedshiftConnection.dataApi({
      ...cluster,
      bucket: bucket(scope),
      prefix: 'staging',
      role: Role.fromRoleName(scope, 'Role', 'redshift'),
      dataApiRole: Role.fromRoleName(scope, 'DataApiRole', 'appflow'),
    }),
    'serverless': (scope) => RedshiftConnection.serverless({ ...workgroup, bucket: bucket(scope) }),
    'JDBC': (scope) => RedshiftConnection.jdbc({
      databaseUrl: 'jdbc:redshift://acme.abc.us-east-1.redshift.amazonaws.com:5439/dev',
      username: 'appflow',
      password: secret('password'),
      bucket: bucket(scope),
    }),
  },
  flows: {
    'destination': (parts) => parts.to(new RedshiftDestination(profile(parts), { object: 'public.customers', intermediateBucket: parts.bucket })),
    'destination, with everything': (parts) => parts.to(new RedshiftDestination(profile(parts), {
      object: 'public.customers',
      intermediateBucket: parts.bucket,
      intermediatePrefix: 'staging',
      errorHandling: { failOnFirstDestinationError: true, bucket: parts.bucket, prefix: 'errors' },
    })),
  },
  warnings: { 'redshift-jdbc': 'AppFlow discourages it' },
};
