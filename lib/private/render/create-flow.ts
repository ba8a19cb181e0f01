import { connectorRecord } from '../connector-records';
import type { EndPlan, FlowPlan, TaskPlan, TriggerPlan } from '../flow-plan';
import { TRIGGER_TYPE } from '../vocabulary';

/** Writes a plan out as the request of CreateFlow, but for tags and token. */
export function renderCreateFlow(plan: FlowPlan): Record<string, unknown> {
  const { source, destination } = plan;
  return {
    flowName: plan.flowName,
    description: plan.description,
    kmsArn: plan.kmsArn,
    triggerConfig: renderTrigger(plan.trigger),
    sourceFlowConfig: {
      ...renderEnd(source),
      sourceConnectorProperties: renderProperties(source),
      incrementalPullConfig: source.timestampField !== undefined ? { datetimeTypeFieldName: source.timestampField } : undefined,
    },
    destinationFlowConfigList: [{ ...renderEnd(destination), destinationConnectorProperties: renderProperties(destination) }],
    tasks: plan.tasks.map(renderTask),
    metadataCatalogConfig: plan.catalog !== undefined ? { glueDataCatalog: plan.catalog } : undefined,
  };
}

function renderTrigger({ type, ...schedule }: TriggerPlan): Record<string, unknown> {
  return { triggerType: type, triggerProperties: type === TRIGGER_TYPE.SCHEDULED ? { Scheduled: schedule } : undefined };
}

function renderEnd({ connectorType, apiVersion, connectorProfileName }: EndPlan): Record<string, unknown> {
  return { connectorType, apiVersion, connectorProfileName };
}

function renderProperties({ connectorType, properties }: EndPlan): Record<string, unknown> {
  return { [connectorRecord(connectorType)?.member ?? connectorType]: properties };
}

function renderTask({ taskType, sourceFields, connectorOperator, destinationField, taskProperties = {} }: TaskPlan): Record<string, unknown> {
  return {
    taskType,
    sourceFields,
    connectorOperator,
    destinationField,
    taskProperties: Object.keys(taskProperties).length > 0 ? taskProperties : undefined,
  };
}
