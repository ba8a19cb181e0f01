import {
  type ConnectorOperator, type DestinationFlowConfig, type FlowStatus, type MetadataCatalogConfig, type SourceFlowConfig, type Task,
  type TriggerConfig,
} from '@aws-sdk/client-appflow';
import { memberOf } from './built-in-connector';
import { type Run } from './run';

/** What CreateFlow and UpdateFlow say of a flow; the input check has seen to the required members. */
export interface FlowDefinition {
  readonly flowName: string;
  readonly description?: string;
  readonly triggerConfig: TriggerConfig;
  readonly sourceFlowConfig: SourceFlowConfig;
  readonly destinationFlowConfigList: DestinationFlowConfig[];
  readonly tasks: Task[];
  readonly metadataCatalogConfig?: MetadataCatalogConfig;
}

/** A flow as the service keeps it. */
export interface Flow {
  readonly arn: string;
  readonly kmsArn?: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  definition: FlowDefinition;
  status: FlowStatus;
  statusMessage?: string;
  lastUpdatedAt: Date;
  lastUpdatedBy: string;
  schemaVersion: number;
  tags: Record<string, string>;
  /** Newest first. */
  readonly runs: Run[];
}

/** The operator of a task that belongs to the flow's source. */
export function sourceOperator({ sourceFlowConfig }: Pick<FlowDefinition, 'sourceFlowConfig'>, { connectorOperator = {} }: Task): string | undefined {
  const member = memberOf('ConnectorOperator', sourceFlowConfig.connectorType!);
  return member === undefined ? undefined : connectorOperator[member as keyof ConnectorOperator];
}

/**
 * The partner event source that a flow publishes to, by its full name; undefined for other flows. AppFlow also takes a short name (aws-cdk issue
 * 14452), and which partner event source it makes of that is not known.
 */
export function partnerEventSource({ destinationFlowConfigList: [{ destinationConnectorProperties }] }: FlowDefinition): string | undefined {
  const name = destinationConnectorProperties?.EventBridge?.object;
  return name?.startsWith('aws.partner/') ? name : undefined;
}

/** Whether a run of the flow can move anything. */
export function movesRecords(definition: FlowDefinition): boolean {
  // A prefix with a leading slash matches no object, and the run still succeeds (aws/aws-cdk issues 17748, 18899).
  if (definition.sourceFlowConfig.sourceConnectorProperties?.S3?.bucketPrefix?.startsWith('/')) return false;
  // A task keyed by another connector than the source is taken and does nothing: runs succeed without records (same issues).
  return definition.tasks.some((task) => (task.taskType === 'Map' || task.taskType === 'Map_all')
    && (sourceOperator(definition, task) !== undefined || Object.keys(task.connectorOperator ?? {}).length === 0));
}
