import { BUCKETS, flow, topic } from './samples';
import { LocalCloud, StackFailure } from '../local-cloud';

jest.setTimeout(30_000);

let cloud: LocalCloud;
beforeEach(async () => { cloud = await LocalCloud.start(); });
afterEach(async () => cloud.stop());

async function deploy(Resources: object, options: object = {}) {
  return cloud.deploy({ stackName: 'Stack', template: { Resources }, ...options });
}

/** A resource that cannot be created: a function without its role. */
const BROKEN = {
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { ZipFile: '' }, Handler: 'index.handler', Runtime: 'nodejs22.x', Role: 'arn:aws:iam::111111111111:role/none' },
};

test('a failed create is rolled back, and deploying again begins anew', async () => {
  const failing = deploy({ Flow: flow({ FlowStatus: 'Active' }), ...BUCKETS, Broken: { ...BROKEN, DependsOn: 'Flow' } });
  await expect(failing).rejects.toThrow(/^Stack is ROLLBACK_COMPLETE: Broken: .*cannot be assumed by Lambda/);
  await expect(failing).rejects.toBeInstanceOf(StackFailure);
  expect([cloud.appflow.flows.size, cloud.s3.bucketNames]).toEqual([0, []]);
  expect((await deploy({ Flow: flow(), ...BUCKETS })).status).toBe('CREATE_COMPLETE');
});

test('in a rolled back create Retain keeps a resource, and RetainExceptOnCreate does not', async () => {
  await expect(deploy({
    A: topic({}, { DeletionPolicy: 'Retain' }), B: topic({}, { DeletionPolicy: 'RetainExceptOnCreate' }), Broken: { ...BROKEN, DependsOn: ['A', 'B'] },
  })).rejects.toThrow('ROLLBACK_COMPLETE');
  const last = (logicalId: string) => cloud.events('Stack').filter((event) => event.logicalId === logicalId).pop()?.status;
  expect([last('A'), last('B')]).toEqual(['DELETE_SKIPPED', 'DELETE_COMPLETE']);
});

test('a flow that was made but could not be started is deleted', async () => {
  cloud.faults.inject({ service: 'appflow', operation: 'StartFlow', kind: 'access-denied' });
  await expect(deploy({ Flow: flow({ FlowStatus: 'Active' }), ...BUCKETS })).rejects.toThrow('access-denied');
  expect(cloud.appflow.flows.size).toBe(0);
});

test('a failed update goes back to what was deployed: updated, replaced and new resources', async () => {
  const before = { Updated: flow({ FlowStatus: 'Active' }), Replaced: flow({ FlowName: 'old-name' }), ...BUCKETS, Removed: topic() };
  await deploy(before);
  const { resources } = cloud.describe('Stack');
  const { Removed: _, ...rest } = before;
  await expect(deploy({
    ...rest,
    Updated: flow({ FlowStatus: 'Suspended', Tags: [{ Key: 'a', Value: '1' }] }, 'rate(1hours)'),
    Replaced: flow({ FlowName: 'new-name' }),
    Fresh: flow({ FlowName: 'fresh' }),
    Broken: { ...BROKEN, DependsOn: ['Updated', 'Replaced', 'Fresh'] },
  })).rejects.toThrow('UPDATE_ROLLBACK_COMPLETE');
  expect([...cloud.appflow.flows.keys()].sort()).toEqual(['old-name', 'orders']);
  expect(cloud.appflow.invoke('DescribeFlow', { flowName: 'orders' })).toMatchObject({
    flowStatus: 'Active', tags: {}, triggerConfig: { triggerProperties: { Scheduled: { scheduleExpression: 'rate(15minutes)' } } },
  });
  expect(cloud.describe('Stack').resources).toEqual(resources);
  expect(cloud.events('Stack').filter(({ logicalId }) => logicalId === 'Stack').map(({ status }) => status).slice(2)).toEqual([
    'UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE',
  ]);
  await deploy(before);
  await cloud.destroy('Stack');
  expect(cloud.appflow.flows.size).toBe(0);
});

test('a rollback that fails says so, and the stack can still be deleted', async () => {
  await deploy({ Flow: flow(), ...BUCKETS });
  cloud.faults.inject({ service: 'appflow', operation: 'UpdateFlow', nth: 2, times: 3, kind: 'internal-error' });
  await expect(deploy({ Fresh: topic(), Flow: flow({}, 'rate(1hours)'), ...BUCKETS, Broken: { ...BROKEN, DependsOn: 'Flow' } })).rejects.toThrow('UPDATE_ROLLBACK_FAILED');
  await cloud.destroy('Stack');
  expect(cloud.appflow.flows.size).toBe(0);
});

test.each(['throttle', 'internal-error', 'timeout', 'lost-response'] as const)('a handler lives with one %s', async (kind) => {
  cloud.faults.inject({ service: 'appflow', operation: 'CreateFlow', kind });
  expect((await deploy({ Flow: flow(), ...BUCKETS })).status).toBe('CREATE_COMPLETE');
  expect(cloud.calls.of('CreateFlow').map(({ outcome }) => outcome)).toEqual([kind, 'ok']);
});

test('a handler gives up after its attempts', async () => {
  cloud.faults.inject({ service: 'appflow', operation: 'CreateFlow', times: 3, kind: 'throttle' });
  await expect(deploy({ Flow: flow(), ...BUCKETS })).rejects.toThrow('HandlerErrorCode: Throttling');
});

test('with rollback disabled what was made stays, and the next deployment completes it', async () => {
  const resources = { Flow: flow({ FlowStatus: 'Active' }), ...BUCKETS };
  cloud.faults.inject({ service: 'appflow', operation: 'StartFlow', kind: 'access-denied' });
  await expect(deploy(resources, { disableRollback: true })).rejects.toThrow('CREATE_FAILED');
  expect(cloud.s3.bucketNames).toHaveLength(2);
  expect((await deploy(resources)).status).toBe('UPDATE_COMPLETE');
  expect(cloud.appflow.invoke('DescribeFlow', { flowName: 'orders' })).toMatchObject({ flowStatus: 'Active' });

  cloud.faults.inject({ service: 'appflow', operation: 'UpdateFlow', kind: 'access-denied' });
  const changed = { ...resources, Flow: flow({ FlowStatus: 'Active' }, 'rate(1hours)') };
  await expect(deploy(changed, { disableRollback: true })).rejects.toThrow('UPDATE_FAILED');
  expect((await deploy(changed)).status).toBe('UPDATE_COMPLETE');
  await cloud.destroy('Stack');
});
