import {
  ConnectorProfile, DataPull, FlowSchedule, GlueDataCatalog, Mapping, Mask, OutputFormat, PathPrefix, PrefixFormat, PrefixType, S3Destination,
  SalesforceConnection, SalesforceSource, ScheduledFlow, Validation, ValidationAction,
} from 'appflow-constructs';
import { Duration, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { CfnDatabase } from 'aws-cdk-lib/aws-glue';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

export interface SalesforceToS3Props extends StackProps {
  /** Whether the stack is deployed in its second version, which runs less often and hides phone numbers. */
  readonly changed?: boolean;
}

/** Brings new and changed opportunities from Salesforce to Amazon S3 and describes them for Amazon Athena. */
export class SalesforceToS3 extends Stack {
  constructor(scope: Construct, id: string, props: SalesforceToS3Props = {}) {
    super(scope, id, props);

    const accessLogs = new Bucket(this, 'AccessLogs', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const lake = new Bucket(this, 'Lake', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
      serverAccessLogsBucket: accessLogs,
    });
    const database = new CfnDatabase(this, 'Database', {
      catalogId: this.account,
      databaseInput: { name: 'salesforce', description: 'What Amazon AppFlow brings from Salesforce' },
    });

    // Whoever connected AppFlow to Salesforce has put the refresh token into this secret.
    const tokens = Secret.fromSecretNameV2(this, 'Tokens', 'salesforce/tokens');
    const salesforce = new ConnectorProfile(this, 'Salesforce', {
      connection: SalesforceConnection.refreshToken({
        instanceUrl: 'https://acme.my.salesforce.com',
        refreshToken: tokens.secretValueFromJson('refreshToken'),
      }),
    });

    const opportunities = new SalesforceSource(salesforce, { object: 'Opportunity' });
    const flow = new ScheduledFlow(this, 'Opportunities', {
      description: 'Opportunities over 10,000, for the data lake',
      source: opportunities,
      destination: new S3Destination(lake, {
        prefix: 'salesforce',
        format: OutputFormat.parquet({ preserveSourceDataTyping: true }),
        prefixConfig: {
          prefixType: PrefixType.PATH,
          prefixFormat: PrefixFormat.DAY,
          pathPrefixHierarchy: [PathPrefix.EXECUTION_ID],
        },
        catalog: new GlueDataCatalog({ databaseName: database.ref, tablePrefix: 'crm' }),
      }),
      schedule: FlowSchedule.every(props.changed ? Duration.hours(1) : Duration.minutes(15)),
      pull: DataPull.incremental(),
      tasks: [
        opportunities.filter.greaterThan('Amount', 10_000),
        Mapping.all({ exclude: ['Description'] }),
        Validation.notNull('AccountId', ValidationAction.DROP_RECORD),
        ...(props.changed ? [Mask.all('Phone')] : []),
      ],
    });
    Tags.of(flow).add('team', 'sales');
  }
}
