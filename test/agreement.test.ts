import { endpointWith, judge, type Verdicts } from './agreement/judges';
import { type Case, MATRICES, type Matrix, wholeProfiles } from './agreement/matrix';

/** What the endpoint refuses and no rule calls an error, by the reason why. */
const LEFT_TO_OTHERS: Readonly<Record<string, RegExp>> = {
  'only the account knows which connector profiles there are': /^ResourceNotFoundException: Connector Profile with name: \S+ does not exist$/,
  'the patterns of ARNs in the model fix the partition to aws, which AppFlow cannot mean, and CloudFormation checks them':
    /Value '.*' at '(kmsArn|.*\.(roleArn|dataApiRoleArn|clientCredentialsArn))' failed to satisfy constraint: Member must satisfy/,
  'such a profile is on record as deployed, though anonymised: private-link-service-name-unusual warns':
    /^ValidationException: 1 validation error detected: Value '.*' at '.*\.privateLinkServiceName'/,
  'the grant type CLIENT_CREDENTIALS was seen to be refused without a token: salesforce-client-credentials-grant warns':
    /^ValidationException: Validation exception: AuthCode cannot be blank for connector: SALESFORCE$/,
};

/** How many requests the rules call wrong and the endpoint takes: each such code has a fact that the endpoint does not model. */
const KNOWN_TO_RULES_ALONE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'connectors and triggers': { 'trigger-not-supported': 24 }, // Marketo, whose triggers are documented.
  'task lists': { 'trigger-not-supported': 8 },
  'texts and numbers of flows': { 'google-analytics-without-json': 3, 'schedule-expression-invalid': 1 },
  'ways to sign in': { 'credentials-of-another-connector': 342, 'redshift-data-api-role-missing': 64 },
};

/** How many requests are left to others, of those that vary the same. */
const LEFT: Readonly<Record<string, readonly number[]>> = {
  'texts and numbers of flows': [4, 12, 0, 0],
  'ways to sign in': [0, 0, 0, 16],
  'texts and numbers of connector profiles': [0, 6, 8, 0],
};

test.each(Object.entries(MATRICES))('the rules and the local endpoint agree over %s', (name, matrix) => {
  const results = judged(matrix);
  const refused = results.filter(({ refusal }) => refusal !== undefined);
  const unseen = refused.filter(({ errors }) => errors.length === 0);
  const reasons = Object.values(LEFT_TO_OTHERS);
  // Enough of both, that agreeing means something.
  expect([refused.length, results.length - refused.length].map((count) => count > 10)).toEqual([true, true]);
  // What the endpoint refuses is an error; what is no error, it takes.
  expect(unseen.filter(({ refusal }) => !reasons.some((reason) => reason.test(refusal!))).map((each) => `${each.name}: ${each.refusal}`)).toEqual([]);
  expect(reasons.map((reason) => unseen.filter(({ refusal }) => reason.test(refusal!)).length)).toEqual(LEFT[name] ?? reasons.map(() => 0));
  expect(counted(results.filter(({ refusal }) => refusal === undefined).flatMap(({ errors }) => errors))).toEqual(KNOWN_TO_RULES_ALONE[name] ?? {});
});

function judged({ operation, cases }: Matrix): (Case & Verdicts)[] {
  const endpoint = endpointWith(operation === 'CreateFlow' ? wholeProfiles() : []);
  return cases().map((each) => ({ ...each, ...judge(endpoint, operation, each.request) }));
}

function counted(codes: readonly string[]): Record<string, number> {
  return Object.fromEntries([...new Set(codes)].map((code) => [code, codes.filter((each) => each === code).length]));
}
