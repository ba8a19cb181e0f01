import {
  AppFlowDeploymentPolicy, Arithmetic, BackfilledFlow, ConnectionMode, Connector, ConnectorProfile, ConnectorTags, CustomConnectorConnection,
  CustomConnectorSource, CustomerProfilesDestination, CustomResourceHandler, DataPull, EventBridgeDestination, EventFlow, FileAggregation, Flow,
  FlowActivation, FlowActivationState, FlowAlarms, FlowDashboard, FlowEvents, FlowMetrics, FlowRuleTarget, FlowRun, FlowRuns, FlowSchedule,
  FlowScheduleTarget, FlowTags, GlueDataCatalog, Mapping, Mask, Merge, OnDemandFlow, OutputFormat, PartnerEventSource, PathPrefix, PrefixFormat,
  PrefixType, Provisioning, RawTask, RedshiftConnection, RedshiftDestination, RunOnDeploy, RunWait, S3Destination, S3InputFormat, S3Source,
  SalesforceConnection, SalesforceDataTransferApi, SalesforceDestination, SalesforceReplication, SalesforceSource, ScheduledFlow, ScheduleTime,
  SlackConnection, SlackSource, Truncate, Validation, ValidationAction, WriteOperation,
} from 'appflow-constructs';
import { Duration, SecretValue, Stack, Tags } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/** A stack with each feature of the library in it, for tests that look at all of its output. */
export class EveryFeature extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    const key = new Key(this, 'Key');
    const bucket = new Bucket(this, 'Bucket', { encryptionKey: key });
    CustomResourceHandler.configure(this, { logEncryptionKey: key, logRetention: RetentionDays.ONE_YEAR });
    const salesforce = new ConnectorProfile(this, 'Salesforce', {
      connectorProfileName: 'crm/main',
      connectionMode: ConnectionMode.PRIVATE,
      encryptionKey: key,
      connection: SalesforceConnection.refreshToken({
        instanceUrl: 'https://acme.my.salesforce.com',
        usePrivateLinkForMetadataAndAuthorization: true,
        refreshToken: SecretValue.secretsManager('tokens', { jsonField: 'refreshToken' }),
        clientCredentials: new Secret(this, 'ConnectedApp', { encryptionKey: key }),
      }),
    });
    const jwt = new ConnectorProfile(this, 'SalesforceJwt', {
      connection: SalesforceConnection.jwtBearer({
        sandbox: true,
        jwtToken: SecretValue.secretsManager('tokens', { jsonField: 'jwt' }),
        clientCredentials: new Secret(this, 'JwtApp'),
      }),
    });

    const accounts = new SalesforceSource(salesforce, {
      object: 'Account', apiVersion: 'v58.0', dataTransferApi: SalesforceDataTransferApi.AUTOMATIC, includeDeletedRecords: true, enableDynamicFieldUpdate: true,
    });
    const pull = new ScheduledFlow(this, 'Pull', {
      description: 'Accounts, changed ones first.',
      encryptionKey: key,
      source: accounts,
      destination: new S3Destination(bucket, {
        prefix: 'accounts',
        format: OutputFormat.parquet({ preserveSourceDataTyping: true }),
        aggregation: FileAggregation.none(),
        prefixConfig: {
          prefixType: PrefixType.PATH,
          prefixFormat: PrefixFormat.DAY,
          pathPrefixHierarchy: [PathPrefix.EXECUTION_ID, PathPrefix.SCHEMA_VERSION],
        },
        catalog: new GlueDataCatalog({ databaseName: 'lake', tablePrefix: 'crm' }),
      }),
      schedule: FlowSchedule.every(Duration.minutes(5), {
        startTime: ScheduleTime.iso('2098-01-01T00:00:00Z'),
        endTime: ScheduleTime.iso('2099-01-01T00:00:00Z'),
        timeZone: 'Europe/Berlin',
        offset: Duration.minutes(10),
        firstExecutionFrom: ScheduleTime.iso('2026-01-01T00:00:00Z'),
        deactivationThreshold: 5,
      }),
      pull: DataPull.incremental({ timestampField: 'LastModifiedDate' }),
      tasks: [
        Truncate.field('Description', 200),
        Validation.notNull('Id', ValidationAction.DROP_RECORD),
        Mapping.fields(['Id', 'Name']),
        Mapping.field('Description', { destinationField: 'Text', sourceDataType: 'textarea', destinationDataType: 'string' }),
        Arithmetic.multiply('AnnualRevenue', 'Share__c', { destinationField: 'Part' }),
        Merge.concatenate(['BillingCity', 'BillingCountry'], { destinationField: 'Place', separator: ', ' }),
        Mask.last('Phone', 4),
        Mapping.field('Phone'),
        accounts.filter.equalToAny('Type', ['Customer', 'Partner']),
        accounts.filter.between('CreatedDate', new Date('2020-01-01T00:00:00Z'), new Date('2030-01-01T00:00:00Z')),
        accounts.filter.contains('Name', 'Inc'),
      ],
    });
    Tags.of(pull).add('team', 'sales');

    new BackfilledFlow(this, 'Backfilled', {
      source: new SalesforceSource(salesforce, { object: 'Contact' }),
      destination: new S3Destination(bucket, { prefix: 'contacts' }),
      schedule: FlowSchedule.every(Duration.hours(6), { endTime: ScheduleTime.iso('2099-01-01T00:00:00Z') }),
      tasks: [Mapping.all()],
      backfill: {
        from: ScheduleTime.iso('2024-01-01T00:00:00Z'),
        to: ScheduleTime.iso('2026-01-01T00:00:00Z'),
        timestampField: 'LastModifiedDate',
        window: Duration.days(60),
        timeout: Duration.hours(1),
      },
    });

    new EventFlow(this, 'Events', {
      source: new SalesforceSource(jwt, { object: 'AccountChangeEvent' }),
      destination: new S3Destination(bucket, { format: OutputFormat.json(), aggregation: FileAggregation.none() }),
      tasks: [Mapping.all()],
      activation: FlowActivation.byCustomResource(FlowActivationState.SUSPENDED),
    });
    new ScheduledFlow(this, 'Declared', {
      flowName: 'declared',
      source: new S3Source(bucket, { prefix: 'in' }),
      destination: new S3Destination(bucket, { prefix: 'out', format: OutputFormat.csv(), aggregation: FileAggregation.singleFile() }),
      schedule: FlowSchedule.cron({ minute: '0', hour: '7', weekDay: 'TUE' }, { startTime: ScheduleTime.nextUtc('06:30', { margin: Duration.hours(1) }) }),
      pull: DataPull.complete(),
      tasks: [Mapping.all({ exclude: ['Secret'] }), Mask.all('Name'), Mask.first('Code', 2, { character: '#' })],
      activation: FlowActivation.byCloudFormation(),
    });
    new OnDemandFlow(this, 'Push', {
      source: new S3Source(bucket, { prefix: 'in', format: S3InputFormat.JSON }),
      destination: new SalesforceDestination(salesforce, {
        object: 'Account',
        writeOperation: WriteOperation.upsert(['Key__c']),
        dataTransferApi: SalesforceDataTransferApi.BULKV2,
        errorHandling: { bucket, prefix: 'refused', failOnFirstDestinationError: false },
      }),
      tasks: [
        Mapping.field('Key', { destinationField: 'Key__c' }),
        new RawTask({ taskType: 'Map', sourceFields: ['Name'], operator: 'NO_OP', destinationField: 'Name' }),
      ],
      runOnDeploy: RunOnDeploy.onChange({ wait: RunWait.untilSuccessful({ minimumRecords: 1, timeout: Duration.hours(1) }), cancelOnDelete: true }),
    });
    const slack = new ConnectorProfile(this, 'Slack', {
      provisioning: Provisioning.byCustomResource(),
      connection: SlackConnection.accessToken({
        instanceUrl: 'https://acme.slack.com',
        clientId: '123.456',
        clientSecret: SecretValue.secretsManager('slack', { jsonField: 'clientSecret' }),
        accessToken: SecretValue.secretsManager('slack', { jsonField: 'accessToken' }),
      }),
    });
    const messages = new SlackSource(slack, { object: 'conversations/C024BE91L' });
    new ScheduledFlow(this, 'Messages', {
      encryptionKey: key,
      source: messages,
      destination: new S3Destination(bucket, { prefix: 'messages', catalog: new GlueDataCatalog({ databaseName: 'lake', tablePrefix: 'slack' }) }),
      schedule: FlowSchedule.every(Duration.hours(1)),
      tasks: [messages.filter.greaterThan('ts', 1), Mapping.all()],
    });
    const crm = new SalesforceReplication(this, 'Crm', {
      connectorProfile: salesforce,
      objects: ['Account', 'Contact'],
      destination: new S3Destination(bucket, { prefix: 'crm' }),
      schedule: FlowSchedule.every(Duration.hours(6)),
    });
    crm.addObject('Case', { schedule: FlowSchedule.every(Duration.days(1), { startTime: ScheduleTime.nextPeriod({ phase: Duration.hours(2) }) }) });

    const leads = new SalesforceSource(salesforce, { object: 'Lead' });
    new OnDemandFlow(this, 'Profiles', {
      source: leads,
      destination: new CustomerProfilesDestination({ domainName: 'customers' }),
      tasks: [Mapping.fields(['Id', 'Name'])],
    });

    const warehouse = new ConnectorProfile(this, 'Warehouse', {
      connection: RedshiftConnection.serverless({ workgroupName: 'analytics', databaseName: 'sales', bucket, prefix: 'staging' }),
    });
    const load = new OnDemandFlow(this, 'Load', {
      source: leads,
      destination: new RedshiftDestination(warehouse, { object: 'public.leads', intermediateBucket: bucket, intermediatePrefix: 'staging' }),
      tasks: [Mapping.fields(['Id', 'Name'])],
    });
    pull.events.onRunSucceeded('Load', { target: FlowRuleTarget.start(load) });
    new Schedule(this, 'Weekly', { schedule: ScheduleExpression.rate(Duration.days(7)), target: FlowScheduleTarget.start(load) });
    const runs = new FlowRuns(this, 'RunMany', { flows: [load], continueOnFailure: true, maxConcurrency: 1 });
    new StateMachine(this, 'Nightly', {
      definitionBody: DefinitionBody.fromChainable(new FlowRun(this, 'RunOne', { flow: load, cancelOnTimeout: true, minimumRecords: 1 }).next(runs)),
    });
    FlowEvents.allFlows(this).onDeactivated('Deactivated');
    new EventFlow(this, 'Orders', {
      source: new SalesforceSource(jwt, { object: 'Order__e' }),
      destination: EventBridgeDestination.withEventBus(PartnerEventSource.salesforce('orders'), { largeEventHandling: { bucket } }),
      tasks: [Mapping.all()],
    });

    const handler = new Function(this, 'Billing', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = () => {};') });
    const connector = new Connector(this, 'Connector', { function: handler, tags: { team: 'billing' } });
    const billing = new ConnectorProfile(this, 'BillingProfile', {
      connection: CustomConnectorConnection.basic({
        connectorLabel: connector.connectorLabel, username: 'appflow', password: SecretValue.secretsManager('billing'),
      }),
    });
    new OnDemandFlow(this, 'Invoices', {
      source: new CustomConnectorSource(billing, { entityName: 'invoices' }),
      destination: new S3Destination(bucket, { prefix: 'invoices' }),
      tasks: [Mapping.all()],
    });
    new FlowTags(this, 'Tags', { flow: Flow.fromFlowName(this, 'Imported', 'elsewhere'), tags: { owner: 'sales' } });
    const alarms = new FlowAlarms(this, 'Alarms', { flow: pull });
    FlowMetrics.allExecutionsFailed({ byFlow: true }).createAlarm(this, 'AnyFailed', { threshold: 1, evaluationPeriods: 1 });
    new FlowDashboard(this, 'Dashboard', { alarms: [alarms], flows: [load] });
    new ConnectorTags(this, 'ConnectorTags', { connector: Connector.fromConnectorLabel(this, 'ImportedConnector', 'Billing'), tags: { owner: 'sales' } });
    new AppFlowDeploymentPolicy(this, 'DeploymentPolicy', { flowNames: ['EveryFeature-*'], secretNames: ['tokens'], encryptionKeys: [key] });
  }
}
