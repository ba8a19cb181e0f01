import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct, IDependable } from 'constructs';
import type { ConnectorType } from '../connector-type';
import type { FlowProps } from '../flow';
import type { FlowEndConfig, IFlowSource } from '../integration';
import { connectorRecord } from './connector-records';
import type { EndPlan, FlowPlan, TriggerPlan } from './flow-plan';
import { taskList } from './task-list';
import { compact } from './values';

/** The props of any flow. Each kind declares its source itself, since jsii lets no interface narrow a member that it inherits. */
export interface SourcedFlowProps extends FlowProps {
  readonly source: IFlowSource;
}

/** What a kind of flow adds to the props that all flows have. */
export interface TriggerOptions {
  readonly trigger: TriggerPlan;
  readonly timestampField?: string;
}

/** Binds the parts of a flow, and makes its plan. */
export function planFlow(
  scope: Construct,
  flowName: string,
  props: SourcedFlowProps,
  options: TriggerOptions,
): { plan: FlowPlan; dependencies: IDependable[] } {
  const source = props.source.bind(scope);
  const destination = props.destination.bind(scope);
  const tasks = props.tasks.flatMap((task) => task.bind());
  const sourceType = props.source.connectorType;

  return {
    plan: {
      flowName,
      description: props.description,
      kmsArn: props.encryptionKey?.keyRef.keyArn,
      trigger: options.trigger,
      source: { ...planEnd(sourceType, source, source.sourceConnectorProperties), timestampField: options.timestampField },
      destination: planEnd(props.destination.connectorType, destination, destination.destinationConnectorProperties),
      tasks: taskList(tasks, connectorRecord(sourceType.name)?.member ?? sourceType.name),
      catalog: destination.catalog,
    },
    dependencies: [...source.dependencies ?? [], ...destination.dependencies ?? []],
  };
}

function planEnd(connectorType: ConnectorType, config: FlowEndConfig, properties: Record<string, unknown>): EndPlan {
  return {
    connectorType: connectorType.name,
    apiVersion: config.apiVersion,
    connectorProfileName: config.connectorProfile?.connectorProfileRef.connectorProfileName,
    profileConnectorType: config.connectorProfile !== undefined ? profileConnectorType(config.connectorProfile) : undefined,
    properties: compact({ ...properties }) ?? {},
  };
}

/** The connector that a profile is for, where the profile tells: ours does if it is not imported, and so does the L1. */
function profileConnectorType(profile: appflow.IConnectorProfileRef): string | undefined {
  const { connectorType } = profile as { connectorType?: ConnectorType | string };
  return connectorType !== undefined ? String(connectorType) : undefined;
}
