import { connectorRecord } from '../connector-records';
import { CONNECTOR_PROFILE_NAME, INSTANCE_URL } from '../constraints';
import { literalString, quote, quoteAll } from '../values';
import { type Rule, violations } from './rule';

/** A connector profile as rules see it: without its credentials. */
export interface ConnectorProfilePlan {
  readonly connectorProfileName: string;
  readonly connectorType: string;
  readonly connectionMode: string;
  readonly region: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Rules about connector profiles. */
export const CONNECTOR_PROFILE_RULES: readonly Rule<ConnectorProfilePlan>[] = [
  {
    code: 'connector-profile-name-invalid',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateConnectorProfile.html',
    broken: (profile) => violations('name of the connector profile', profile.connectorProfileName, CONNECTOR_PROFILE_NAME),
  },
  {
    code: 'instance-url-invalid',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SalesforceConnectorProfileProperties.html',
    broken: (profile) => violations('instance URL', profile.properties.instanceUrl, INSTANCE_URL),
  },
  {
    code: 'private-link-option-without-private-mode',
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/private-flows.html',
    broken: (profile) => profile.properties.usePrivateLinkForMetadataAndAuthorization === true && profile.connectionMode === 'Public'
      ? [{
        what: 'AWS PrivateLink for metadata and authorization takes effect only with a private connection',
        got: 'the connection mode Public',
        allowed: 'Private',
        remedy: 'set connectionMode: ConnectionMode.PRIVATE, or leave usePrivateLinkForMetadataAndAuthorization out',
      }]
      : [],
  },
  {
    code: 'private-link-not-in-region',
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/private-flows.html (regions may have been added since)',
    broken: (profile) => {
      const regions = connectorRecord(profile.connectorType)?.privateLinkRegions?.value;
      const region = literalString(profile.region);
      return profile.connectionMode === 'Private' && regions !== undefined && region !== undefined && !regions.includes(region)
        ? [{
          what: `${profile.connectorType} is not known to be reachable through AWS PrivateLink in this Region`,
          got: quote(region),
          allowed: quoteAll(regions),
          remedy: 'use another Region or ConnectionMode.PUBLIC, or acknowledge this if it works for you',
        }]
        : [];
    },
  },
];
