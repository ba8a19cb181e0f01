import { flow, BUCKETS, topic } from './samples';
import { LocalCloud } from '../local-cloud';

jest.setTimeout(30_000);

let cloud: LocalCloud;
beforeEach(async () => { cloud = await LocalCloud.start(); });
afterEach(async () => cloud.stop());

async function deploy(Resources: object, more: object = {}, options: object = {}) {
  return cloud.deploy({ stackName: 'Stack', template: { Resources, ...more }, ...options });
}

function statuses(logicalId: string): string[] {
  return cloud.events('Stack').filter((event) => event.logicalId === logicalId).map(({ status }) => status);
}

async function describeFlow(flowName: string): Promise<any> {
  return cloud.appflow.invoke('DescribeFlow', { flowName });
}

test('a flow is created, activated and tagged, and its outputs are known', async () => {
  const stack = await deploy(
    { Flow: flow({ FlowStatus: 'Active', Tags: [{ Key: 'team', Value: 'sales' }] }), ...BUCKETS },
    { Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Flow', 'FlowArn'] } }, Name: { Value: { Ref: 'Flow' } } } },
    { tags: { team: 'overruled', stage: 'test' } },
  );
  expect(stack.status).toBe('CREATE_COMPLETE');
  expect(stack.outputs).toEqual({ Arn: 'arn:aws:appflow:eu-west-1:111111111111:flow/orders', Name: 'orders' });
  expect(await describeFlow('orders')).toMatchObject({ flowStatus: 'Active', tags: { team: 'sales', stage: 'test' } });
  expect(statuses('Stack')).toEqual(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
});

test('without FlowStatus a scheduled flow stays a draft', async () => {
  await deploy({ Flow: flow(), ...BUCKETS });
  expect(await describeFlow('orders')).toMatchObject({ flowStatus: 'Draft' });
});

test('a flow whose bucket policy comes too late is refused, so order matters', async () => {
  const { DependsOn: order, ...early } = flow();
  await expect(deploy({ Flow: early, ...BUCKETS })).rejects.toThrow(/Flow: Resource handler returned message/);
  expect(cloud.describe('Stack').status).toBe('ROLLBACK_COMPLETE');
});

test('the same again changes nothing and says nothing', async () => {
  await deploy({ Flow: flow(), ...BUCKETS });
  const events = cloud.events('Stack').length;
  cloud.calls.clear();
  await deploy({ Flow: flow(), ...BUCKETS });
  expect(cloud.events('Stack')).toHaveLength(events);
  expect(cloud.calls.all).toEqual([]);
});

test('an update touches only what differs', async () => {
  await deploy({ Flow: flow({ FlowStatus: 'Active', Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '1' }] }), ...BUCKETS });
  cloud.calls.clear();
  const changed = flow({ FlowStatus: 'Suspended', Tags: [{ Key: 'b', Value: '2' }] }, 'rate(1hours)');
  expect((await deploy({ Flow: changed, ...BUCKETS })).status).toBe('UPDATE_COMPLETE');
  expect(await describeFlow('orders')).toMatchObject({
    flowStatus: 'Suspended', tags: { b: '2' }, triggerConfig: { triggerProperties: { Scheduled: { scheduleExpression: 'rate(1hours)' } } },
  });
  expect(cloud.calls.all.map(({ operation }) => operation)).toEqual(['DescribeFlow', 'UpdateFlow', 'UntagResource', 'TagResource', 'DescribeFlow', 'StopFlow']);
  expect(statuses('Lake')).toEqual(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
});

test('a change of the name makes a new flow before the old one goes', async () => {
  await deploy({ Flow: flow({ FlowStatus: 'Active' }), ...BUCKETS });
  cloud.calls.clear();
  await deploy({ Flow: flow({ FlowName: 'orders-2', FlowStatus: 'Active' }), ...BUCKETS });
  expect([...cloud.appflow.flows.keys()]).toEqual(['orders-2']);
  expect(cloud.calls.all.map(({ operation }) => operation)).toEqual(['CreateFlow', 'StartFlow', 'DeleteFlow']);
  expect(statuses('Stack').slice(-3)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_COMPLETE']);
  expect(cloud.cloudformation.get('Stack').statuses.get('Flow')).toMatchObject({ physicalId: 'orders-2', status: 'UPDATE_COMPLETE' });
});

test('what refers to a replaced resource follows it', async () => {
  const queue = (name: string) => ({
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: name } }, Topic: topic({ DisplayName: { 'Fn::GetAtt': ['Queue', 'QueueName'] } }),
  });
  await deploy(queue('one'));
  const { resources } = await deploy(queue('two'));
  expect(resources.Topic.properties.DisplayName).toBe(resources.Queue.attributes!.QueueName);
  expect(statuses('Queue').slice(2)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE', 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE']);
  expect(statuses('Topic').slice(2)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE']);
});

