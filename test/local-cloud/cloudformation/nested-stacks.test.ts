import { flow, BUCKETS, topic } from './samples';
import { LocalCloud } from '../local-cloud';

jest.setTimeout(30_000);

let cloud: LocalCloud;
beforeEach(async () => { cloud = await LocalCloud.start(); });
afterEach(async () => cloud.stop());

let templates = 0;

/** A nested stack, whose template is where the CDK would put it. */
function nested(template: object, properties: object = {}, more: object = {}) {
  const key = `template-${templates += 1}.json`;
  cloud.s3.putObject(cloud.s3.assetsBucket, key, { bytes: Buffer.from(JSON.stringify(template)) });
  const url = { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, `/${cloud.s3.assetsBucket}/${key}`]] };
  return { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url, ...properties }, ...more };
}

async function deploy(Resources: object, more: object = {}, options: object = {}) {
  return cloud.deploy({ stackName: 'Stack', template: { Resources, ...more }, ...options });
}

function stackOf(logicalId: string, of = 'Stack') {
  return cloud.cloudformation.get(cloud.describe(of).resources[logicalId].physicalId);
}

function flows() {
  return [...cloud.appflow.flows.values()].map(({ definition: { flowName, description }, tags }) => ({ flowName, description, tags }));
}

/** A stack with a flow that goes where the parent says, and what is known of it. */
function flowStack(properties: Record<string, unknown> = {}, more: object = {}) {
  const { Lake: _, LakePolicy: __, ...source } = BUCKETS;
  return {
    Parameters: { Lake: { Type: 'String' } },
    Resources: { ...source, Flow: { ...flow(properties), DependsOn: ['SourcePolicy'] }, ...more },
    Outputs: { Name: { Value: { Ref: 'Flow' } }, Stack: { Value: { Ref: 'AWS::StackId' } }, Called: { Value: { Ref: 'AWS::StackName' } } },
  };
}

const { Lake, LakePolicy } = BUCKETS;
const PARAMETERS = { Parameters: { Lake: { Ref: 'Lake' } } };

/** A parent with the nested stack of a flow, and something that uses what it puts out. */
function parent(child: object, more: object = {}) {
  return {
    Lake, LakePolicy, Child: nested(child, PARAMETERS, { DependsOn: 'LakePolicy' }), Topic: topic({ DisplayName: { 'Fn::GetAtt': ['Child', 'Outputs.Name'] } }), ...more,
  };
}

/** A resource that cannot be created. */
const BROKEN = {
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { ZipFile: '' }, Handler: 'index.handler', Runtime: 'nodejs22.x', Role: 'arn:aws:iam::111111111111:role/none' },
};

function statuses(of: string) {
  const { id, events } = cloud.cloudformation.get(of);
  return events.filter(({ physicalId }) => physicalId === id).map(({ status }) => status);
}

test('a nested stack is created with parameters and tags of its parent, puts out values, and goes with the parent', async () => {
  const outputs = { Outputs: { Id: { Value: { Ref: 'Child' } }, Stack: { Value: { 'Fn::GetAtt': ['Child', 'Outputs.Stack'] } }, Called: { Value: { 'Fn::GetAtt': ['Child', 'Outputs.Called'] } } } };
  const stack = await deploy(parent(flowStack()), outputs, { tags: { team: 'sales' } });
  const child = stackOf('Child');
  expect(stack.outputs).toEqual({ Id: child.id, Stack: child.id, Called: child.name });
  expect(child.name).toMatch(/^Stack-Child-[A-Z0-9]{12}$/);
  expect(child.parents).toEqual({ parentId: stack.stackId, rootId: stack.stackId });
  expect(stack.resources.Topic.properties.DisplayName).toBe('orders');
  expect(flows()).toEqual([{ flowName: 'orders', tags: { team: 'sales' } }]);
  await cloud.destroy('Stack');
  expect([flows(), cloud.s3.bucketNames, child.status]).toEqual([[], [], 'DELETE_COMPLETE']);
});

test('nested stacks nest', async () => {
  const { stackId } = await deploy({ Middle: nested({ Resources: { Inner: nested({ Resources: { Topic: topic() } }) } }) });
  const middle = stackOf('Middle');
  expect(stackOf('Inner', middle.id).parents).toEqual({ parentId: middle.id, rootId: stackId });
});

