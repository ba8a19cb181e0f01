import { ALL_FLOW_RULES } from '.';
import { CONNECTOR_TYPES, connectorRecord } from '../connector-records';
import { CONNECTOR_RULES } from './connector';
import { CONNECTOR_PROFILE_RULES } from './connector-profile';
import type { Rule } from './rule';
import { TAG_RULES } from './tags';

/** What is known of any rule. */
export type RuleFacts = Omit<Rule<unknown>, 'broken'>;

/** The rules of the library, those that connectors add among them. It loads all connectors. */
export function everyRule(): RuleFacts[] {
  const records = CONNECTOR_TYPES.map((type) => connectorRecord(type)!);
  return [
    ...ALL_FLOW_RULES, ...CONNECTOR_PROFILE_RULES, ...CONNECTOR_RULES, ...TAG_RULES,
    ...records.flatMap(({ rules = [], profileRules = [] }) => [...rules, ...profileRules]),
  ];
}
