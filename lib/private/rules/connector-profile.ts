import { CONNECTOR_TYPES, connectorRecord } from '../connector-records';
import { CONNECTOR_PROFILE_NAME, PRIVATE_LINK_SERVICE_NAME } from '../constraints';
import { CUSTOM_CONNECTORS } from '../custom-connectors';
import { regionOfKey } from '../environment';
import type { Evidence } from '../fact';
import { mayHoldSecret, secretsIn } from '../secrets';
import { differ, isPlainObject, literalString, quote, quoteAll } from '../values';
import { CONNECTOR_LABEL_RULE } from './connector';
import { didYouMean } from './did-you-mean';
import { type Breach, propertyViolations, type Rule, violations } from './rule';
import { SIGN_IN_RULES } from './sign-in';

/** A connector profile as rules see it. */
export interface ConnectorProfilePlan {
  readonly connectorProfileName: string;
  readonly connectorType: string;
  readonly connectorLabel?: string;
  readonly connectionMode: string;
  readonly region?: string;
  readonly kmsArn?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** No message may hold any of their values. A profile may be sent without. */
  readonly credentials?: Readonly<Record<string, unknown>>;
  /** The members of the API's unions of properties and credentials that are given, where that is not the connector's own. */
  readonly propertiesOf?: readonly string[];
  readonly credentialsOf?: readonly string[];
  /** What is given in those members of the union of credentials. No message may hold any of their values. */
  readonly otherCredentials?: Readonly<Record<string, unknown>>;
  /** Whether what is written down of the profile is kept, as a template is. */
  readonly isKept?: boolean;
}

/** A connector profile before it has a name. */
export type UnnamedConnectorProfilePlan = Omit<ConnectorProfilePlan, 'connectorProfileName'>;

const CREATE_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateConnectorProfile.html';
const PROPERTIES_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ConnectorProfileProperties.html';
const CREDENTIALS_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ConnectorProfileCredentials.html';
const TEMPLATE_REFERENCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appflow-connectorprofile.html';

const CONNECTION_MODES = ['Public', 'Private'];

/** The members that reach an application through its endpoint service, by the connectors that have no other way. */
const ENDPOINT_SERVICES = ['SAPOData', 'Snowflake'];

/** Also one of connector profiles that are imported by their name. */
export const CONNECTOR_PROFILE_NAME_RULE: Rule<Pick<ConnectorProfilePlan, 'connectorProfileName'>> = {
  code: 'connector-profile-name-invalid',
  evidence: 'documented',
  source: CREATE_API,
  broken: ({ connectorProfileName }) => violations('name of the connector profile', connectorProfileName, CONNECTOR_PROFILE_NAME, [
    'connectorProfileName',
  ]),
};

