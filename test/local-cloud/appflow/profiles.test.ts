import { AppFlowService } from './appflow-service';
import { type JsonObject } from './json';
import { PROFILE_RULES } from './profile-rule';
import { ACCOUNT, REGION, refusalOf, s3Flow, salesforceFlow, salesforceProfile } from './samples';
import { type World } from './world';

function cloud(world: Partial<World> = {}): AppFlowService {
  return new AppFlowService({ account: ACCOUNT, region: REGION, ...world });
}

const clientCredentialsArn = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:app-abcdef';

function profile(connectorType: string, properties: JsonObject, credentials: JsonObject = {}, changes: JsonObject = {}): JsonObject {
  return {
    connectorProfileName: 'p',
    connectorType,
    connectionMode: 'Public',
    connectorProfileConfig: {
      connectorProfileProperties: { [connectorType]: properties },
      connectorProfileCredentials: { [connectorType]: credentials },
    },
    ...changes,
  };
}

const redshift = { bucketName: 'bucket', roleArn: 'arn:aws:iam::111122223333:role/r' };

const CASES: readonly { rule: string; input: JsonObject; world?: Partial<World>; code?: string; message: string }[] = [
  {
    rule: 'label of a custom connector',
    input: profile('CustomConnector', {}, { authenticationType: 'APIKEY', apiKey: { apiKey: 'k' } }),
    message: 'ConnectorLabel is required for connector: CustomConnector',
  },
  {
    rule: 'something to sign in to Salesforce with',
    input: salesforceProfile({}, { oAuth2GrantType: 'CLIENT_CREDENTIALS', clientCredentialsArn }),
    message: 'Validation exception: AuthCode cannot be blank for connector: SALESFORCE',
  },
  {
    rule: 'something to sign in to Salesforce with',
    input: salesforceProfile({}, { oAuthRequest: { redirectUri: 'https://example.com' } }),
    message: 'Validation exception: AuthCode cannot be blank for connector: SALESFORCE',
  },
  {
    rule: 'role for the Redshift Data API',
    input: profile('Redshift', { ...redshift, clusterIdentifier: 'c', databaseName: 'd' }, { username: 'u' }),
    message: 'connector failure dataApiRoleArn cannot be null or empty',
  },
  {
    rule: 'readable client credentials',
    input: salesforceProfile({}, { oAuth2GrantType: 'JWT_BEARER', jwtToken: 'a.b.c', clientCredentialsArn }),
    world: { secretReadable: () => false },
    message: 'Please validate the ClientCredentialsArn provided and please make sure Appflow has required permissions to access the credentials',
  },
  {
    rule: 'credentials that the vendor takes',
    input: salesforceProfile(),
    world: { vendorAccepts: (type, name) => !(type === 'Salesforce' && name === 'crm') },
    code: 'ConnectorAuthenticationException',
    message: 'An error occurred when authenticating with the connector endpoint of Salesforce',
  },
];

test.each(CASES)('$rule: $message', ({ input, world, code = 'ValidationException', message }) => {
  const service = cloud(world);
  expect(refusalOf(() => service.invoke('CreateConnectorProfile', input))).toMatchObject({ code, message });
  expect(service.profiles.size).toBe(0);
});

test('every rule refuses something here and says where it is from', () => {
  expect(new Set(CASES.map(({ rule }) => rule))).toEqual(new Set(PROFILE_RULES.map(({ name }) => name)));
  expect(PROFILE_RULES.every(({ evidence }) => evidence.length > 10)).toBe(true);
});

test.each<[string, JsonObject]>([
  ['tokens', salesforceProfile({}, { accessToken: 'a' })],
  ['a refresh token', salesforceProfile({}, { refreshToken: 'a' })],
  ['an authorization code', salesforceProfile({}, { oAuthRequest: { authCode: 'a' } })],
  ['a JWT', salesforceProfile({}, { oAuth2GrantType: 'JWT_BEARER', jwtToken: 'a.b.c', clientCredentialsArn })],
  ['a database URL', profile('Redshift', { ...redshift, databaseUrl: 'jdbc:redshift://x' }, { username: 'u', password: 'p' })],
  ['a Data API role', profile('Redshift', { ...redshift, dataApiRoleArn: 'arn:aws:iam::111122223333:role/d', workgroupName: 'w', isRedshiftServerless: true })],
  ['the label of a connector of AWS', profile('CustomConnector', {}, { authenticationType: 'OAUTH2', oauth2: { accessToken: 'a' } }, { connectorLabel: 'GoogleAds' })],
])('%s will do', (_, input) => {
  expect(cloud({ secretReadable: () => true, vendorAccepts: () => true }).invoke('CreateConnectorProfile', input).connectorProfileArn).toEqual(expect.any(String));
});

