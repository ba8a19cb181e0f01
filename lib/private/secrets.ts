import type { TextConstraint } from './connector-record';
import { anyText, noBlanks } from './constraints';
import type { PlanPath } from './rules/rule';
import { isPlainObject } from './values';

interface Secret {
  /** How messages call it. */
  readonly title: string;
  readonly constraint: TextConstraint;
}

/** The members of the API's structures of credentials that hold secrets. A member of the same name is the same in all of them. */
const SECRETS: ReadonlyMap<string, Secret> = new Map<string, Secret>([
  ['accessToken', { title: 'access token', constraint: noBlanks(4096) }],
  ['apiKey', { title: 'API key', constraint: noBlanks(256) }],
  ['apiSecretKey', { title: 'API secret key', constraint: noBlanks(256) }],
  ['apiToken', { title: 'API token', constraint: noBlanks(256) }],
  ['applicationKey', { title: 'application key', constraint: noBlanks(512) }],
  ['authCode', { title: 'authorization code', constraint: { ...noBlanks(4096), inCloudFormation: { pattern: 'anchored' } } }],
  ['clientSecret', { title: 'client secret', constraint: noBlanks(512) }],
  ['datakey', { title: 'data key', constraint: noBlanks(512) }],
  ['jwtToken', {
    title: 'JSON web token',
    constraint: {
      // As CloudFormation has it: the pattern of the service model leaves out a character that such tokens have.
      pattern: /^[\w=-]+\.[\w=-]+\.[\w.+/=-]*$/,
      patternWords: 'three parts with full stops between them',
      maxLength: 8000,
      inCloudFormation: { pattern: 'anchored' },
    },
  }],
  ['password', { title: 'password', constraint: anyText(512) }],
  ['refreshToken', { title: 'refresh token', constraint: noBlanks(4096) }],
  ['secretAccessKey', { title: 'secret access key', constraint: noBlanks(512) }],
  ['secretKey', { title: 'secret key', constraint: noBlanks(256) }],
]);

/** Maps whose keys connectors choose themselves. */
const MAPS = ['credentialsMap', 'profileProperties', 'tokenUrlCustomProperties'];

/** What connectors call a secret in such maps: `personalAccessToken`, `api_key`, `password`. */
const SECRET_NAME = /(token|secret|password|passphrase|(api|secret|private|application|data|access|subscription)[_-]?key)$/i;

/** Whether a value among the properties is a secret by its name in such a map, or the URL of a database, which may hold a password. No message may hold it. */
export function mayHoldSecret(at: PlanPath): boolean {
  return at.some((step, index) => step === 'databaseUrl' || (MAPS.includes(String(at[index - 1])) && SECRET_NAME.test(String(step))));
}

/** A secret in a structure of credentials. No message may hold its value. */
export interface GivenSecret {
  readonly name: string;
  readonly value: unknown;
  readonly at: PlanPath;
  /** What is known of it, unless it is an entry of a map. */
  readonly secret?: Secret;
}

/** The secrets in a structure, but for dynamic references to them. Those in maps are told by their names. */
export function secretsIn(structure: unknown, at: PlanPath, isMap = false): GivenSecret[] {
  if (!isPlainObject(structure)) {
    return [];
  }
  return Object.entries(structure).flatMap(([name, value]): GivenSecret[] => {
    if (typeof value === 'string' && value.includes('{{resolve:')) {
      return [];
    }
    const path = [...at, name];
    if (isMap) {
      return SECRET_NAME.test(name) ? [{ name, value, at: path }] : [];
    }
    const secret = SECRETS.get(name);
    return secret !== undefined && !isPlainObject(value) ? [{ name, value, at: path, secret }] : secretsIn(value, path, MAPS.includes(name));
  });
}
