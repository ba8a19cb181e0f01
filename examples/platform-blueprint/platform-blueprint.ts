import {
  ConnectorProfile, DataPull, FlowAlarms, FlowSchedule, Mapping, OutputFormat, S3Destination, SalesforceSource, ScheduledFlow, ServiceNowConnection,
  ServiceNowSource,
} from 'appflow-constructs';
import { Annotations, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { applyCompanyStandards } from './company-standards';

/** Flows of a team that has its bucket, key, topic, secret and connector profile from a platform team, and follows the company's standards without a word. */
export class PlatformBlueprint extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // What the platform team has made, and published.
    const published = (name: string) => StringParameter.valueForStringParameter(this, `/platform/${name}`);
    const key = Key.fromKeyArn(this, 'Key', published('key-arn'));
    const lake = Bucket.fromBucketAttributes(this, 'Lake', { bucketName: published('lake-bucket'), encryptionKey: key });
    const alerts = Topic.fromTopicArn(this, 'Alerts', published('alerts-topic-arn'));
    const serviceNowUser = Secret.fromSecretNameV2(this, 'ServiceNowUser', 'platform/servicenow');
    const salesforce = ConnectorProfile.fromConnectorProfileName(this, 'Salesforce', 'platform-salesforce');

    applyCompanyStandards(this, { team: 'service', key, alerts });
    Annotations.of(this).acknowledgeWarning(
      'appflow-constructs:resource-policy-not-changed',
      'The platform team lets AppFlow use its bucket and its key, by the statements that the warnings show.',
    );

    const serviceNow = new ConnectorProfile(this, 'ServiceNow', {
      connection: ServiceNowConnection.basic({
        instanceUrl: 'https://acme.service-now.com',
        username: 'appflow',
        password: serviceNowUser.secretValueFromJson('password'),
      }),
    });

    const sources = {
      cases: new SalesforceSource(salesforce, { object: 'Case' }),
      incidents: new ServiceNowSource(serviceNow, { object: 'incident' }),
    };
    for (const [name, source] of Object.entries(sources)) {
      const flow = new ScheduledFlow(this, name, {
        source,
        destination: new S3Destination(lake, { prefix: `service/${name}`, format: OutputFormat.parquet() }),
        schedule: FlowSchedule.every(Duration.hours(1)),
        pull: DataPull.incremental(),
        tasks: [Mapping.all()],
      });
      new FlowAlarms(flow, 'Alarms', { flow });
    }
  }
}
