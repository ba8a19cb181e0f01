import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct, IDependable } from 'constructs';
import type { ConnectorType } from './connector-type';

/**
 * Where a flow takes its records from.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SourceFlowConfig.html
 */
export interface IFlowSource {
  /** The connector that the source uses. */
  readonly connectorType: ConnectorType;

  /**
   * Called once by the flow that uses the source: sets up what AppFlow needs, and says what to send to it.
   *
   * @param scope the flow
   */
  bind(scope: Construct): FlowSourceConfig;
}

/**
 * A source that publishes events, so that an `EventFlow` can subscribe to it.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flow-triggers.html
 */
export interface IEventFlowSource extends IFlowSource {
  /** The event that a flow subscribes to, such as a Salesforce change event or platform event. */
  readonly eventName: string;
}

/**
 * Where a flow writes its records to.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_DestinationFlowConfig.html
 */
export interface IFlowDestination {
  /** The connector that the destination uses. */
  readonly connectorType: ConnectorType;

  /**
   * Called once by the flow that uses the destination: sets up what AppFlow needs, and says what to send to it.
   *
   * @param scope the flow
   */
  bind(scope: Construct): FlowDestinationConfig;
}

/**
 * Something that a flow does to the records on their way: a filter, a mapping, a mask and so on.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_Task.html
 */
export interface IFlowTask {
  /**
   * Called by the flow that uses the task.
   *
   * @returns what to send to AppFlow; one task can need several entries
   */
  bind(): FlowTaskConfig[];
}

/**
 * How AppFlow signs in to an application.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ConnectorProfileConfig.html
 */
export interface IConnection {
  /** The connector that the connection is for. */
  readonly connectorType: ConnectorType;

  /**
   * Called once by the connector profile that uses the connection.
   *
   * @param scope the connector profile
   */
  bind(scope: Construct): ConnectionConfig;
}

/** What a source or destination tells the flow. */
export interface FlowEndConfig {
  /**
   * The connector profile that AppFlow signs in with.
   *
   * @default - the connector needs none
   */
  readonly connectorProfile?: appflow.IConnectorProfileRef;

  /**
   * The version of the application's API.
   *
   * @default - AppFlow chooses
   */
  readonly apiVersion?: string;

  /**
   * What has to exist before the flow is created, such as a bucket policy.
   *
   * @default - nothing beyond what the properties refer to
   */
  readonly dependencies?: IDependable[];
}

/** What a source tells the flow. */
export interface FlowSourceConfig extends FlowEndConfig {
  /** The members of the connector's source properties, spelled as in the CreateFlow API: `object`, `bucketName`. */
  readonly sourceConnectorProperties: { [name: string]: any };
}

/** What a destination tells the flow. */
export interface FlowDestinationConfig extends FlowEndConfig {
  /** The members of the connector's destination properties, spelled as in the CreateFlow API: `object`, `bucketName`. */
  readonly destinationConnectorProperties: { [name: string]: any };

  /**
   * The catalogue in which AppFlow describes the data that it writes.
   *
   * @default - the data is not catalogued
   */
  readonly catalog?: CatalogConfig;

  /**
   * Constructs that can be made only once the flow exists, and that must exist before the flow is activated, such as the event bus of
   * the partner event source that comes with the flow.
   *
   * @default - none
   */
  readonly followers?: Construct[];
}

/**
 * The AWS Glue Data Catalog database in which AppFlow describes the data that it writes.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_GlueDataCatalogConfig.html
 */
export interface CatalogConfig {
  /** The ARN of the role with which AppFlow creates tables and partitions. */
  readonly roleArn: string;
  /** The name of the database. It must exist. */
  readonly databaseName: string;
  /** What the names of the tables start with. */
  readonly tablePrefix: string;
}

/** One entry of a flow's task list. */
export interface FlowTaskConfig {
  /** The type of the task in the AppFlow API, such as `Map`. */
  readonly taskType: string;

  /** The source fields that the task applies to. */
  readonly sourceFields: string[];

  /**
   * The operator. The flow keys it by the source's connector, as AppFlow needs it.
   *
   * @default - the task has none
   */
  readonly operator?: string;

  /**
   * The operators by connector, in place of `operator`, to be sent as they are.
   *
   * @default - `operator`, keyed by the source's connector
   */
  readonly connectorOperator?: { [connector: string]: string };

  /**
   * The destination field.
   *
   * @default - the task has none
   */
  readonly destinationField?: string;

  /**
   * The task's properties, by keys such as `DATA_TYPE`.
   *
   * @default - none
   */
  readonly taskProperties?: { [key: string]: string };

  /**
   * The fields that the flow must read from the source for the task.
   *
   * @default - the source fields
   */
  readonly reads?: string[];

  /**
   * The connector that the task was made for.
   *
   * @default - the task suits any connector that has the operator
   */
  readonly madeFor?: ConnectorType;
}

/** What a connection tells the connector profile. */
export interface ConnectionConfig {
  /**
   * The members of the connector's credentials, spelled as in the CreateConnectorProfile API. Only references to secrets belong here.
   *
   * @default - none are sent
   */
  readonly connectorProfileCredentials?: { [name: string]: any };

  /** The members of the connector's profile properties, spelled as in the CreateConnectorProfile API. */
  readonly connectorProfileProperties: { [name: string]: any };

  /**
   * What has to exist before the profile is created, such as a secret's resource policy.
   *
   * @default - nothing beyond what the credentials refer to
   */
  readonly dependencies?: IDependable[];
}