test('an update is looked at like a creation', () => {
  const service = cloud();
  service.invoke('CreateConnectorProfile', salesforceProfile());
  expect(refusalOf(() => service.invoke('UpdateConnectorProfile', salesforceProfile({}, {}))).message).toContain('AuthCode cannot be blank');
  service.invoke('UpdateConnectorProfile', salesforceProfile({
    connectorProfileConfig: { connectorProfileProperties: { Salesforce: { isSandboxEnvironment: true } }, connectorProfileCredentials: { Salesforce: { accessToken: 'b' } } },
  }));
  expect(service.profiles.get('crm')!.properties).toEqual({ Salesforce: { isSandboxEnvironment: true } });
});

test('a private connection is pending at first', () => {
  const service = cloud();
  service.invoke('CreateConnectorProfile', salesforceProfile({ connectionMode: 'Private' }));
  const state = () => (service.invoke('DescribeConnectorProfiles').connectorProfileDetails as JsonObject[])[0].privateConnectionProvisioningState;
  expect([state(), state()]).toEqual([{ status: 'PENDING' }, { status: 'CREATED' }]);
  service.setPrivateConnection('crm', { status: 'FAILED', failureCause: 'ACCESS_DENIED' });
  expect(state()).toEqual({ status: 'FAILED', failureCause: 'ACCESS_DENIED' });
  service.invoke('UpdateConnectorProfile', salesforceProfile());
  expect(state()).toBeUndefined();
});

test('profiles are found by name, type and label', () => {
  const service = cloud();
  service.invoke('CreateConnectorProfile', salesforceProfile());
  service.invoke('CreateConnectorProfile', profile('CustomConnector', {}, { authenticationType: 'APIKEY', apiKey: { apiKey: 'k' } }, { connectorLabel: 'Ledger' }));
  const found = (input: JsonObject) => (service.invoke('DescribeConnectorProfiles', input).connectorProfileDetails as JsonObject[]).map(({ connectorProfileName }) => connectorProfileName);
  expect(found({})).toEqual(['crm', 'p']);
  expect(found({ connectorProfileNames: ['p', 'absent'] })).toEqual(['p']);
  expect(found({ connectorType: 'Salesforce' })).toEqual(['crm']);
  expect(found({ connectorLabel: 'Ledger' })).toEqual(['p']);
});

test('a profile in use goes by force only', () => {
  const service = cloud();
  service.invoke('CreateConnectorProfile', salesforceProfile());
  service.invoke('CreateFlow', salesforceFlow());
  service.invoke('CreateFlow', s3Flow());
  expect(refusalOf(() => service.invoke('DeleteConnectorProfile', { connectorProfileName: 'crm' }))).toEqual({
    code: 'ConflictException', status: 409, message: 'The connector profile crm is in use by: accounts. Please set forceDelete to true or delete the flows',
  });
  service.invoke('DeleteConnectorProfile', { connectorProfileName: 'crm', forceDelete: true });
  expect(service.profiles.size).toBe(0);
});

test('names are taken once, and the account has room for so many', () => {
  const service = cloud({ quotas: { connectorProfiles: 1 } });
  service.invoke('CreateConnectorProfile', salesforceProfile());
  expect(refusalOf(() => service.invoke('CreateConnectorProfile', salesforceProfile())).code).toBe('ConflictException');
  expect(refusalOf(() => service.invoke('CreateConnectorProfile', salesforceProfile({ connectorProfileName: 'second' })))).toMatchObject({
    code: 'ServiceQuotaExceededException', status: 402,
  });
});

test.each(['UpdateConnectorProfile', 'DeleteConnectorProfile', 'ResetConnectorMetadataCache', 'ListConnectorEntities'])('%s wants a profile that is there', (operation) => {
  expect(refusalOf(() => cloud().invoke(operation, salesforceProfile({ connectorProfileName: 'absent', connectorType: undefined })))).toEqual({
    code: 'ResourceNotFoundException', status: 404, message: 'Connector Profile with name: absent does not exist',
  });
});