test('an update reaches nested stacks that differ, and cleans up in them once that of the root has gone through', async () => {
  await deploy(parent(flowStack({}, { Old: topic() })), {}, {});
  const child = stackOf('Child');
  await deploy(parent(flowStack({ FlowName: 'orders-2' })));
  expect(flows().map(({ flowName }) => flowName)).toEqual(['orders-2']);
  expect(cloud.describe('Stack').resources.Topic.properties.DisplayName).toBe('orders-2');
  expect(statuses(child.id).slice(2)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_COMPLETE']);
  const time = (id: string, logicalId: string, status: string) =>
    cloud.events(id).filter((event) => event.logicalId === logicalId && event.status === status).pop()!.timestamp.getTime();
  const cleaning = time('Stack', 'Stack', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  expect(time(child.id, 'Old', 'DELETE_IN_PROGRESS')).toBeGreaterThan(cleaning);
  expect(time(child.id, 'Flow', 'DELETE_COMPLETE')).toBeGreaterThan(cleaning);

  const before = child.events.length;
  await deploy(parent(flowStack({ FlowName: 'orders-2' }), { Another: topic() }));
  expect(statuses(child.id).slice(5)).toEqual([]);
  expect(child.events).toHaveLength(before);
});

test('a nested stack that is taken out is deleted', async () => {
  await deploy(parent(flowStack()));
  await deploy({ Lake, LakePolicy });
  expect(flows()).toEqual([]);
});

test('a nested stack that cannot be created fails its parent, says why, and leaves nothing', async () => {
  const failing = deploy(parent(flowStack({}, { Broken: { ...BROKEN, DependsOn: 'Flow' } })));
  await expect(failing).rejects.toThrow(
    /^Stack is ROLLBACK_COMPLETE: Broken: .*cannot be assumed by Lambda.*; Child: Embedded stack arn:.* was not successfully created: The following resource\(s\) failed to create: \[Broken\]/,
  );
  expect([flows(), cloud.s3.bucketNames]).toEqual([[], []]);
});

test.each([
  ['within the nested stack', () => parent(flowStack({ Description: 'new', FlowName: 'orders-2' }, { Fresh: topic(), Broken: { ...BROKEN, DependsOn: ['Flow', 'Fresh'] } })), 1],
  ['in the parent, after the nested stack', () => parent(flowStack({ Description: 'new', FlowName: 'orders-2' }, { Fresh: topic() }), { Broken: { ...BROKEN, DependsOn: 'Child' } }), 2],
])('an update that fails %s brings back what was', async (_, changed, steps) => {
  await deploy(parent(flowStack({}, { Old: topic() })));
  const child = stackOf('Child');
  const { resources, outputs } = cloud.describe(child.id);
  const above = cloud.describe('Stack').resources;
  await expect(deploy(changed())).rejects.toThrow('UPDATE_ROLLBACK_COMPLETE');
  expect(flows().map(({ flowName, description }) => ({ flowName, description }))).toEqual([{ flowName: 'orders', description: undefined }]);
  expect(cloud.describe(child.id)).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', resources, outputs });
  expect(cloud.describe('Stack').resources).toEqual(above);
  expect(statuses(child.id).slice(3, 2 + steps)).toEqual(steps === 1 ? [] : ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS']);
  expect(statuses(child.id).slice(2 + steps)).toEqual(
    ['UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE']);
  await deploy(parent(flowStack({ Description: 'new' })));
  expect(flows()).toEqual([expect.objectContaining({ description: 'new' })]);
  await cloud.destroy('Stack');
  expect([flows(), cloud.s3.bucketNames]).toEqual([[], []]);
});

test('a nested stack of a failed update is deleted', async () => {
  await deploy({ Lake, LakePolicy });
  await expect(deploy(parent(flowStack(), { Broken: { ...BROKEN, DependsOn: 'Child' } }))).rejects.toThrow('UPDATE_ROLLBACK_COMPLETE');
  expect([flows(), Object.keys(cloud.describe('Stack').resources)]).toEqual([[], ['Lake', 'LakePolicy']]);
});

test('with rollback disabled nested stacks stay as they are, and the next deployment completes them', async () => {
  await deploy(parent(flowStack()));
  cloud.faults.inject({ service: 'appflow', operation: 'UpdateFlow', kind: 'access-denied' });
  const changed = () => parent(flowStack({ Description: 'new' }));
  await expect(deploy(changed(), {}, { disableRollback: true })).rejects.toThrow('UPDATE_FAILED');
  expect(stackOf('Child').status).toBe('UPDATE_FAILED');
  expect((await deploy(changed())).status).toBe('UPDATE_COMPLETE');
  expect(flows()).toEqual([expect.objectContaining({ description: 'new' })]);
  await cloud.destroy('Stack');
});

test('a nested stack that cannot be deleted fails its parent, which can try again', async () => {
  await deploy({ Child: nested({ Resources: { Lake } }) });
  const bucket = cloud.describe(stackOf('Child').id).resources.Lake.physicalId;
  cloud.s3.putObject(bucket, 'key', { bytes: Buffer.from('x') });
  await expect(cloud.destroy('Stack')).rejects.toThrow(/Lake: .*not empty.*; Child: Embedded stack .* was not successfully deleted/);
  cloud.s3.emptyBucket(bucket);
  await cloud.destroy('Stack');
  expect(cloud.s3.bucketNames).toEqual([]);
});

test('parameters of nested stacks are texts', async () => {
  await expect(deploy({ Child: nested(flowStack(), { Parameters: { Lake: ['a', 'b'] } }) })).rejects.toThrow('Value of property Parameters of Child must be an object with String');
});
