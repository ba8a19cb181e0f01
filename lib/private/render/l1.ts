import { isPlainObject } from '../values';

/**
 * Members that CloudFormation calls by another name than the API; all others differ in case alone, and the L1 has them
 * spelled as the API does.
 */
const L1_NAMES: Readonly<Record<string, string>> = {
  failOnFirstDestinationError: 'failOnFirstError',
  oAuthRequest: 'connectorOAuthRequest',
};

/** Renames the members of an API structure to those of the L1, all the way down. */
export function toL1(value: unknown): any {
  if (Array.isArray(value)) {
    return value.map(toL1);
  }
  if (isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [L1_NAMES[name] ?? name, toL1(member)]));
  }
  return value;
}
