import { Stack } from 'aws-cdk-lib';
import type { CfnConnectorProfile } from 'aws-cdk-lib/aws-appflow';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct, IDependable } from 'constructs';
import type { ConnectorType } from '../connector-type';
import type { FlowProps } from '../flow';
import type { FlowEndConfig, IFlowSource } from '../integration';
import { connectorRecord } from './connector-records';
import type { EndPlan, TriggerPlan, UnnamedFlowPlan } from './flow-plan';
import { taskList } from './task-list';
import { compact, isPlainObject } from './values';

/** The props of any flow. Each kind declares its source itself, since jsii lets no interface narrow a member that it inherits. */
export interface SourcedFlowProps extends FlowProps {
  readonly source: IFlowSource;
}

/** What a kind of flow adds to the props that all flows have. */
export interface TriggerOptions {
  readonly trigger: TriggerPlan;
  readonly timestampField?: string;
}

/** Binds the parts of a flow, and makes its plan, but for the name, which depends on the rest. */
export function planFlow(
  scope: Construct,
  props: SourcedFlowProps,
  options: TriggerOptions,
): { plan: UnnamedFlowPlan; dependencies: IDependable[]; followers: Construct[] } {
  const source = props.source.bind(scope);
  const destination = props.destination.bind(scope);
  const tasks = props.tasks.flatMap((task) => task.bind());
  const sourceType = props.source.connectorType;

  return {
    plan: {
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
    ...config.connectorProfile !== undefined ? profileFacts(config.connectorProfile) : undefined,
    profileEnvironment: config.connectorProfile?.env,
    properties: compact({ ...properties }) ?? {},
  };
}

type ProfileFacts = Pick<EndPlan, 'profileConnectorType' | 'profileConnectorLabel' | 'profileProperties'>;

/** What a profile tells of itself: ours does if it is not imported, and so does the L1. */
function profileFacts(profile: appflow.IConnectorProfileRef): ProfileFacts {
  const { connectorType, connectorLabel, _properties } = profile as
    { connectorType?: ConnectorType | string; connectorLabel?: string; _properties?: EndPlan['profileProperties'] };
  if (connectorType === undefined || typeof connectorType === 'string') {
    return { profileConnectorType: connectorType, profileConnectorLabel: connectorLabel, profileProperties: l1Properties(profile, connectorType) };
  }
  return { profileConnectorType: connectorType.name, profileConnectorLabel: connectorType.connectorLabel, profileProperties: _properties };
}

/** The properties of a profile that the L1 makes, where they are known. */
function l1Properties(profile: object, connectorType: string | undefined): EndPlan['profileProperties'] {
  const { connectorProfileConfig } = profile as Partial<CfnConnectorProfile>;
  const union = isPlainObject(connectorProfileConfig) ? connectorProfileConfig.connectorProfileProperties : undefined;
  const properties = isPlainObject(union) ? union[connectorRecord(connectorType ?? '')?.l1Member ?? ''] : undefined;
  return isPlainObject(properties) ? properties : undefined;
}
