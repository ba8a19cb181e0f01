import {
  ConnectorProfile, EventBridgeDestination, EventFlow, Mapping, PartnerEventSource, SalesforceConnection, SalesforceSource,
} from 'appflow-constructs';
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Brings order events from Salesforce to Amazon EventBridge, and from there to a queue. */
export class SalesforceToEventBridge extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // Whoever connected AppFlow to Salesforce has put the refresh token into this secret.
    const tokens = Secret.fromSecretNameV2(this, 'Tokens', 'salesforce/tokens');
    const salesforce = new ConnectorProfile(this, 'Salesforce', {
      connection: SalesforceConnection.refreshToken({
        instanceUrl: 'https://acme.my.salesforce.com',
        refreshToken: tokens.secretValueFromJson('refreshToken'),
      }),
    });

    const accessLogs = new Bucket(this, 'AccessLogs', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const largeEvents = new Bucket(this, 'LargeEvents', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(7) }],
      removalPolicy: RemovalPolicy.DESTROY,
      serverAccessLogsBucket: accessLogs,
    });
    const destination = EventBridgeDestination.withEventBus(PartnerEventSource.salesforce('orders'), {
      largeEventHandling: { bucket: largeEvents },
    });
    new EventFlow(this, 'Orders', {
      description: 'Orders as they are placed',
      source: new SalesforceSource(salesforce, { object: 'Order_Placed__e' }),
      destination,
      tasks: [Mapping.all()],
    });

    // In the scope of the event bus, so that it is there before the flow is activated.
    const { eventBus } = destination;
    const queue = new Queue(this, 'Queue', {
      enforceSSL: true,
      deadLetterQueue: { queue: new Queue(this, 'DeadLetters', { enforceSSL: true }), maxReceiveCount: 5 },
    });
    new Rule(eventBus, 'Placed', { eventBus, eventPattern: { detailType: ['Order_Placed__e'] }, targets: [new SqsQueue(queue)] });
  }
}