/** Rules about connector profiles. */
export const CONNECTOR_PROFILE_RULES: readonly Rule<ConnectorProfilePlan>[] = [
  CONNECTOR_PROFILE_NAME_RULE,
  {
    code: 'connector-profile-type-unknown',
    evidence: 'documented',
    source: CREATE_API,
    broken: (profile) => {
      const type = literalString(profile.connectorType);
      return type !== undefined && connectorRecord(type) === undefined
        ? [{
          at: ['connectorType'],
          what: 'the connector type of the connector profile is none that AppFlow knows',
          got: quote(type),
          allowed: quoteAll(typesWithProfile()),
          remedy: didYouMean(type, typesWithProfile()),
        }]
        : [];
    },
  },
  {
    code: 'connector-without-profile',
    evidence: 'documented',
    source: PROPERTIES_API,
    broken: ({ connectorType, isKept }) => {
      const record = connectorRecord(connectorType);
      if (record === undefined) {
        return [];
      }
      if (record.profile === undefined) {
        return [{
          at: ['connectorType'],
          what: `AppFlow has no connector profiles for ${record.title}`,
          got: quote(connectorType),
          allowed: quoteAll(typesWithProfile()),
          remedy: 'leave the connector profile out, and use the connector in flows without one',
        }];
      }
      return isKept && !record.profile.inCloudFormation
        ? [{
          at: ['connectorType'],
          source: TEMPLATE_REFERENCE,
          what: `CloudFormation makes no connector profiles for ${record.title}`,
          got: quote(connectorType),
          allowed: quoteAll(typesWithProfile().filter((type) => connectorRecord(type)?.profile?.inCloudFormation)),
          remedy: 'make it through the AppFlow API, as the construct ConnectorProfile does',
        }]
        : [];
    },
  },
  CONNECTOR_LABEL_RULE,
  {
    code: 'connector-label-missing',
    evidence: 'documented',
    source: CREATE_API,
    broken: ({ connectorType, connectorLabel }) => connectorType === 'CustomConnector' && connectorLabel === undefined
      ? [{
        at: ['connectorLabel'],
        what: 'a connector profile for a custom connector says which connector it is for',
        got: 'no label',
        allowed: 'the label of a connector, such as \'GitHub\'',
        remedy: 'give the connectorLabel that AppFlow\'s ListConnectors shows',
      }]
      : [],
  },
  {
    code: 'connector-label-misspelt',
    evidence: 'inferred',
    source: 'templates and tests of public repositories use the other spelling; a connector that is registered in the account may have this one',
    broken: ({ connectorLabel }) => {
      const label = literalString(connectorLabel);
      const known = CUSTOM_CONNECTORS.map((connector) => connector.label?.value).filter((each) => each !== undefined);
      const meant = label !== undefined ? known.find((each) => lettersOf(each) === lettersOf(label)) : undefined;
      return meant !== undefined && meant !== label
        ? [{
          at: ['connectorLabel'],
          what: 'the connector that AWS offers is spelled otherwise',
          got: quote(label),
          allowed: quote(meant),
          remedy: 'spell it so, or acknowledge this if it is a connector of your own',
        }]
        : [];
    },
  },
  {
    code: 'connection-mode-unknown',
    evidence: 'documented',
    source: CREATE_API,
    broken: (profile) => violations('connection mode of the connector profile', profile.connectionMode, { values: CONNECTION_MODES }, ['connectionMode']),
  },
  {
    code: 'connector-profile-property-invalid',
    evidence: 'documented',
    source: PROPERTIES_API,
    broken: ({ connectorType, properties }) =>
      propertyViolations('the connector profile', properties, connectorRecord(connectorType)?.profile?.properties ?? [], ['properties'])
        .map(({ got, ...breach }) => mayHoldSecret(breach.at) ? breach : { ...breach, got }),
  },
  {
    code: 'connector-profile-properties-of-another-connector',
    evidence: 'documented',
    source: PROPERTIES_API,
    broken: (profile) => {
      const record = connectorRecord(profile.connectorType)?.profile;
      // A connector without properties may do without the structure.
      const isMissing = isEmpty(profile.properties) && record !== undefined && record.properties.length > 0;
      return ofAnother(profile, 'properties', profile.propertiesOf, isMissing ? 'documented' : 'inferred');
    },
  },
  {
    code: 'credentials-of-another-connector',
    evidence: 'documented',
    source: CREDENTIALS_API,
    broken: (profile) => ofAnother(profile, 'credentials', profile.credentialsOf, isEmpty(profile.credentials) ? 'documented' : 'inferred'),
  },
  {
    code: 'credentials-missing',
    // AppFlow answers so; but what it tells of a connector profile never has credentials, and is written down without.
    evidence: 'inferred',
    source: `${CREATE_API} (AppFlow signs in with them at once)`,
    broken: ({ connectorType, credentials }) => {
      const record = connectorRecord(connectorType);
      return credentials === undefined && record?.profile !== undefined && !['CustomConnector', 'Redshift'].includes(record.type)
        ? [{
          at: ['credentials'],
          what: `AppFlow cannot sign in to ${record.title} without credentials`,
          allowed: record.profile.authentication.join(', or '),
          remedy: `give connectorProfileCredentials, with the member ${record.member} in it`,
        }]
        : [];
    },
  },
  {
    code: 'credential-invalid',
    evidence: 'documented',
    source: CREDENTIALS_API,
    broken: ({ connectorType, credentials = {} }) => [
      ...propertyViolations('the credentials', credentials, connectorRecord(connectorType)?.profile?.credentials ?? [], ['credentials']),
      ...secretsIn(credentials, ['credentials'])
        .flatMap(({ value, at, secret }) => secret !== undefined ? violations(`${secret.title} of the credentials`, value, secret.constraint, at) : []),
    ].map(({ got, ...problem }) => problem),
  },
  {
    code: 'credential-in-template',
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html',
    broken: ({ isKept, credentials, otherCredentials, properties }) => isKept
      ? [
        ...secretsIn(credentials, ['credentials']),
        ...secretsIn(otherCredentials, ['otherCredentials']),
        ...secretsIn(properties, ['properties']),
      ].filter(({ value }) => literalString(value) !== undefined).map(({ name, at }) => ({
        at,
        what: `the credential '${name}' stands in the template in plain text, where everyone who may read the template can read it`,
        allowed: 'a dynamic reference, or a parameter with NoEcho',
        remedy: 'keep it in AWS Secrets Manager, and refer to it with {{resolve:secretsmanager:…}}',
      }))
      : [],
  },
  ...SIGN_IN_RULES,
  {
    code: 'connector-profile-key-in-another-region',
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html (keys are used in their own Region)',
    broken: ({ kmsArn, region }) => {
      const there = regionOfKey(kmsArn);
      return differ(there, region)
        ? [{
          at: ['kmsArn'],
          what: 'the key of the connector profile is in another Region, where AppFlow cannot use it',
          got: quote(there),
          allowed: quote(region),
          remedy: 'give a key in the Region of the connector profile',
        }]
        : [];
    },
  },
  {
    code: 'private-link-service-without-private-mode',
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/private-flows.html',
    broken: (profile) => literalString(profile.properties.privateLinkServiceName) !== undefined && profile.connectionMode === 'Public'
      ? [{
        at: ['properties', 'privateLinkServiceName'],
        what: 'an endpoint service takes effect only with a private connection',
        got: 'the connection mode Public',
        allowed: 'Private',
        remedy: 'set connectionMode: ConnectionMode.PRIVATE, or leave privateLinkServiceName out',
      }]
      : [],
  },
  {
    code: 'private-link-service-missing',
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/private-flows.html',
    broken: ({ connectionMode, connectorType, properties }) => connectionMode === 'Private' && ENDPOINT_SERVICES.includes(connectorType)
      && isPlainObject(properties) && properties.privateLinkServiceName === undefined
      ? [{
        at: ['properties', 'privateLinkServiceName'],
        what: `AppFlow reaches ${connectorRecord(connectorType)!.title} privately through an endpoint service`,
        got: 'none',
        allowed: 'the name of an endpoint service: com.amazonaws.vpce.region.vpce-svc-id',
        remedy: 'give privateLinkServiceName, or set connectionMode: ConnectionMode.PUBLIC',
      }]
      : [],
  },
  {
    code: 'private-link-service-name-unusual',
    // Documented, too; but a connector profile with another text is recorded as deployed, though its values are anonymous.
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SAPODataConnectorProfileProperties.html',
    broken: (profile) => violations('name of the endpoint service', profile.properties.privateLinkServiceName, PRIVATE_LINK_SERVICE_NAME, [
      'properties', 'privateLinkServiceName',
    ]),
  },
  {
    code: 'private-link-not-supported',
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/private-flows.html (connectors may have been added since)',
    broken: (profile) => {
      const record = connectorRecord(profile.connectorType);
      return profile.connectionMode === 'Private' && record?.profile !== undefined && record.profile.privateLink?.supported.value !== true
        ? [{
          at: ['connectionMode'],
          evidence: record.profile.privateLink?.supported.evidence,
          source: record.profile.privateLink?.supported.source,
          what: `AWS PrivateLink is not known to reach ${record.title}`,
          got: 'the connection mode Private',
          allowed: 'Public',
          remedy: 'leave connectionMode out, or acknowledge this if it works for you',
        }]
        : [];
    },
  },
  {
    code: 'private-link-not-in-region',
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/private-flows.html (regions may have been added since)',
    broken: (profile) => {
      const regions = connectorRecord(profile.connectorType)?.profile?.privateLink?.regions?.value;
      const region = literalString(profile.region);
      return profile.connectionMode === 'Private' && regions !== undefined && region !== undefined && !regions.includes(region)
        ? [{
          at: ['connectionMode'],
          what: `AWS PrivateLink is not known to reach ${profile.connectorType} in this Region`,
          got: quote(region),
          allowed: quoteAll(regions),
          remedy: 'use another Region or ConnectionMode.PUBLIC, or acknowledge this if it works for you',
        }]
        : [];
    },
  },
];

/** The connector types that have connector profiles. */
function typesWithProfile(): string[] {
  return CONNECTOR_TYPES.filter((type) => connectorRecord(type)?.profile !== undefined);
}

/** The letters and digits of a label, in one case. */
function lettersOf(label: string): string {
  return label.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Whether a structure is known, and has nothing in it. */
function isEmpty(structure: unknown): boolean {
  return isPlainObject(structure) && Object.keys(structure).length === 0;
}

/** What is given in one of the API's unions for another connector than the profile is for. */
function ofAnother(
  { connectorType }: ConnectorProfilePlan,
  kind: 'properties' | 'credentials',
  given: readonly string[] = [],
  evidence: Evidence,
): Breach[] {
  const record = connectorRecord(connectorType);
  return record?.profile === undefined ? [] : given.map((member) => ({
    at: [`${kind}Of`, member],
    evidence,
    what: `the connector profile is for ${record.title}, and has ${kind} of another connector`,
    got: quote(member),
    allowed: quote(record.member),
    remedy: `give the ${kind} in the member ${record.member}, or correct the connectorType`,
  }));
}
