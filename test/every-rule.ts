import { CONNECTOR_TYPES, connectorRecord } from '../lib/private/connector-records';
import { ALL_FLOW_RULES } from '../lib/private/rules';
import { CONNECTOR_RULES } from '../lib/private/rules/connector';
import { CONNECTOR_PROFILE_RULES } from '../lib/private/rules/connector-profile';
import { TAG_RULES } from '../lib/private/rules/tags';

const RECORDS = CONNECTOR_TYPES.map((type) => connectorRecord(type)!);

/** The rules of the library, those that connectors add among them. */
export const EVERY_RULE = [
  ...ALL_FLOW_RULES, ...CONNECTOR_PROFILE_RULES, ...CONNECTOR_RULES, ...TAG_RULES,
  ...RECORDS.flatMap(({ rules = [], profileRules = [] }) => [...rules, ...profileRules]),
];
