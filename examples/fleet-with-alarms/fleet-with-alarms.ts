import {
  ConnectorProfile, FlowDashboard, FlowSchedule, Mapping, Mask, OutputFormat, S3Destination, SalesforceConnection, SalesforceReplication,
} from 'appflow-constructs';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** Replicates Salesforce to Amazon S3, a line an object, and tells the team when a flow fails, is deactivated, or falls behind. */
export class FleetWithAlarms extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
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

    // Whoever connected AppFlow to Salesforce has put the refresh token into this secret.
    const tokens = Secret.fromSecretNameV2(this, 'Tokens', 'salesforce/tokens');
    const salesforce = new ConnectorProfile(this, 'Salesforce', {
      connection: SalesforceConnection.refreshToken({
        instanceUrl: 'https://acme.my.salesforce.com',
        refreshToken: tokens.secretValueFromJson('refreshToken'),
      }),
    });

    const alerts = new Topic(this, 'Alerts', { enforceSSL: true });
    alerts.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': this.account } } }));

    const crm = new SalesforceReplication(this, 'Crm', {
      connectorProfile: salesforce,
      objects: ['Account', 'Campaign', 'Lead', 'Product2', 'User'],
      destination: new S3Destination(lake, { prefix: 'crm', format: OutputFormat.parquet({ preserveSourceDataTyping: true }) }),
      schedule: FlowSchedule.every(Duration.hours(1)),
      flowNamePrefix: 'crm-',
      alarms: { alarmActions: [new SnsAction(alerts)], okActions: [new SnsAction(alerts)] },
      dashboard: new FlowDashboard(this, 'Dashboard', { dashboardName: 'acme-crm' }),
    });
    crm.addObject('Opportunity', { schedule: FlowSchedule.every(Duration.minutes(15)), alarms: { stale: { within: Duration.hours(1) } } });
    crm.addObject('Contact', { tasks: [Mapping.all({ exclude: ['HomePhone'] }), Mask.last('MobilePhone', 4)] });

    new CfnOutput(this, 'CallsPerDay', {
      description: 'How many calls to Salesforce the flows make a day, if no run has more than a page of records',
      value: String(crm.estimateCalls().callsPerDay),
    });
    Tags.of(crm).add('team', 'sales');
  }
}
