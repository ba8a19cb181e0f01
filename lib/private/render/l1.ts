import { isPlainObject } from '../values';

/**
 * Members that the L1, or CloudFormation itself, spells otherwise than the API.
 */
const L1_NAMES: Readonly<Record<string, string>> = {
  failOnFirstDestinationError: 'failOnFirstError',
  oAuthRequest: 'connectorOAuthRequest',
  disableSSO: 'disableSso',
  Name: 'name',
  Type: 'type',
};

/** Structures whose member is `oAuthRequest` in CloudFormation, too. */
const OAUTH2_CREDENTIALS = ['oauth2', 'oAuth2Credentials'];

/** Maps, whose keys are the user's own. */
const MAPS = ['customProperties', 'profileProperties', 'tokenUrlCustomProperties', 'credentialsMap'];

/** Renames the members of an API structure to those of the L1, all the way down. */
export function toL1(value: unknown, structure?: string): any {
  if (Array.isArray(value)) {
    return value.map((element) => toL1(element));
  }
  if (isPlainObject(value) && !MAPS.includes(structure ?? '')) {
    const keepsOAuthRequest = OAUTH2_CREDENTIALS.includes(structure ?? '');
    return Object.fromEntries(Object.entries(value).map(([name, member]) =>
      [name === 'oAuthRequest' && keepsOAuthRequest ? name : L1_NAMES[name] ?? name, toL1(member, name)]));
  }
  return value;
}
