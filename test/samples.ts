import {
  BackfilledFlow, type BackfilledFlowProps, type BackfillOptions, ConnectorProfile, EventFlow, type FlowActivation, FlowSchedule,
  type IConnectorProfile, type IFlowDestination, type IFlowTask, Mapping, OnDemandFlow, S3Destination, S3Source, SalesforceDestination,
  SalesforceSource, ScheduleTime, WriteOperation,
} from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { Bucket } from 'aws-cdk-lib/aws-s3';

/** The connector profile that the samples of a stack share. */
export function salesforceProfile(stack: Stack): IConnectorProfile {
  const profile = stack.node.tryFindChild('Salesforce') as IConnectorProfile | undefined;
  return profile ?? ConnectorProfile.fromConnectorProfileName(stack, 'Salesforce', 'acme');
}

/** The bucket that the samples of a stack share. */
export function lake(stack: Stack): Bucket {
  return stack.node.tryFindChild('Lake') as Bucket | undefined ?? new Bucket(stack, 'Lake');
}

/** The ends of a flow from Salesforce to Amazon S3. */
export function salesforceToS3(stack: Stack) {
  return {
    source: new SalesforceSource(salesforceProfile(stack), { object: 'Opportunity' }),
    destination: new S3Destination(lake(stack), { prefix: 'raw' }),
  };
}

/** The ends of a flow from Amazon S3 to Salesforce. */
export function s3ToSalesforce(stack: Stack) {
  return {
    source: new S3Source(lake(stack), { prefix: 'leads' }),
    destination: new SalesforceDestination(salesforceProfile(stack), { object: 'Lead', writeOperation: WriteOperation.insert() }),
  };
}

/** The ends of a flow from one folder in Amazon S3 to another. */
export function s3ToS3(stack: Stack) {
  return {
    source: new S3Source(lake(stack), { prefix: 'in' }),
    destination: new S3Destination(lake(stack), { prefix: 'out' }),
  };
}

/** A flow from one folder in Amazon S3 to another, without the library. */
export function l1Flow(stack: Stack, triggerType: string): CfnFlow {
  return new CfnFlow(stack, 'Flow', {
    flowName: 'leads',
    triggerConfig: { triggerType },
    sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties: { s3: { bucketName: 'lake', bucketPrefix: 'in' } } },
    destinationFlowConfigList: [{ connectorType: 'S3', destinationConnectorProperties: { s3: { bucketName: 'lake' } } }],
    tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { s3: 'NO_OP' } }],
  });
}

/** An event flow from Salesforce. */
export function salesforceEvents(stack: Stack, destination: IFlowDestination, activation?: FlowActivation): EventFlow {
  return new EventFlow(stack, 'Flow', {
    source: new SalesforceSource(salesforceProfile(stack), { object: 'Order__e' }), destination, tasks: [Mapping.all()], activation,
  });
}

/** A flow from Salesforce with a history. */
export function backfilled(stack: Stack, backfill: Partial<BackfillOptions> = {}, props: Partial<BackfilledFlowProps> = {}): BackfilledFlow {
  return new BackfilledFlow(stack, 'Backfilled', {
    ...salesforceToS3(stack),
    schedule: FlowSchedule.every(Duration.hours(1)),
    tasks: [Mapping.all()],
    ...props,
    backfill: {
      from: ScheduleTime.iso('2026-01-01T00:00:00Z'), to: ScheduleTime.iso('2026-07-01T00:00:00Z'), timestampField: 'LastModifiedDate', ...backfill,
    },
  });
}

/** The task list that a flow from Salesforce to Amazon S3 has in the template, for the given tasks. */
export function renderedTasks(stack: Stack, tasks: IFlowTask[]): any[] {
  new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks });
  return flowIn(stack).Tasks;
}

/** The output format that a destination has in the template. */
export function renderedOutput(stack: Stack, destination: S3Destination): any {
  new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), destination, tasks: [Mapping.all()] });
  return flowIn(stack).DestinationFlowConfigList[0].DestinationConnectorProperties.S3.S3OutputFormatConfig;
}

function flowIn(stack: Stack): any {
  const [flow] = Object.values<any>(Template.fromStack(stack).findResources('AWS::AppFlow::Flow'));
  return flow.Properties;
}
