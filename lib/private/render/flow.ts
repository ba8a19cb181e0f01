import type { CfnFlow, CfnFlowProps } from 'aws-cdk-lib/aws-appflow';
import { connectorRecord, connectorRecordByMember } from '../connector-records';
import type { DestinationPlan, EndPlan, FlowPlan, SourcePlan, TaskPlan, TriggerPlan } from '../flow-plan';
import { TRIGGER_TYPE } from '../vocabulary';
import { toL1 } from './l1';

/** Writes a plan out as the properties of `AWS::AppFlow::Flow`. */
export function renderFlow(plan: FlowPlan): CfnFlowProps {
  return {
    flowName: plan.flowName,
    description: plan.description,
    kmsArn: plan.kmsArn,
    triggerConfig: renderTrigger(plan.trigger),
    sourceFlowConfig: renderSource(plan.source),
    destinationFlowConfigList: [renderDestination(plan.destination)],
    tasks: plan.tasks.map(renderTask),
    metadataCatalogConfig: plan.catalog !== undefined ? { glueDataCatalog: plan.catalog } : undefined,
  };
}

function renderTrigger({ type, timezone, ...schedule }: TriggerPlan): CfnFlow.TriggerConfigProperty {
  return {
    triggerType: type,
    triggerProperties: type === TRIGGER_TYPE.SCHEDULED
      ? { ...schedule, scheduleExpression: schedule.scheduleExpression ?? '', timeZone: timezone }
      : undefined,
  };
}

function renderSource(source: SourcePlan): CfnFlow.SourceFlowConfigProperty {
  return {
    connectorType: source.connectorType,
    apiVersion: source.apiVersion,
    connectorProfileName: source.connectorProfileName,
    sourceConnectorProperties: renderProperties(source),
    incrementalPullConfig: source.timestampField !== undefined ? { datetimeTypeFieldName: source.timestampField } : undefined,
  };
}

function renderDestination(destination: DestinationPlan): CfnFlow.DestinationFlowConfigProperty {
  return {
    connectorType: destination.connectorType,
    apiVersion: destination.apiVersion,
    connectorProfileName: destination.connectorProfileName,
    destinationConnectorProperties: renderProperties(destination),
  };
}

function renderProperties(end: EndPlan): Record<string, unknown> {
  return { [l1Member(end.connectorType)]: toL1(end.properties) };
}

function renderTask(task: TaskPlan): CfnFlow.TaskProperty {
  const properties = Object.entries(task.taskProperties ?? {});
  return {
    taskType: task.taskType,
    sourceFields: [...task.sourceFields],
    connectorOperator: task.connectorOperator !== undefined ? renderOperator(task.connectorOperator) : undefined,
    destinationField: task.destinationField,
    taskProperties: properties.length > 0 ? properties.map(([key, value]) => ({ key, value })) : undefined,
  };
}

function renderOperator(operator: Readonly<Record<string, string>>): CfnFlow.ConnectorOperatorProperty {
  return Object.fromEntries(Object.entries(operator).map(([member, name]) => [l1OperatorMember(member), name]));
}

function l1Member(connectorType: string): string {
  return connectorRecord(connectorType)?.l1Member ?? connectorType;
}

function l1OperatorMember(member: string): string {
  return connectorRecordByMember(member)?.l1Member ?? member;
}
