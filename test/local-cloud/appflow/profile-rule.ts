import { type ConnectorProfileConfig, type ConnectorType } from '@aws-sdk/client-appflow';
import { authenticationFailed, invalid } from './refusal';
import { type World } from './world';
import { type ServiceError } from '../service';

/** A CreateConnectorProfile or UpdateConnectorProfile request that satisfies the model. */
export interface ProfileRequest {
  readonly name: string;
  readonly connectorType: ConnectorType;
  readonly connectorLabel?: string;
  readonly config: ConnectorProfileConfig;
}

/** Something that the service refuses although it satisfies the model. Messages name members, never what is in them. */
export interface ProfileRule {
  readonly name: string;
  /** Where it is documented or was observed. Nothing is refused without. */
  readonly evidence: string;
  readonly refusal: (request: ProfileRequest, world: World) => ServiceError | undefined;
}

export const PROFILE_RULES: readonly ProfileRule[] = [
  {
    name: 'label of a custom connector',
    evidence: 'the label is "needed if calling for CUSTOMCONNECTOR": API reference, CreateConnectorProfile. The words are ours',
    // Which labels exist cannot be checked: those of most of the connectors that AWS offers are not documented.
    refusal: ({ connectorType, connectorLabel }) => connectorType === 'CustomConnector' && connectorLabel === undefined
      ? invalid('ConnectorLabel is required for connector: CustomConnector') : undefined,
  },
  {
    name: 'something to sign in to Salesforce with',
    // Seen there with the grant type CLIENT_CREDENTIALS and nothing but clientCredentialsArn.
    evidence: 'observed: terraform-provider-aws issues 26396, 43998',
    refusal: ({ connectorType, config: { connectorProfileCredentials: { Salesforce: given } = {} } }) => {
      // What it makes of a profile without any credentials was not seen: CreateConnectorProfile does not require them.
      if (connectorType !== 'Salesforce' || given === undefined) return undefined;
      const usable = given.accessToken ?? given.refreshToken ?? given.jwtToken ?? given.oAuthRequest?.authCode;
      return usable === undefined ? invalid('Validation exception: AuthCode cannot be blank for connector: SALESFORCE') : undefined;
    },
  },
  {
    name: 'role for the Redshift Data API',
    evidence: 'the words were observed; that a profile needs dataApiRoleArn unless it has a databaseUrl: user guide, redshift',
    refusal: ({ config: { connectorProfileProperties: { Redshift: given } = {} } }) => given
      && given.databaseUrl === undefined && given.dataApiRoleArn === undefined ? invalid('connector failure dataApiRoleArn cannot be null or empty') : undefined,
  },
  {
    name: 'readable client credentials',
    evidence: 'observed: issues of terraform-provider-aws',
    refusal: ({ config: { connectorProfileCredentials = {} } }, { secretReadable }) => {
      const secret = connectorProfileCredentials.Salesforce?.clientCredentialsArn ?? connectorProfileCredentials.Pardot?.clientCredentialsArn;
      return secret !== undefined && secretReadable && !secretReadable(secret)
        ? invalid('Please validate the ClientCredentialsArn provided and please make sure Appflow has required permissions to access the credentials') : undefined;
    },
  },
  {
    name: 'credentials that the vendor takes',
    evidence: 'CreateConnectorProfile calls the vendor at once (observed); "An error occurred when authenticating with the connector endpoint": API reference, ConnectorAuthenticationException',
    refusal: ({ connectorType, name }, { vendorAccepts }) => vendorAccepts && !vendorAccepts(connectorType, name)
      ? authenticationFailed(`An error occurred when authenticating with the connector endpoint of ${connectorType}`) : undefined,
  },
];

/** The first refusal that a request meets. */
export function profileRefusal(request: ProfileRequest, world: World): ServiceError | undefined {
  for (const rule of PROFILE_RULES) {
    const refusal = rule.refusal(request, world);
    if (refusal) return refusal;
  }
  return undefined;
}
