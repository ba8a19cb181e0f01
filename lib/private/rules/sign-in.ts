import { connectorRecord } from '../connector-records';
import { isPlainObject, literalString } from '../values';
import type { ConnectorProfilePlan } from './connector-profile';
import type { PlanPath, Rule } from './rule';

type Structure = Readonly<Record<string, unknown>>;

const CREDENTIALS_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ConnectorProfileCredentials.html';

/** Where the credentials of OAuth 2.0 are in those of a connector. */
const OAUTH_AT: ReadonlyMap<string, PlanPath> = new Map([
  ['CustomConnector', ['oauth2']],
  ['Googleanalytics', []],
  ['Honeycode', []],
  ['Marketo', []],
  ['Pardot', []],
  ['SAPOData', ['oAuthCredentials']],
  ['Salesforce', []],
  ['Servicenow', ['oAuth2Credentials']],
  ['Slack', []],
  ['Zendesk', []],
]);

/** Those that have no use for a client alone. Salesforce has a rule of its own, and Marketo signs a client in. */
const NEEDS_TOKEN = ['Googleanalytics', 'Honeycode', 'Pardot', 'SAPOData', 'Servicenow', 'Slack', 'Zendesk'];

/** The ways to sign in of which there is to be one, by what stands for them in the credentials. */
const WAYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['SAPOData', ['basicAuthCredentials', 'oAuthCredentials']],
  ['Servicenow', ['username', 'oAuth2Credentials']],
]);

/** Rules about which credentials go together. */
export const SIGN_IN_RULES: readonly Rule<ConnectorProfilePlan>[] = [
  {
    code: 'sign-in-ambiguous',
    evidence: 'inferred',
    source: CREDENTIALS_API,
    broken: (profile) => {
      const ways = WAYS.get(profile.connectorType);
      const credentials = ownCredentials(profile);
      const given = credentials !== undefined ? ways?.filter((way) => credentials[way] !== undefined) : undefined;
      return ways !== undefined && given !== undefined && given.length !== 1
        ? [{
          at: ['credentials'],
          what: `AppFlow signs in to ${connectorRecord(profile.connectorType)!.title} in one way`,
          got: given.length > 0 ? given.join(' and ') : 'none',
          allowed: `one of ${ways.join(' and ')}`,
          remedy: given.length > 0 ? 'leave the others out' : 'give one',
        }]
        : [];
    },
  },
  {
    code: 'oauth-token-missing',
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appflow-connectorprofile.html',
    broken: (profile) => {
      const { structure, at } = oAuthCredentials(profile);
      const needsToken = NEEDS_TOKEN.includes(profile.connectorType) || grantType(profile) === 'AUTHORIZATION_CODE';
      return structure !== undefined && needsToken && !hasToken(structure)
        ? [{
          at,
          what: 'AppFlow cannot sign in with a client alone, since a person has to allow it in a browser',
          got: 'no token and no authorization code',
          allowed: 'accessToken, refreshToken, or oAuthRequest with authCode and redirectUri',
          remedy: 'obtain a token before the deployment, or make the connector profile in the console and refer to it by its name',
        }]
        : [];
    },
  },
  {
    code: 'authorization-code-without-redirect-uri',
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ConnectorOAuthRequest.html',
    broken: (profile) => {
      const { structure, at } = oAuthCredentials(profile);
      const request = structure?.oAuthRequest;
      return isPlainObject(request) && request.authCode !== undefined && request.redirectUri === undefined
        ? [{
          at: [...at, 'oAuthRequest', 'redirectUri'],
          what: 'an authorization code is redeemed with the redirect URI with which it was obtained',
          got: 'an authorization code alone',
          allowed: 'authCode with redirectUri',
          remedy: 'give redirectUri, too',
        }]
        : [];
    },
  },
];

/** The credentials in the connector's own member, as far as they are known. */
export function ownCredentials({ credentials, credentialsOf }: ConnectorProfilePlan): Structure | undefined {
  const isOther = credentialsOf !== undefined && isPlainObject(credentials) && Object.keys(credentials).length === 0;
  return isPlainObject(credentials) && !isOther ? credentials : undefined;
}

/** Whether there is something among credentials of OAuth 2.0 to sign in with. What is known only at deploy time may be. */
export function hasToken({ accessToken, refreshToken, jwtToken, oAuthRequest }: Structure): boolean {
  const mayHaveCode = isPlainObject(oAuthRequest) ? oAuthRequest.authCode !== undefined : oAuthRequest !== undefined;
  return mayHaveCode || [accessToken, refreshToken, jwtToken].some((token) => token !== undefined);
}

/** What a structure lacks of the members that it is to have. */
export function lacking(structure: unknown, names: readonly string[]): string[] {
  return isPlainObject(structure) ? names.filter((name) => structure[name] === undefined) : [];
}

/** A member of a structure, which may be of any type. */
export function partOf(structure: unknown, name: string): unknown {
  return isPlainObject(structure) ? structure[name] : undefined;
}

/** The grant type with which a custom connector obtains access tokens. */
export function grantType({ connectorType, properties }: ConnectorProfilePlan): string | undefined {
  return connectorType === 'CustomConnector' ? literalString(partOf(partOf(properties, 'oAuth2Properties'), 'oAuth2GrantType')) : undefined;
}

function oAuthCredentials(profile: ConnectorProfilePlan): { structure?: Structure; at: PlanPath } {
  const path = OAUTH_AT.get(profile.connectorType);
  const structure = path?.reduce<unknown>((value, name) => partOf(value, String(name)), ownCredentials(profile));
  return { structure: isPlainObject(structure) ? structure : undefined, at: ['credentials', ...path ?? []] };
}

