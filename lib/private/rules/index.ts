import { connectorRecord } from '../connector-records';
import type { FlowPlan } from '../flow-plan';
import type { Finding } from '../report';
import { CONNECTOR_LABEL_RULE, type ConnectorPlan, CONNECTOR_RULES } from './connector';
import { CONNECTOR_PROFILE_NAME_RULE, CONNECTOR_PROFILE_RULES, type ConnectorProfilePlan } from './connector-profile';
import { END_RULES } from './ends';
import { FLOW_NAME_RULE, FLOW_RULES } from './flow';
import { check, type Rule } from './rule';
import { SCHEDULE_RULES } from './schedule';
import { TAG_RULES } from './tags';
import { TASK_RULES } from './tasks';

/** The rules about flows of every connector. Connectors add rules of their own in their records. */
export const ALL_FLOW_RULES: readonly Rule<FlowPlan>[] = [...FLOW_RULES, ...SCHEDULE_RULES, ...END_RULES, ...TASK_RULES];

/** What is wrong with a flow. */
export function checkFlow(plan: FlowPlan): Finding[] {
  const connectors = new Set([plan.source.connectorType, plan.destination.connectorType]);
  return check([...ALL_FLOW_RULES, ...[...connectors].flatMap((type) => connectorRecord(type)?.rules ?? [])], plan);
}

/** What is wrong with the name of a flow that exists. */
export function checkFlowName(flowName: string): Finding[] {
  return check([FLOW_NAME_RULE], { flowName });
}

/** What is wrong with a connector profile. */
export function checkConnectorProfile(profile: ConnectorProfilePlan): Finding[] {
  return check([...CONNECTOR_PROFILE_RULES, ...connectorRecord(profile.connectorType)?.profileRules ?? []], profile);
}

/** What is wrong with the name of a connector profile that exists. */
export function checkConnectorProfileName(connectorProfileName: string): Finding[] {
  return check([CONNECTOR_PROFILE_NAME_RULE], { connectorProfileName });
}

/** What is wrong with a custom connector. */
export function checkConnector(connector: ConnectorPlan): Finding[] {
  return check([CONNECTOR_LABEL_RULE, ...CONNECTOR_RULES], connector);
}

/** What is wrong with the label of a custom connector that exists. */
export function checkConnectorLabel(connectorLabel: string): Finding[] {
  return check([CONNECTOR_LABEL_RULE], { connectorLabel });
}

/** What is wrong with tags. */
export function checkTags(tags: Readonly<Record<string, string>>): Finding[] {
  return check(TAG_RULES, tags);
}
