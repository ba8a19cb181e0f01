import { DESTINATION_ACTIONS, judge, type PolicyStatement, SOURCE_ACTIONS } from './bucket-policy';

const bucketArn = 'arn:aws:s3:::target';
const flowArn = 'arn:aws:appflow:us-east-1:111122223333:flow/orders';
const access = { account: '111122223333', flowArn, bucketArn, key: 'out/orders/object', actions: DESTINATION_ACTIONS };

const documented: PolicyStatement = {
  Effect: 'Allow',
  Principal: { Service: 'appflow.amazonaws.com' },
  Action: DESTINATION_ACTIONS,
  Resource: [bucketArn, `${bucketArn}/*`],
};

const missing = (...Statement: PolicyStatement[]) => judge({ Statement }, access).missing;

test('the documented statements grant what is needed', () => {
  expect(missing(documented)).toEqual([]);
  expect(judge({ Statement: { ...documented, Action: SOURCE_ACTIONS } }, { ...access, actions: SOURCE_ACTIONS }).missing).toEqual([]);
});

test.each<[string, Partial<PolicyStatement>]>([
  ['wildcards in actions', { Action: ['s3:*Object*', 's3:Get*', 's3:AbortMultipartUpload', 'S3:LIST*'] }],
  ['all actions', { Action: '*' }],
  ['every principal', { Principal: '*' }],
  ['every AWS principal', { Principal: { AWS: '*' } }],
  ['one of several services', { Principal: { Service: ['events.amazonaws.com', 'appflow.amazonaws.com'] } }],
  ['a prefix of the bucket', { Resource: [bucketArn, `${bucketArn}/out/*`] }],
  ['all but other actions', { Action: undefined, NotAction: 's3:DeleteObject' }],
  ['all but other resources', { Resource: undefined, NotResource: 'arn:aws:s3:::other/*' }],
  ['the source account', { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }],
  ['the source ARN', { Condition: { ArnLike: { 'aws:SourceArn': flowArn } } }],
  ['flows of the account', { Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:appflow:*:111122223333:flow/*' } } }],
  ['the documented sample without a Region', { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:appflow::111122223333:flow/orders' } } }],
  ['a list of accounts', { Condition: { StringEqualsIfExists: { 'aws:SourceAccount': ['1', '111122223333'] } } }],
  ['a string pattern of the ARN', { Condition: { StringLike: { 'aws:SourceArn': 'arn:aws:appflow:*' } } }],
  ['encrypted transport', { Condition: { Bool: { 'aws:SecureTransport': true } } }],
])('%s will do', (_, changes) => {
  expect(missing({ ...documented, ...changes })).toEqual([]);
});

test.each<[string, Partial<PolicyStatement>]>([
  ['another service', { Principal: { Service: 'events.amazonaws.com' } }],
  ['an account', { Principal: { AWS: '111122223333' } }],
  ['no principal', { Principal: undefined, NotPrincipal: { AWS: '1' } }],
  ['another bucket', { Resource: ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'] }],
  ['another account', { Condition: { StringEquals: { 'aws:SourceAccount': '999999999999' } } }],
  ['another flow', { Condition: { ArnLike: { 'aws:SourceArn': `${flowArn}-2` } } }],
  ['the name alone', { Condition: { ArnEquals: { 'aws:SourceArn': 'orders' } } }],
  ['all but this account', { Condition: { StringNotEquals: { 'aws:SourceAccount': '111122223333' } } }],
  ['plain transport', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
])('%s will not do', (_, changes) => {
  expect(missing({ ...documented, ...changes })).toEqual(DESTINATION_ACTIONS);
});

test('bucket and objects are separate resources', () => {
  expect(missing({ ...documented, Resource: `${bucketArn}/*` })).toEqual(['s3:ListBucketMultipartUploads', 's3:GetBucketAcl']);
  expect(missing({ ...documented, Resource: bucketArn })).toEqual(['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObjectAcl']);
});

test('several statements add up, a denial takes away', () => {
  const half = DESTINATION_ACTIONS.slice(0, 3);
  expect(missing({ ...documented, Action: half }, { ...documented, Action: DESTINATION_ACTIONS.slice(3) })).toEqual([]);
  expect(missing(documented, { ...documented, Effect: 'Deny', Action: half })).toEqual(half);
  expect(missing(documented, { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })).toEqual([]);
});

test('a condition that is not known does not grant, and that is said', () => {
  const unknown = { ...documented, Sid: 'Flows', Condition: { StringEquals: { 'aws:SourceOrgID': 'o-1' } } };
  expect(judge({ Statement: [unknown] }, access)).toEqual({
    missing: DESTINATION_ACTIONS,
    notes: ['Allow statement (Flows) was not counted: its condition StringEquals aws:SourceOrgID is not known here'],
  });
  expect(judge({ Statement: [documented, { ...unknown, Effect: 'Deny' }] }, access).missing).toEqual([]);
  expect(missing({ ...documented, Condition: { NumericEquals: { 'aws:SourceAccount': '111122223333' } } })).toEqual(DESTINATION_ACTIONS);
});
