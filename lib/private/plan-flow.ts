import { Stack } from 'aws-cdk-lib';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct, IDependable } from 'constructs';
import type { ConnectorType } from '../connector-type';
import type { FlowProps } from '../flow';
import type { FlowEndConfig, IFlowSource } from '../integration';
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
): { plan: FlowPlan; dependencies: IDependable[]; followers: Construct[] } {
  const source = props.source.bind(scope);
  const destination = props.destination.bind(scope);
  const tasks = props.tasks.flatMap((task) => task.bind());
  const sourceType = props.source.connectorType;

  return {
    plan: {
      flowName,
      description: props.description,
      kmsArn: props.encryptionKey?.keyRef.keyArn,
      environment: { account: Stack.of(scope).account, region: Stack.of(scope).region },
      trigger: options.trigger,
      source: { ...planEnd(sourceType, source, source.sourceConnectorProperties), timestampField: options.timestampField },
      destination: planEnd(props.destination.connectorType, destination, destination.destinationConnectorProperties),
      tasks: taskList(tasks, sourceType.name),
      catalog: destination.catalog,
    },
    dependencies: [...source.dependencies ?? [], ...destination.dependencies ?? []],
    followers: destination.followers ?? [],
  };
}

function planEnd(connectorType: ConnectorType, config: FlowEndConfig, properties: Record<string, unknown>): EndPlan {
  return {
    connectorType: connectorType.name,
    connectorLabel: connectorType.connectorLabel,
    apiVersion: config.apiVersion,
    connectorProfileName: config.connectorProfile?.connectorProfileRef.connectorProfileName,
    ...config.connectorProfile !== undefined ? profileConnector(config.connectorProfile) : undefined,
    profileEnvironment: config.connectorProfile?.env,
    properties: compact({ ...properties }) ?? {},
  };
}

/** The connector that a profile is for, where the profile tells: ours does if it is not imported, and so does the L1. */
function profileConnector(profile: appflow.IConnectorProfileRef): Pick<EndPlan, 'profileConnectorType' | 'profileConnectorLabel'> {
  const { connectorType, connectorLabel } = profile as { connectorType?: ConnectorType | string; connectorLabel?: string };
  if (connectorType === undefined || typeof connectorType === 'string') {
    return { profileConnectorType: connectorType, profileConnectorLabel: connectorLabel };
  }
  return { profileConnectorType: connectorType.name, profileConnectorLabel: connectorType.connectorLabel };
}
