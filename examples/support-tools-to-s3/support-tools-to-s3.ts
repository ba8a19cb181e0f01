import {
  ConnectorProfile, DataPull, FlowSchedule, Mapping, Mask, OutputFormat, S3Destination, ScheduledFlow, ServiceNowConnection, ServiceNowSource,
  SlackConnection, SlackSource, ZendeskConnection, ZendeskSource,
} from 'appflow-constructs';
import { Duration, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** Brings what customers report, Zendesk's tickets, ServiceNow's incidents and a Slack channel's messages, to one bucket in Amazon S3. */
export class SupportToolsToS3 extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const accessLogs = new Bucket(this, 'AccessLogs', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const reports = new Bucket(this, 'Reports', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
      serverAccessLogsBucket: accessLogs,
    });
    const destination = new S3Destination(reports, { prefix: 'support', format: OutputFormat.json() });

    // Whoever registered AppFlow with the tools has put what it signs in with into these secrets.
    const zendeskApp = Secret.fromSecretNameV2(this, 'ZendeskApp', 'support/zendesk');
    const serviceNowUser = Secret.fromSecretNameV2(this, 'ServiceNowUser', 'support/servicenow');
    const slackApp = Secret.fromSecretNameV2(this, 'SlackApp', 'support/slack');
    const zendesk = new ConnectorProfile(this, 'Zendesk', {
      connection: ZendeskConnection.accessToken({
        instanceUrl: 'https://acme.zendesk.com',
        clientId: 'acme-appflow',
        clientSecret: zendeskApp.secretValueFromJson('clientSecret'),
        accessToken: zendeskApp.secretValueFromJson('accessToken'),
      }),
    });
    const serviceNow = new ConnectorProfile(this, 'ServiceNow', {
      connection: ServiceNowConnection.basic({
        instanceUrl: 'https://acme.service-now.com',
        username: 'appflow',
        password: serviceNowUser.secretValueFromJson('password'),
      }),
    });
    const slack = new ConnectorProfile(this, 'Slack', {
      connection: SlackConnection.accessToken({
        instanceUrl: 'https://acme.slack.com',
        clientId: '2141029472.691202649728',
        clientSecret: slackApp.secretValueFromJson('clientSecret'),
        accessToken: slackApp.secretValueFromJson('accessToken'),
      }),
    });

    new ScheduledFlow(this, 'Tickets', {
      source: new ZendeskSource(zendesk, { object: 'tickets' }),
      destination,
      schedule: FlowSchedule.every(Duration.hours(1)),
      pull: DataPull.incremental(),
      tasks: [Mapping.all({ exclude: ['custom_fields'] })],
    });

    const incidents = new ServiceNowSource(serviceNow, { object: 'incident' });
    new ScheduledFlow(this, 'Incidents', {
      source: incidents,
      destination,
      schedule: FlowSchedule.every(Duration.hours(1)),
      pull: DataPull.incremental(),
      tasks: [
        incidents.filter.contains('contact_type', 'customer'),
        Mapping.fields(['number', 'short_description', 'opened_at', 'caller_id']),
        Mask.all('caller_id'),
      ],
    });

    const messages = new SlackSource(slack, { object: 'conversations/C024BE91L' });
    new ScheduledFlow(this, 'Messages', {
      source: messages,
      destination,
      schedule: FlowSchedule.every(Duration.days(1)),
      pull: DataPull.complete(),
      tasks: [Mapping.fields(['ts', 'text'])],
    });

    Tags.of(this).add('team', 'support');
  }
}
