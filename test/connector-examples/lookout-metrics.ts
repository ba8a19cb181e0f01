import { FlowSchedule, LookoutMetricsDestination, Mapping, SalesforceConnection, SalesforceSource, ScheduledFlow } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ConnectorExample, secret } from '../connector-example';

export const example: ConnectorExample = {
  flows: {
    destination: (parts) => new ScheduledFlow(parts, 'Flow', {
      source: new SalesforceSource(parts.profile(SalesforceConnection.refreshToken({ refreshToken: secret('refreshToken') })), { object: 'Opportunity' }),
      destination: new LookoutMetricsDestination(),
      tasks: [Mapping.fields(['Amount', 'CloseDate'])],
      schedule: FlowSchedule.every(Duration.hours(1)),
      encryptionKey: new Key(parts, 'Key'),
    }),
  },
  warnings: { 'connector-discontinued': 'AWS ended its support of Amazon Lookout for Metrics' },
};
