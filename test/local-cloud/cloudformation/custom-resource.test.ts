import { answering, lambdaFunction, thing, topic } from './samples';
import { LocalCloud } from '../local-cloud';

jest.setTimeout(30_000);

let cloud: LocalCloud;
beforeEach(async () => { cloud = await LocalCloud.start(); });
afterEach(async () => cloud.stop());

async function deploy(Resources: object, more: object = {}) {
  return cloud.deploy({ stackName: 'Stack', template: { Resources, ...more } });
}

/** The events that the handler has seen. */
function seen(): any[] {
  return cloud.lambda.logs.flatMap(({ text }) => text.split('\n')).filter((line) => line.startsWith('{"')).map((line) => JSON.parse(line));
}

const BROKEN = {
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { ZipFile: '' }, Handler: 'index.handler', Runtime: 'nodejs22.x', Role: 'arn:aws:iam::111111111111:role/none' },
};

test('create, update and delete are told as CloudFormation tells them', async () => {
  const handler = lambdaFunction(answering('{ Data: { Name: `n${event.ResourceProperties.Count}` } }'));
  const template = (count: number) => ({ ...handler, Thing: thing({ Count: count, Flag: true, List: [1, { a: false }] }) });
  const outputs = { Outputs: { Name: { Value: { 'Fn::GetAtt': ['Thing', 'Name'] } }, Ref: { Value: { Ref: 'Thing' } } } };
  expect((await deploy(template(1), outputs)).outputs).toEqual({ Name: 'n1', Ref: 'thing-1' });
  expect((await deploy(template(2), outputs)).outputs.Name).toBe('n2');
  const { stackId } = cloud.describe('Stack');
  await cloud.destroy('Stack');

  const properties = (Count: string) => ({ ServiceToken: expect.stringContaining(':function:Stack-Handler-'), Count, Flag: 'true', List: ['1', { a: 'false' }] });
  const common = { StackId: stackId, LogicalResourceId: 'Thing', ResourceType: 'Custom::Thing', RequestId: expect.any(String) };
  const [created, updated, deleted, ...others] = seen();
  expect(created).toMatchObject({ ...common, RequestType: 'Create', ResourceProperties: properties('1') });
  expect(created).not.toHaveProperty('PhysicalResourceId');
  expect(created).not.toHaveProperty('OldResourceProperties');
  expect(updated).toMatchObject({
    ...common, RequestType: 'Update', PhysicalResourceId: 'thing-1', ResourceProperties: properties('2'), OldResourceProperties: properties('1'),
  });
  expect(deleted).toMatchObject({ ...common, RequestType: 'Delete', PhysicalResourceId: 'thing-1', ResourceProperties: properties('2') });
  expect(others).toEqual([]);
});

test('an unchanged custom resource hears nothing', async () => {
  const handler = lambdaFunction(answering('{}'));
  await deploy({ ...handler, Thing: thing({ a: 1 }) });
  await deploy({ ...handler, Thing: thing({ a: 1 }), More: topic() });
  expect(seen()).toHaveLength(1);
});

test('another physical id in the answer to an update has the old one deleted in the cleanup', async () => {
  const handler = lambdaFunction(answering('event.RequestType === "Delete" ? {} : { PhysicalResourceId: `thing-${event.ResourceProperties.Name}` }'));
  await deploy({ ...handler, Thing: thing({ Name: 'a' }) });
  await deploy({ ...handler, Thing: thing({ Name: 'b' }) });
  expect(seen().map((event) => [event.RequestType, event.PhysicalResourceId, event.ResourceProperties.Name])).toEqual([
    ['Create', undefined, 'a'], ['Update', 'thing-a', 'b'], ['Delete', 'thing-a', 'a'],
  ]);
  expect(cloud.describe('Stack').resources.Thing.physicalId).toBe('thing-b');
});

test('a failed create is followed by a delete, with the id of the answer', async () => {
  const handler = lambdaFunction(answering('event.RequestType === "Create" ? { Status: "FAILED", Reason: "no luck", PhysicalResourceId: "half" } : {}'));
  await expect(deploy({ ...handler, Thing: thing() })).rejects.toThrow(/ROLLBACK_COMPLETE.*Message returned: no luck/);
  expect(seen().map((event) => [event.RequestType, event.PhysicalResourceId])).toEqual([['Create', undefined], ['Delete', 'half']]);
});

test('a create without any answer is followed by a delete with an id that was made up', async () => {
  const handler = lambdaFunction('exports.handler = async (event) => { console.log(JSON.stringify({ ...event, ResponseURL: undefined })); if (event.RequestType === "Create") throw new Error("x"); '
    + 'const { StackId, RequestId, LogicalResourceId, PhysicalResourceId } = event;'
    + 'await fetch(event.ResponseURL, { method: "PUT", body: JSON.stringify({ Status: "SUCCESS", StackId, RequestId, LogicalResourceId, PhysicalResourceId }) }); }');
  await expect(deploy({ ...handler, Thing: thing() })).rejects.toThrow('did not receive a response from your custom resource');
  const events = seen();
  expect(events.map((event) => event.RequestType)).toEqual(['Create', 'Create', 'Create', 'Delete']);
  expect(events[3].PhysicalResourceId).toMatch(/^Stack-Thing-[A-Z0-9]{8}$/);
});

