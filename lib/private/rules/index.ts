import type { FlowPlan } from '../flow-plan';
import type { Finding } from '../report';
import { CONNECTOR_PROFILE_RULES, type ConnectorProfilePlan } from './connector-profile';
import { END_RULES } from './ends';
import { FLOW_RULES } from './flow';
import { check } from './rule';
import { SCHEDULE_RULES } from './schedule';
import { TAG_RULES } from './tags';
import { TASK_RULES } from './tasks';

/** Every rule about flows. */
export const ALL_FLOW_RULES = [...FLOW_RULES, ...SCHEDULE_RULES, ...END_RULES, ...TASK_RULES];

/** What is wrong with a flow. */
export function checkFlow(plan: FlowPlan): Finding[] {
  return check(ALL_FLOW_RULES, plan);
}

/** What is wrong with a connector profile. */
export function checkConnectorProfile(profile: ConnectorProfilePlan): Finding[] {
  return check(CONNECTOR_PROFILE_RULES, profile);
}

/** What is wrong with tags. */
export function checkTags(tags: Readonly<Record<string, string>>): Finding[] {
  return check(TAG_RULES, tags);
}
