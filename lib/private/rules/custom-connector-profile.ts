import { CUSTOM_CONNECTORS } from '../custom-connectors';
import { isPlainObject, literalString, quote, quoteAll } from '../values';
import type { ConnectorProfilePlan } from './connector-profile';
import type { Rule } from './rule';
import { lacking, ownCredentials, partOf } from './sign-in';

const PROPERTIES_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_OAuth2Properties.html';

const OAUTH2 = 'OAUTH2';

/** Where the credentials of each authentication type are. */
export const MEMBER_OF_AUTHENTICATION: ReadonlyMap<string, string> = new Map([
  [OAUTH2, 'oauth2'],
  ['APIKEY', 'apiKey'],
  ['BASIC', 'basic'],
  ['CUSTOM', 'custom'],
]);

/** Rules about connector profiles for custom connectors. */
export const CUSTOM_CONNECTOR_PROFILE_RULES: readonly Rule<ConnectorProfilePlan>[] = [
  {
    code: 'credentials-of-another-authentication-type',
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CustomConnectorProfileCredentials.html',
    broken: (profile) => {
      const credentials = ownCredentials(profile) ?? {};
      const type = literalString(credentials.authenticationType);
      const member = type !== undefined ? MEMBER_OF_AUTHENTICATION.get(type) : undefined;
      const given = [...MEMBER_OF_AUTHENTICATION.values()].filter((each) => credentials[each] !== undefined);
      return member !== undefined && (given.length !== 1 || given[0] !== member)
        ? [{
          at: ['credentials', member],
          what: `the authentication type ${type} takes its own credentials, and no other`,
          got: given.length > 0 ? given.join(' and ') : 'none',
          allowed: member,
          remedy: `give the credentials in ${member}, or correct the authenticationType`,
        }]
        : [];
    },
  },
  {
    code: 'oauth2-properties-incomplete',
    evidence: 'documented',
    // CloudFormation's schema has both as optional.
    source: PROPERTIES_API,
    broken: (profile) => {
      const properties = partOf(profile.properties, 'oAuth2Properties');
      if (properties !== undefined) {
        return lacking(properties, ['tokenUrl', 'oAuth2GrantType']).map((name) => ({
          at: ['properties', 'oAuth2Properties', name],
          what: 'AppFlow needs a token URL and a grant type to obtain access tokens',
          got: `no ${name}`,
          allowed: 'tokenUrl with oAuth2GrantType',
          remedy: `give ${name}, or leave oAuth2Properties out`,
        }));
      }
      const credentials = partOf(ownCredentials(profile), 'oauth2');
      const toRedeem = ['refreshToken', 'oAuthRequest'].filter((name) => partOf(credentials, name) !== undefined);
      return isPlainObject(profile.properties) && profile.propertiesOf === undefined && toRedeem.length > 0
        ? [{
          at: ['properties', 'oAuth2Properties'],
          evidence: 'inferred',
          what: 'AppFlow does not know where to obtain access tokens',
          got: `${toRedeem.join(' and ')} without oAuth2Properties`,
          allowed: 'oAuth2Properties with tokenUrl and oAuth2GrantType',
          remedy: 'give oAuth2Properties',
        }]
        : [];
    },
  },
  {
    code: 'authentication-type-not-listed',
    evidence: 'inferred',
    source: 'the page of each connector says how AppFlow signs in (connectors may have got other ways since)',
    broken: (profile) => {
      const label = literalString(profile.connectorLabel);
      const type = literalString(partOf(ownCredentials(profile), 'authenticationType'));
      const record = label !== undefined ? CUSTOM_CONNECTORS.find((connector) => connector.label?.value === label) : undefined;
      if (record === undefined || type === undefined || !MEMBER_OF_AUTHENTICATION.has(type)) {
        return [];
      }
      const isListed = record.authentication.some((way) => way.startsWith('OAuth 2.0') === (type === OAUTH2));
      return isListed ? [] : [{
        at: ['credentials', 'authenticationType'],
        what: `AppFlow is not known to sign in to ${record.title} in this way`,
        got: quote(type),
        allowed: quoteAll(record.authentication),
        remedy: 'sign in in one of these, or acknowledge this if it works for you',
      }];
    },
  },
];
