import {
  ConnectorProfile, DataPull, FlowSchedule, Mapping, Merge, S3InputFormat, S3Source, SalesforceConnection, SalesforceDestination, ScheduledFlow,
  Validation, ValidationAction, WriteOperation,
} from 'appflow-constructs';
import { Annotations, Duration, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** Brings the contacts that marketing leaves in Amazon S3 to Salesforce, new and changed ones alike, and keeps those that Salesforce refuses. */
export class S3ToSalesforce extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // Marketing's own bucket, which holds a first file before this stack is deployed.
    const marketing = Bucket.fromBucketName(this, 'Marketing', 'acme-marketing');
    const contacts = new S3Source(marketing, { prefix: 'contacts', format: S3InputFormat.CSV });

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
    const refused = new Bucket(this, 'Refused', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(30) }],
      removalPolicy: RemovalPolicy.DESTROY,
      serverAccessLogsBucket: accessLogs,
    });

    const flow = new ScheduledFlow(this, 'Contacts', {
      description: 'Contacts from campaigns, for sales',
      source: contacts,
      destination: new SalesforceDestination(salesforce, {
        object: 'Contact',
        writeOperation: WriteOperation.upsert(['Campaign_Contact_Id__c']),
        errorHandling: { bucket: refused, prefix: 'contacts' },
      }),
      schedule: FlowSchedule.every(Duration.hours(1)),
      pull: DataPull.incremental(),
      tasks: [
        contacts.filter.equalTo('consent', 'yes'),
        Validation.notNull('last_name', ValidationAction.DROP_RECORD),
        Mapping.field('id', { destinationField: 'Campaign_Contact_Id__c' }),
        Mapping.field('first_name', { destinationField: 'FirstName' }),
        Mapping.field('last_name', { destinationField: 'LastName' }),
        Mapping.field('email', { destinationField: 'Email' }),
        Merge.concatenate(['street', 'house_number'], { destinationField: 'MailingStreet' }),
      ],
    });
    Tags.of(flow).add('team', 'sales');

    Annotations.of(flow).acknowledgeWarning(
      'appflow-constructs:resource-policy-not-changed',
      'Marketing lets AppFlow read its bucket, by the statement that the warning shows.',
    );
  }
}
