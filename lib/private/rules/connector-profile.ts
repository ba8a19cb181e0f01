import { connectorRecord } from '../connector-records';
import { CONNECTOR_PROFILE_NAME, PRIVATE_LINK_SERVICE_NAME } from '../constraints';
import { literalString, quote, quoteAll } from '../values';
import { CONNECTOR_LABEL_RULE } from './connector';
import { propertyViolations, type Rule, violations } from './rule';

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
  /** Whether what is written down of the profile is kept, as a template is. */
  readonly isKept?: boolean;
}

/** Also one of connector profiles that are imported by their name. */
export const CONNECTOR_PROFILE_NAME_RULE: Rule<Pick<ConnectorProfilePlan, 'connectorProfileName'>> = {
  code: 'connector-profile-name-invalid',
  evidence: 'documented',
  source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateConnectorProfile.html',
  broken: ({ connectorProfileName }) => violations('name of the connector profile', connectorProfileName, CONNECTOR_PROFILE_NAME, [
    'connectorProfileName',
  ]),
};

/** Rules about connector profiles. */
export const CONNECTOR_PROFILE_RULES: readonly Rule<ConnectorProfilePlan>[] = [
  CONNECTOR_PROFILE_NAME_RULE,
  CONNECTOR_LABEL_RULE,
  {
    code: 'connector-profile-property-invalid',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ConnectorProfileProperties.html',
    broken: ({ connectorType, properties }) =>
      propertyViolations('the connector profile', properties, connectorRecord(connectorType)?.profile?.properties ?? [], ['properties']),
  },
  {
    code: 'credential-invalid',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ConnectorProfileCredentials.html',
    broken: ({ connectorType, credentials = {} }) =>
      propertyViolations('the credentials', credentials, connectorRecord(connectorType)?.profile?.credentials ?? [], ['credentials'])
        .map(({ got, ...problem }) => problem),
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
