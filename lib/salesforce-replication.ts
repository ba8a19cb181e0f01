import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { type SalesforceDataTransferApi, SalesforceSource } from './connectors/salesforce';
import { DataPull } from './data-pull';
import { type FleetFlowOptions, FlowFleet, type FlowFleetProps } from './flow-fleet';
import type { ScheduledFlow } from './scheduled-flow';

/** Properties of a replication of Salesforce objects. */
export interface SalesforceReplicationProps extends FlowFleetProps {
  /** The connector profile that AppFlow signs in to Salesforce with. */
  readonly connectorProfile: appflow.IConnectorProfileRef;

  /**
   * The objects, such as `Account`, whose flows have nothing of their own. `addObject` adds others.
   *
   * @default - none
   */
  readonly objects?: string[];

  /**
   * The version of the Salesforce API, such as `v58.0`.
   *
   * @default - AppFlow chooses
   */
  readonly apiVersion?: string;

  /**
   * Which Salesforce API AppFlow transfers records with.
   *
   * @default - not sent; AppFlow chooses by the size of the transfer
   */
  readonly dataTransferApi?: SalesforceDataTransferApi;

  /**
   * Whether fields that the objects get later are imported, too. Only for flows to Amazon S3 that map all fields.
   *
   * @default false
   */
  readonly enableDynamicFieldUpdate?: boolean;

  /**
   * Whether deleted records are read.
   *
   * @default false
   */
  readonly includeDeletedRecords?: boolean;
}

/**
 * A fleet of flows from Salesforce objects, by their names. Each run reads what is new or changed, unless `pull` says otherwise.
 *
 * @example
 * const crm = new SalesforceReplication(this, 'Crm', {
 *   connectorProfile: salesforce,
 *   objects: ['Account', 'Contact', 'Lead'],
 *   destination: new S3Destination(bucket, { prefix: 'crm', format: OutputFormat.parquet() }),
 *   schedule: FlowSchedule.every(Duration.hours(1)),
 * });
 * crm.addObject('Opportunity', { schedule: FlowSchedule.every(Duration.minutes(15)) });
 */
@propertyInjectable
export class SalesforceReplication extends FlowFleet {
  /** By what the property injectors of the AWS CDK know the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.SalesforceReplication';

  private readonly source: SalesforceReplicationProps;

  constructor(scope: Construct, id: string, props: SalesforceReplicationProps) {
    super(scope, id, { ...props, pull: props.pull ?? DataPull.incremental() });
    this.source = props;
    for (const object of props.objects ?? []) {
      this.addObject(object);
    }
  }

  /**
   * Adds an object by its name, which is also the id of its flow. For one that is read otherwise than the others, such as with another API or with filters
   * of its source, there is `add`.
   *
   * @param object such as `Account` or `Invoice__c`
   */
  public addObject(object: string, options: FleetFlowOptions = {}): ScheduledFlow {
    const { connectorProfile, apiVersion, dataTransferApi, enableDynamicFieldUpdate, includeDeletedRecords } = this.source;
    return this.add(object, new SalesforceSource(connectorProfile, {
      object, apiVersion, dataTransferApi, enableDynamicFieldUpdate, includeDeletedRecords,
    }), options);
  }
}
