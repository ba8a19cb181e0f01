import * as appflow from '@aws-sdk/client-appflow';
import { NormalizedSchema } from '@smithy/core/schema';
import { AppFlowService } from './appflow-service';
import { type JsonObject } from './json';
import { Loopback } from './loopback';
import { isCredential, redact } from './redaction';
import { ACCOUNT, REGION, refusalOf, salesforceProfile } from './samples';

const SECRET = 'hunter2-do-not-tell';

/** Everything that a test or a log could read. */
function traces(service: AppFlowService): string {
  return JSON.stringify([service.calls, [...service.profiles.values()], service.invoke('DescribeConnectorProfiles')]);
}

test.each<[string, JsonObject]>([
  ['tokens', { accessToken: SECRET, refreshToken: SECRET }],
  ['a code', { oAuthRequest: { authCode: SECRET, redirectUri: 'https://example.com' } }],
  ['unknown members', { accessToken: SECRET, pin: SECRET, nested: { pin: [SECRET] } }],
])('nothing is kept of %s', (_, credentials) => {
  const service = new AppFlowService({ account: ACCOUNT, region: REGION });
  service.invoke('CreateConnectorProfile', salesforceProfile({}, credentials));
  expect(traces(service)).not.toContain(SECRET);
  expect(service.calls[0].input.connectorProfileConfig).toMatchObject({ connectorProfileProperties: { Salesforce: { instanceUrl: 'https://example.my.salesforce.com' } } });
  expect(JSON.stringify(service.calls[0].input)).toContain('***');
});

test.each<[string, JsonObject]>([
  ['too long', { accessToken: SECRET.repeat(300) }],
  ['of the wrong form', { jwtToken: SECRET, accessToken: `${SECRET} ` }],
  ['of the wrong type', { refreshToken: [SECRET], accessToken: { [SECRET]: SECRET } as JsonObject }],
])('an error does not repeat a credential that is %s', (_, credentials) => {
  const service = new AppFlowService({ account: ACCOUNT, region: REGION });
  const { code, message } = refusalOf(() => service.invoke('CreateConnectorProfile', salesforceProfile({}, credentials)));
  expect(code).toBe('ValidationException');
  expect(message).toContain("at 'connectorProfileConfig.connectorProfileCredentials.Salesforce.");
  expect(message).not.toContain(SECRET);
});

test('an error names the member whose credential is wrong', () => {
  const service = new AppFlowService({ account: ACCOUNT, region: REGION });
  expect(refusalOf(() => service.invoke('CreateConnectorProfile', salesforceProfile({}, { accessToken: 'a b' }))).message).toBe(
    "1 validation error detected: Value at 'connectorProfileConfig.connectorProfileCredentials.Salesforce.accessToken' failed to satisfy constraint: "
    + 'Member must satisfy regular expression pattern: ^\\S+$',
  );
});

test('a body that is not JSON is not repeated', async () => {
  const cloud = await Loopback.open();
  const response = await fetch(`${cloud.endpoint}/create-connector-profile`, {
    method: 'POST',
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/appflow/aws4_request' },
    body: `{"accessToken": "${SECRET}`,
  });
  expect(await response.text()).not.toContain(SECRET);
  expect(traces(cloud.service)).not.toContain(SECRET);
  await cloud.close();
});

test('every sensitive member of the model is withheld wherever it strays', () => {
  const sensitive = new Set<string>();
  for (const exported of Object.values(appflow)) {
    if (!Array.isArray(exported) || exported[0] !== 3) continue;
    for (const [member, schema] of NormalizedSchema.of(exported as never).structIterator()) {
      // An ARN is a name: the model marks it sensitive inside the credentials, where everything is withheld.
      if (schema.getMergedTraits().sensitive === 1 && member !== 'clientCredentialsArn') sensitive.add(member);
    }
  }
  expect(sensitive.size).toBeGreaterThan(5);
  expect([...sensitive].filter((member) => !isCredential(member))).toEqual([]);
  expect(redact({ Tasks: [{ Password: 'p' }], clientToken: 't', tokenUrl: 'u' })).toEqual({ Tasks: [{ Password: '***' }], clientToken: 't', tokenUrl: 'u' });
});