test('a failed update is followed by an update with the old properties', async () => {
  const handler = lambdaFunction(answering('event.ResourceProperties.Name === "bad" ? { Status: "FAILED", Reason: "bad name" } : {}'));
  await deploy({ ...handler, Thing: thing({ Name: 'good' }) });
  await expect(deploy({ ...handler, Thing: thing({ Name: 'bad' }) })).rejects.toThrow(/UPDATE_ROLLBACK_COMPLETE.*bad name/);
  expect(seen().slice(1).map((event) => [event.RequestType, event.ResourceProperties.Name, event.OldResourceProperties.Name])).toEqual([
    ['Update', 'bad', 'good'], ['Update', 'good', 'bad'],
  ]);
});

test('a rolled back replacement goes back to the old id and deletes the new one', async () => {
  const handler = lambdaFunction(answering('event.RequestType === "Delete" ? {} : { PhysicalResourceId: `thing-${event.ResourceProperties.Name}` }'));
  await deploy({ ...handler, Thing: thing({ Name: 'a' }) });
  await expect(deploy({ ...handler, Thing: thing({ Name: 'b' }), Broken: { ...BROKEN, DependsOn: 'Thing' } })).rejects.toThrow('UPDATE_ROLLBACK_COMPLETE');
  expect(seen().slice(1).map((event) => [event.RequestType, event.PhysicalResourceId, event.ResourceProperties.Name])).toEqual([
    ['Update', 'thing-a', 'b'], ['Update', 'thing-b', 'a'], ['Delete', 'thing-b', 'b'],
  ]);
  expect(cloud.describe('Stack').resources.Thing.physicalId).toBe('thing-a');
});

test('an event can be delivered twice, and the second answer counts for nothing', async () => {
  cloud.cloudformation.duplicateDelivery = true;
  const handler = lambdaFunction(`let n = 0; ${answering('{ PhysicalResourceId: `thing-${++n}` }')}`);
  const { resources } = await deploy({ ...handler, Thing: thing() });
  expect(resources.Thing.physicalId).toBe('thing-1');
  expect(seen()).toHaveLength(2);
  expect(seen()[0].RequestId).toBe(seen()[1].RequestId);
});

test('ServiceTimeout ends the waiting', async () => {
  const handler = lambdaFunction('exports.handler = () => new Promise((done) => setTimeout(done, 2000));');
  const begun = Date.now();
  cloud.cloudformation.customResourceTimeoutSeconds = 0.1;
  await expect(deploy({ ...handler, Thing: thing({ ServiceTimeout: 1 }) })).rejects.toThrow('did not receive a response');
  expect(Date.now() - begun).toBeGreaterThan(900);
});

test.each<[string, string, string]>([
  ['too long', '{ Data: { a: "x".repeat(5000) } }', 'Response object is too long'],
  ['without a status', '{ Status: "OK" }', 'must be SUCCESS or FAILED'],
  ['for another request', '{ RequestId: "other" }', 'Value of property RequestId must be copied'],
  ['for another stack', '{ StackId: "other" }', 'Value of property StackId must be copied'],
  ['for another resource', '{ LogicalResourceId: "other" }', 'Value of property LogicalResourceId must be copied'],
  ['without a physical id', '{ PhysicalResourceId: "" }', 'Invalid PhysicalResourceId'],
  ['with a long physical id', '{ PhysicalResourceId: "x".repeat(1025) }', 'Invalid PhysicalResourceId'],
  ['without a reason', '{ Status: "FAILED" }', 'Reason is required'],
])('an answer %s fails the resource', async (_, answer, message) => {
  const handler = lambdaFunction(answering(`event.RequestType === "Delete" ? {} : ${answer}`));
  await expect(deploy({ ...handler, Thing: thing() })).rejects.toThrow(message);
  expect(cloud.describe('Stack').status).toBe('ROLLBACK_COMPLETE');
});

test('NoEcho keeps attributes out of outputs', async () => {
  const handler = lambdaFunction(answering('{ NoEcho: true, Data: { Key: "hush" } }'));
  const { outputs } = await deploy({ ...handler, Thing: thing() }, { Outputs: { Key: { Value: { 'Fn::GetAtt': ['Thing', 'Key'] } } } });
  expect(outputs.Key).toBe('*****');
});

test('a handler may do what the policies of its role allow, and nothing else', async () => {
  const call = (path: string, signature = '`AWS4-HMAC-SHA256 Credential=${process.env.AWS_ACCESS_KEY_ID}/20260101/eu-west-1/appflow/aws4_request, Signature=0`') =>
    `(await fetch(process.env.AWS_ENDPOINT_URL + "${path}", { method: "POST", headers: { authorization: ${signature} }, body: '{"flowName":"orders"}' })).headers.get("x-amzn-errortype")`;
  const source = answering(`{ Data: { Stop: String(${call('/stop-flow')}), Start: String(${call('/start-flow')}) } }`);
  const resources = {
    ...lambdaFunction(source, [{ Effect: 'Allow', Action: 'appflow:StartFlow', Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:appflow:*:${AWS::AccountId}:flow/orders' } }]),
    Thing: thing(),
  };
  await deploy(resources);
  expect(cloud.describe('Stack').resources.Thing.attributes).toEqual({ Stop: 'AccessDeniedException', Start: 'ResourceNotFoundException' });
});

test('a secure reference in a custom resource is refused', async () => {
  const resources = { ...lambdaFunction(answering('{}')), Thing: thing({ Secret: '{{resolve:secretsmanager:x:SecretString:y}}' }) };
  await expect(deploy(resources)).rejects.toThrow('not supported in custom resources: Thing');
});

test('a service token that is no function of the cloud is named', async () => {
  await expect(deploy({ Thing: { Type: 'Custom::Thing', Properties: { ServiceToken: 'arn:aws:sns:eu-west-1:111111111111:topic' } } }))
    .rejects.toThrow('arn:aws:sns:eu-west-1:111111111111:topic');
});