test('deletion goes against the order of creation, and nothing is left', async () => {
  await deploy({ Flow: flow(), ...BUCKETS });
  const { stackId } = cloud.describe('Stack');
  await cloud.destroy('Stack');
  const order = (status: string) => cloud.events(stackId).filter((event) => event.status === status).map(({ logicalId }) => logicalId);
  expect(order('DELETE_IN_PROGRESS').slice(1)).toEqual(order('CREATE_COMPLETE').slice(0, -1).reverse());
  expect([cloud.appflow.flows.size, cloud.s3.bucketNames]).toEqual([0, []]);
  expect(() => cloud.describe('Stack')).toThrow('Stack with id Stack does not exist');
  expect(cloud.describe(stackId).status).toBe('DELETE_COMPLETE');
});

test('a resource taken out of the template is deleted in the cleanup, unless it is to be retained', async () => {
  await deploy({ A: topic(), B: topic({}, { DeletionPolicy: 'Retain' }), C: topic({}, { DeletionPolicy: 'RetainExceptOnCreate' }), D: topic() });
  await deploy({ D: topic() });
  expect(['A', 'B', 'C'].map((logicalId) => statuses(logicalId).pop())).toEqual(['DELETE_COMPLETE', 'DELETE_SKIPPED', 'DELETE_SKIPPED']);
  expect(Object.keys(cloud.describe('Stack').resources)).toEqual(['D']);
});

test('UpdateReplacePolicy keeps what was replaced', async () => {
  const bucket = (name: string) => ({ Bucket: { Type: 'AWS::S3::Bucket', UpdateReplacePolicy: 'Retain', Properties: { BucketName: name } } });
  await deploy(bucket('first'));
  await deploy(bucket('second'));
  expect(cloud.s3.bucketNames).toEqual(['first', 'second']);
});

test('a stack that cannot delete a resource says which, keeps what that one needs, and can try again', async () => {
  const { resources: { Lake: lake } } = await deploy({ Lake: { Type: 'AWS::S3::Bucket', DependsOn: 'Needed' }, Needed: topic(), Other: topic() });
  cloud.s3.putObject(lake.physicalId, 'key', { bytes: Buffer.from('x') });
  await expect(cloud.destroy('Stack')).rejects.toThrow(/DELETE_FAILED.*Lake: .*not empty/);
  expect(Object.keys(cloud.describe('Stack').resources)).toEqual(['Needed', 'Lake']);
  cloud.s3.emptyBucket(lake.physicalId);
  await cloud.destroy('Stack');
});

test('parameters, mappings and conditions choose', async () => {
  cloud.ssm.put('/names/topic', 'from-ssm');
  const template = {
    Parameters: {
      Stage: { Type: 'String', AllowedValues: ['test', 'live'], Default: 'test' },
      Names: { Type: 'CommaDelimitedList', Default: 'a, b' },
      Parameter: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/names/topic' },
    },
    Mappings: { Stages: { test: { name: 'T' }, live: { name: 'L' } } },
    Conditions: { Live: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } },
    Rules: { Version: { Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2'], { Ref: 'Stage' }] }] }, AssertDescription: 'never' }] } },
    Outputs: { All: { Value: { 'Fn::Join': ['-', [{ 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'name'] }, { 'Fn::Select': [1, { Ref: 'Names' }] }, { Ref: 'Parameter' }]] } } },
  };
  const resources = { Always: topic(), OnlyLive: topic({}, { Condition: 'Live' }) };
  const test = await deploy(resources, template);
  expect([test.outputs.All, Object.keys(test.resources)]).toEqual(['T-b-from-ssm', ['Always']]);
  const live = await deploy(resources, template, { parameters: { Stage: 'live' } });
  expect([live.outputs.All, Object.keys(live.resources)]).toEqual(['L-b-from-ssm', ['Always', 'OnlyLive']]);
  await expect(deploy(resources, template, { parameters: { Stage: 'other' } })).rejects.toThrow("Parameter 'Stage' must be one of AllowedValues");
  await expect(deploy(resources, template, { parameters: { Other: 'x' } })).rejects.toThrow('Parameters: [Other] do not exist in the template');
});

