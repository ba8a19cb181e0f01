import { join } from 'path';
import {
  Connector, ConnectorProfile, CustomConnectorConnection, CustomConnectorSource, DataPull, FlowSchedule, Mapping, OutputFormat, S3Destination,
  ScheduledFlow,
} from 'appflow-constructs';
import { ArnFormat, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

const PROFILE = 'acme-billing';

/** Teaches AppFlow to read a billing system that it does not know, by a small connector of its own, and brings the invoices to Amazon S3. */
export class CustomConnector extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const logGroup = new LogGroup(this, 'ConnectorLogs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const role = new Role(this, 'ConnectorRole', {
      description: 'What the connector for the billing system may do',
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(role);
    // AppFlow keeps the API key in a secret of this name, to which AWS Secrets Manager adds six characters, and tells the connector its ARN.
    role.addToPolicy(new PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'],
      resources: [this.formatArn({
        service: 'secretsmanager',
        resource: 'secret',
        resourceName: `appflow!${this.account}-${PROFILE}-??????`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      })],
    }));

    const connector = new Connector(this, 'Connector', {
      connectorLabel: 'AcmeBilling',
      description: 'Invoices of the billing system',
      function: new Function(this, 'ConnectorFunction', {
        description: 'Reads the billing system for Amazon AppFlow',
        runtime: Runtime.NODEJS_24_X,
        code: Code.fromAsset(join(__dirname, 'connector')),
        handler: 'index.handler',
        // AppFlow waits no longer for an answer.
        timeout: Duration.seconds(30),
        memorySize: 256,
        role,
        logGroup,
        loggingFormat: LoggingFormat.JSON,
      }),
    });

    // Whoever runs the billing system has put the API key into this secret.
    const apiKey = Secret.fromSecretNameV2(this, 'ApiKey', 'billing/api-key');
    const billing = new ConnectorProfile(this, 'Billing', {
      connectorProfileName: PROFILE,
      connection: CustomConnectorConnection.apiKey({
        connectorLabel: connector.connectorLabel,
        profileProperties: { instanceUrl: 'https://billing.acme.example' },
        apiKey: apiKey.secretValueFromJson('apiKey'),
      }),
    });

    const accessLogs = new Bucket(this, 'AccessLogs', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const invoices = new Bucket(this, 'Invoices', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
      serverAccessLogsBucket: accessLogs,
    });

    new ScheduledFlow(this, 'InvoicesFlow', {
      description: 'New and changed invoices',
      source: new CustomConnectorSource(billing, { connectorLabel: connector.connectorLabel, entityName: 'invoices', apiVersion: 'v1' }),
      destination: new S3Destination(invoices, { format: OutputFormat.parquet({ preserveSourceDataTyping: true }) }),
      schedule: FlowSchedule.every(Duration.hours(1)),
      pull: DataPull.incremental({ timestampField: 'updatedAt' }),
      tasks: [Mapping.all()],
    });
  }
}
