import { CustomResource, customResourceEvent } from './custom-resource';
import { ResponseBucket } from './response-bucket';
import { answer, type CustomResourceEvent } from '../../../lib/custom-resources/handlers/cloudformation';
import { guardFlows } from '../../../lib/custom-resources/handlers/flow-guard';

const S3 = { connectorType: 'S3', bucketName: 'lake', bucketPrefix: 'out' };
const GITHUB = { connectorType: 'CustomConnector', connectorLabel: 'GitHub', entityName: 'issues' };
const ORDERS = { FlowName: 'orders', Source: GITHUB, Destination: S3 };
const BILLING = { FlowName: 'billing', Source: S3, Destination: { connectorType: 'Salesforce', object: 'Bill__c' }, KmsArn: 'arn:aws:kms:eu-west-1:1:key/a' };

const bucket = new ResponseBucket();
let resource: CustomResource;

async function deliver(event: CustomResourceEvent) {
  await answer({ ...event, ResponseURL: bucket.url }, { getRemainingTimeInMillis: () => 30_000 }, guardFlows);
  return bucket.answer;
}

const guarding = (Flows: object, serviceTimeout = '600') => ({ ServiceToken: 'arn', ServiceTimeout: serviceTimeout, Flows });

beforeAll(() => bucket.open());
afterAll(() => bucket.close());
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  resource = new CustomResource('Custom::AppFlowFlowGuard', deliver);
});

test.each<[string, object, string]>([
  ['another folder', { ...ORDERS, Destination: { ...S3, bucketPrefix: 'in' } }, 'bucketPrefix of its destination changes from \'out\' to \'in\''],
  ['no folder', { ...ORDERS, Destination: { connectorType: 'S3', bucketName: 'lake' } }, 'bucketPrefix of its destination changes from \'out\' to none'],
  ['another bucket and folder', { ...ORDERS, Destination: { ...S3, bucketName: 'b', bucketPrefix: 'in' } },
    'bucketName of its destination changes from \'lake\' to \'b\', and bucketPrefix of its destination changes from \'out\' to \'in\''],
  ['another connector', { ...ORDERS, Source: { connectorType: 'Slack', object: 'conversations' } },
    'the connector of its source changes from \'CustomConnector\' to \'Slack\''],
  ['another label', { ...ORDERS, Source: { ...GITHUB, connectorLabel: 'GitLab' } }, 'the connector of its source changes from \'GitHub\' to \'GitLab\''],
  ['a key', { ...ORDERS, KmsArn: 'arn:aws:kms:eu-west-1:1:key/b' }, 'its encryption key changes from none to \'arn:aws:kms:eu-west-1:1:key/b\''],
])('a flow that keeps its name is stopped with %s, and the rollback passes', async (_, changed, said) => {
  await resource.deploy(guarding({ Orders: ORDERS, Billing: BILLING }));
  const before = resource.declared;
  expect(await resource.deploy(guarding({ Orders: changed, Billing: BILLING }))).toMatchObject({
    Status: 'FAILED',
    Reason: `flow 'orders' is to keep its name while ${said}. AppFlow changes neither the object nor the key of a flow, so the deployment is stopped; `
      + 'give each of these flows another flowName in the same deployment, or leave flowName out, so that another flow replaces it '
      + '(appflow-constructs:flow-object-changed)',
  });
  expect(resource.answers.map(({ Status }) => Status)).toEqual(['SUCCESS', 'FAILED', 'SUCCESS']);
  expect(resource.declared).toEqual(before);
  expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
});

test.each<[string, object, object]>([
  ['nothing', ORDERS, ORDERS],
  ['the order of members', ORDERS, { Destination: S3, Source: GITHUB, FlowName: 'orders' }],
  ['another name with another object', ORDERS, { ...ORDERS, FlowName: 'orders-2', Destination: BILLING.Destination }],
  ['a label that was not said', { ...ORDERS, Source: { ...GITHUB, connectorLabel: undefined } }, ORDERS],
  ['an empty folder', { ...ORDERS, Destination: { ...S3, bucketPrefix: '' } }, { ...ORDERS, Destination: { connectorType: 'S3', bucketName: 'lake' } }],
  ['a new flow under the logical id of a generated name', {}, ORDERS],
])('%s passes, also where something else fails', async (_, before, after) => {
  await resource.deploy(guarding({ Orders: before }));
  expect(await resource.deploy(guarding({ Orders: after }), { failsElsewhere: true })).toMatchObject({ Status: 'SUCCESS' });
  expect(await resource.deploy(guarding({ Orders: after }, '1200'))).toMatchObject({ Status: 'SUCCESS' });
  expect(resource.answers.filter(({ Status }) => Status === 'FAILED')).toEqual([]);
  expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
});

test('flows that come and go pass, and all that are stopped are told', async () => {
  await resource.deploy(guarding({ Orders: ORDERS }));
  expect(await resource.deploy(guarding({ Orders: ORDERS, Billing: BILLING }))).toMatchObject({ Status: 'SUCCESS' });
  expect((await resource.deploy(guarding({ Orders: { ...ORDERS, Source: S3 }, Billing: { ...BILLING, KmsArn: undefined } }))).Reason)
    .toMatch(/^flow 'orders' .*; flow 'billing' is to keep its name while its encryption key changes from 'arn:[^']+' to none\. /);
  expect(await resource.deploy(guarding({ Billing: BILLING }))).toMatchObject({ Status: 'SUCCESS' });
});

test('a rollback passes with another version of the provider, as an event that is delivered twice does', async () => {
  await resource.deploy(guarding({ Orders: ORDERS }));
  const { physicalId } = resource.declared!;
  const changed = { ...ORDERS, Destination: BILLING.Destination };
  const rollback = customResourceEvent({
    RequestType: 'Update',
    PhysicalResourceId: physicalId,
    ResourceProperties: guarding({ Orders: ORDERS }, '1200'),
    OldResourceProperties: guarding({ Orders: changed }),
  });
  expect(await deliver(rollback)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
  expect(await deliver(rollback)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
});

test('an id that CloudFormation made up for a Create without an answer is deleted', async () => {
  expect(await deliver(customResourceEvent({ RequestType: 'Delete', PhysicalResourceId: 'Stack-FlowGuard-1ABC', ResourceProperties: guarding({}) })))
    .toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Stack-FlowGuard-1ABC' });
});