test('exports are imported, and stay as long as they are', async () => {
  await cloud.deploy({ stackName: 'Producer', template: { Resources: { Topic: topic() }, Outputs: { Name: { Value: { Ref: 'Topic' }, Export: { Name: 'topic-name' } } } } });
  await cloud.deploy({ stackName: 'Consumer', template: { Resources: { Topic: topic({ DisplayName: { 'Fn::ImportValue': 'topic-name' } }) } } });
  expect(cloud.describe('Consumer').resources.Topic.properties.DisplayName).toBe(cloud.describe('Producer').outputs.Name);
  await expect(cloud.destroy('Producer')).rejects.toThrow('Export topic-name cannot be deleted as it is in use by Consumer');
  await cloud.destroy('Consumer');
  await cloud.destroy('Producer');
});

test('a secret is resolved for the service, and kept nowhere else', async () => {
  const arn = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:crm-A1b2C3';
  cloud.secrets.put(arn, 'crm', JSON.stringify({ refreshToken: 'hush-hush', bad: 'has a blank' }));
  const profile = (key: string) => ({
    Profile: {
      Type: 'AWS::AppFlow::ConnectorProfile',
      Properties: {
        ConnectorProfileName: 'crm',
        ConnectorType: 'Salesforce',
        ConnectionMode: 'Public',
        ConnectorProfileConfig: {
          ConnectorProfileCredentials: { Salesforce: { RefreshToken: `{{resolve:secretsmanager:${arn}:SecretString:${key}::}}` } },
          ConnectorProfileProperties: { Salesforce: { InstanceUrl: 'https://acme.my.salesforce.com' } },
        },
      },
    },
  });
  const stack = await deploy(profile('refreshToken'), { Outputs: { Credentials: { Value: { 'Fn::GetAtt': ['Profile', 'CredentialsArn'] } } } });
  expect(stack.outputs.Credentials).toMatch(/secret:appflow!111111111111-crm/);
  expect(cloud.appflow.profiles.size).toBe(1);
  await expect(deploy(profile('bad'))).rejects.toThrow('UPDATE_ROLLBACK_COMPLETE');
  await expect(deploy(profile('missing'))).rejects.toThrow('Could not find a value associated with JSONKey');
  const kept = JSON.stringify([cloud.describe('Stack'), cloud.events('Stack'), cloud.calls.all, cloud.appflow.calls]);
  expect(kept).not.toMatch(/hush-hush|has a blank/);
});

test.each<[string, object, string]>([
  ['a type', { A: { Type: 'AWS::No::Thing' } }, 'Unrecognized resource types: [AWS::No::Thing]'],
  ['a type without a handler', { A: { Type: 'AWS::CloudFormation::WaitConditionHandle' } }, 'does not support AWS::CloudFormation::WaitConditionHandle'],
  ['a property', { A: topic({ Nmae: 'x' }) }, 'extraneous key [Nmae] is not permitted'],
  ['a nested property', { ...BUCKETS, A: flow({ TriggerConfig: { TriggerType: 'OnDemand', Properties: {} } }) }, 'extraneous key [TriggerConfig/Properties] is not permitted'],
  ['a missing property', { A: { Type: 'AWS::AppFlow::Flow', Properties: { FlowName: 'a' } } }, 'required key [Tasks] not found'],
  ['a resource attribute', { A: { ...topic(), CreationPolicy: {} } }, 'the attribute CreationPolicy of resource A'],
  ['a reference', { A: topic({ DisplayName: { Ref: 'B' } }) }, 'Unresolved resource dependencies [B]'],
  ['an attribute', { A: topic(), B: topic({ DisplayName: { 'Fn::GetAtt': ['A', 'Nothing'] } }) }, 'does not support attribute type Nothing'],
  ['a dependency', { A: topic({}, { DependsOn: 'B' }) }, 'Unresolved resource dependencies [B]'],
  ['a circle', { A: topic({}, { DependsOn: 'B' }), B: topic({}, { DependsOn: 'A' }) }, 'Circular dependency'],
])('%s that is not known is refused by name', async (_, resources, message) => {
  await expect(deploy(resources)).rejects.toThrow(message);
});

test('another type under the same logical id is refused', async () => {
  await deploy({ A: topic() });
  await expect(deploy({ A: { Type: 'AWS::SQS::Queue' } })).rejects.toThrow('Update of resource type is not permitted');
});
