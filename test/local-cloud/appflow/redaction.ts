import { type JsonValue, isObject } from './json';

const WITHHELD = '***';

/** Everything below is a credential, its keys apart: which fields a caller sent is of use to a test, what it put in them is not. */
const CREDENTIALS = 'connectorprofilecredentials';

/** Names of credential fields in the API's structures `*Credentials` and in `ConnectorOAuthRequest`, for one that strays outside them. */
const CREDENTIAL_FIELDS: ReadonlySet<string> = new Set([
  'accesskeyid', 'accesstoken', 'apikey', 'apisecretkey', 'apitoken', 'applicationkey', 'authcode', 'clientsecret', 'credentialsmap', 'datakey',
  'jwttoken', 'password', 'refreshtoken', 'secretaccesskey', 'secretkey', 'userid',
]);

/** Whether the value of a member is a credential, whatever its case (CloudFormation's form of the API is upper camel case). */
export function isCredential(member: string): boolean {
  const name = member.toLowerCase();
  return name === CREDENTIALS || CREDENTIAL_FIELDS.has(name);
}

/** A copy in which credentials are replaced. */
export function redact<T extends JsonValue | undefined>(value: T, withheld = false): T {
  if (Array.isArray(value)) return value.map((element) => redact(element, withheld)) as T;
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([member, content]) => [member, redact(content, withheld || isCredential(member))])) as T;
  }
  return (withheld && value !== undefined ? WITHHELD : value) as T;
}
