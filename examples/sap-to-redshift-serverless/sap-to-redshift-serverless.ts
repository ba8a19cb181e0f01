import {
  ConnectorProfile, DataPull, FlowSchedule, Mapping, RedshiftConnection, RedshiftDestination, SapODataConnection, SapODataSource, ScheduledFlow,
  ScheduleTime,
} from 'appflow-constructs';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { CfnNamespace, CfnWorkgroup } from 'aws-cdk-lib/aws-redshiftserverless';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** Loads the day's sales orders from SAP into a table of Amazon Redshift Serverless every night. */
export class SapToRedshiftServerless extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const namespace = new CfnNamespace(this, 'Namespace', {
      namespaceName: 'acme-sales',
      dbName: 'sales',
      manageAdminPassword: true,
      logExports: ['connectionlog', 'useractivitylog', 'userlog'],
    });
    const workgroup = new CfnWorkgroup(this, 'Workgroup', { workgroupName: 'acme-sales', namespaceName: namespace.ref, publiclyAccessible: false });

    const accessLogs = new Bucket(this, 'AccessLogs', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const staging = new Bucket(this, 'Staging', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(7) }],
      removalPolicy: RemovalPolicy.DESTROY,
      serverAccessLogsBucket: accessLogs,
    });

    const connection = RedshiftConnection.serverless({
      workgroupName: workgroup.ref,
      workgroupArn: workgroup.attrWorkgroupWorkgroupArn,
      databaseName: 'sales',
      bucket: staging,
      prefix: 'sap',
    });
    const warehouse = new ConnectorProfile(this, 'Warehouse', { connection });
    // Amazon Redshift loads with one of the roles that the connection has made, and the other one is a user of the database.
    namespace.iamRoles = [connection.role!.roleArn];
    new CfnOutput(this, 'DatabaseUser', {
      description: 'The user that the administrator of the database lets insert into public.sales_orders before the first night',
      value: `IAMR:${connection.dataApiRole!.roleName}`,
    });

    const sap = new ConnectorProfile(this, 'Sap', {
      connection: SapODataConnection.basic({
        applicationHostUrl: 'https://sap.acme.example',
        applicationServicePath: '/sap/opu/odata/iwfnd/catalogservice;v=2',
        clientNumber: '100',
        logonLanguage: 'EN',
        username: 'APPFLOW',
        password: Secret.fromSecretNameV2(this, 'SapUser', 'sap/appflow').secretValueFromJson('password'),
      }),
    });

    const orders = new SapODataSource(sap, { objectPath: '/sap/opu/odata/sap/API_SALES_ORDER_SRV/A_SalesOrder', maxParallelism: 4 });
    const flow = new ScheduledFlow(this, 'SalesOrders', {
      description: 'Sales orders of the day',
      source: orders,
      destination: new RedshiftDestination(warehouse, {
        object: 'public.sales_orders',
        intermediateBucket: staging,
        intermediatePrefix: 'sap',
      }),
      schedule: FlowSchedule.every(Duration.days(1), { startTime: ScheduleTime.nextUtc('01:00') }),
      pull: DataPull.incremental({ timestampField: 'LastChangeDateTime' }),
      tasks: [
        orders.filter.equalTo('SalesOrganization', '1710'),
        Mapping.field('SalesOrder', { destinationField: 'sales_order' }),
        Mapping.field('SoldToParty', { destinationField: 'customer' }),
        Mapping.field('TotalNetAmount', { destinationField: 'net_amount' }),
        Mapping.field('LastChangeDateTime', { destinationField: 'changed_at' }),
      ],
    });
    Tags.of(flow).add('team', 'finance');
  }
}
