import { CustomResource, customResourceEvent } from './custom-resource';
import { type FlowInMemory, InMemoryAppFlow, lost, refused } from './in-memory-appflow';
import { ResponseBucket } from './response-bucket';
import { SimulatedTime } from './simulated-time';
import { answer, CustomResourceEvent, Properties } from '../../../lib/custom-resources/handlers/cloudformation';
import { activateFlows } from '../../../lib/custom-resources/handlers/flow-activation';

const ACTIVE = { TriggerType: 'Scheduled', Status: 'Active' };
const SUSPENDED = { TriggerType: 'Scheduled', Status: 'Suspended' };
const AS_FOUND = { TriggerType: 'Scheduled', Status: 'AsFound', InitialStatus: 'Active' };
const MANUAL = { TriggerType: 'Scheduled', Status: 'Manual' };
const { StackId } = customResourceEvent({});

const bucket = new ResponseBucket();
let appflow: InMemoryAppFlow;
let resource: CustomResource;
/** Milliseconds that an invocation has. */
let milliseconds: number;
let asked: number;

async function deliver(event: CustomResourceEvent) {
  const stack = {
    isRollingBack: async () => {
      asked++;
      return resource.isRollingBack;
    },
  };
  await answer({ ...event, ResponseURL: bucket.url }, { getRemainingTimeInMillis: () => 30_000 },
    (request, _, trail) => activateFlows(request, appflow, stack, new SimulatedTime(milliseconds), trail));
  return bucket.answer;
}

/** The properties that declare flows, by their names; the logical id is the name without a number at its end. */
function declaring(flows: Record<string, Properties>): Properties {
  return { Flows: Object.fromEntries(Object.entries(flows).map(([name, flow]) => [`Flow${name.replace(/\d+$/, '')}`, { FlowName: name, ...flow }])) };
}

const orders = (flow: Properties) => declaring({ Orders: flow });

function addFlow(name = 'Orders', trigger: FlowInMemory['trigger'] = 'Scheduled', status?: string): FlowInMemory {
  const flow = appflow.addFlow(name, trigger, status);
  flow.tags['appflow-constructs:stack'] = StackId;
  return flow;
}

const statuses = () => Object.fromEntries([...appflow.flows].map(([name, { status }]) => [name, status]));

beforeAll(() => bucket.open());
afterAll(() => bucket.close());
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  milliseconds = 60_000;
  asked = 0;
  appflow = new InMemoryAppFlow();
  resource = new CustomResource('Custom::AppFlowFlowActivation', deliver);
});

describe('flows are created', () => {
  test.each(['Scheduled', 'Event'] as const)('%s: a draft is activated', async trigger => {
    addFlow('Orders', trigger);
    expect(await resource.deploy(orders({ ...ACTIVE, TriggerType: trigger }))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Resource' });
    expect(statuses()).toEqual({ Orders: 'Active' });
    expect(appflow.calls).toEqual(['describeFlow Orders', 'startFlow Orders']);
  });

  test.each([
    ['Active', ACTIVE], ['Draft', SUSPENDED], ['Suspended', SUSPENDED], ['Errored', SUSPENDED], ['Active', AS_FOUND], ['Suspended', AS_FOUND], ['Errored', AS_FOUND],
    ['Draft', { ...AS_FOUND, InitialStatus: 'Suspended' }],
  ])('%s and declared %j: nothing to do', async (status, declared) => {
    addFlow('Orders', 'Scheduled', status);
    expect(await resource.deploy(orders(declared))).toMatchObject({ Status: 'SUCCESS' });
    expect(appflow.calls).toEqual(['describeFlow Orders']);
  });

  test.each([
    ['Errored', ACTIVE, 'Active'], ['Suspended', ACTIVE, 'Active'], ['Active', SUSPENDED, 'Suspended'], ['Draft', AS_FOUND, 'Active'],
  ])('%s and declared %j: it is brought to be %s', async (status, declared, expected) => {
    addFlow('Orders', 'Scheduled', status);
    expect(await resource.deploy(orders(declared))).toMatchObject({ Status: 'SUCCESS' });
    expect(statuses()).toEqual({ Orders: expected });
  });

  test('many: each has at most one look and one change', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `F${index}x`);
    names.forEach((name, index) => addFlow(name, 'Scheduled', index % 2 === 0 ? 'Active' : 'Draft'));
    await resource.deploy(declaring(Object.fromEntries(names.map(name => [name, ACTIVE]))));
    expect(new Set(Object.values(statuses()))).toEqual(new Set(['Active']));
    expect(appflow.calls).toHaveLength(30 + 15);
  });

  test('a flow of which others decide is not even looked at', async () => {
    addFlow();
    expect(await resource.deploy(orders(MANUAL))).toMatchObject({ Status: 'SUCCESS' });
    await resource.destroy();
    expect(appflow.calls).toEqual([]);
  });

  test('a flow that does not exist is a clear failure, and its Delete does nothing', async () => {
    expect(await resource.deploy(orders(ACTIVE))).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'Resource/create-failed/unchanged',
      Reason: "flow 'Orders' does not exist in this account and Region; if it was deleted by hand, remove it from the stack and deploy, then add it again (appflow-constructs:flow-not-found)",
    });
    expect(appflow.calls).toEqual(['describeFlow Orders']);
    expect(bucket.answer.Status).toBe('SUCCESS');
  });

  test.each([
    [{}, 'property Flows of the custom resource must be a structure'],
    [{ Flows: { A: 'B' } }, 'property A of the custom resource must be a structure'],
    [orders({ ...ACTIVE, FlowName: '' }), 'property FlowName of the custom resource must be a text, got ""'],
    [orders({ ...ACTIVE, TriggerType: 'OnDemand' }), 'property TriggerType of the custom resource must be Scheduled or Event, got "OnDemand"'],
    [orders({ ...ACTIVE, Status: undefined }), 'property Status of the custom resource is missing; it must be Active or Suspended or AsFound or Manual'],
    [orders({ ...ACTIVE, OnDelete: 'Retain' }), 'property OnDelete of the custom resource must be Leave, got "Retain"'],
  ])('properties %j are refused', async (properties, reason) => {
    addFlow();
    const result = await resource.deploy(properties);
    expect(result.Status).toBe('FAILED');
    expect(result.Reason).toContain(reason);
    expect(result.Reason).toMatch(/\(appflow-constructs:invalid-request\)$/);
    expect(appflow.changes).toEqual([]);
    expect(bucket.answer.Status).toBe('SUCCESS');
  });

  test('a flow that has become on demand is not started, which would run it', async () => {
    addFlow('Orders', 'OnDemand');
    const result = await resource.deploy(orders(ACTIVE));
    expect(result.Reason).toContain("flow 'Orders' is declared with trigger Scheduled, but has trigger OnDemand");
    expect(result.Reason).toMatch(/\(appflow-constructs:trigger-mismatch\)$/);
    expect(appflow.changes).toEqual([]);
  });
});

describe('faults while a flow is activated', () => {
  test.each([
    ['lost before it was carried out', false],
    ['carried out, its answer lost', true],
  ])('StartFlow %s: the flow ends active', async (_, afterEffect) => {
    addFlow();
    appflow.inject({ operation: 'startFlow', error: lost(), afterEffect });
    expect(await resource.deploy(orders(ACTIVE))).toMatchObject({ Status: 'SUCCESS' });
    expect(statuses()).toEqual({ Orders: 'Active' });
    expect(appflow.changes).toHaveLength(afterEffect ? 1 : 2);
  });

  test('a conflict with an operation that ends is waited for', async () => {
    addFlow();
    appflow.inject({ operation: 'startFlow', error: refused('ConflictException') });
    appflow.inject({ operation: 'startFlow', nth: 1, error: refused('ConflictException') });
    expect(await resource.deploy(orders(ACTIVE))).toMatchObject({ Status: 'SUCCESS' });
  });

  test('a conflict that stays is a failure that quotes it', async () => {
    addFlow();
    appflow.inject({ operation: 'startFlow', error: refused('ConflictException', 'update in progress'), lasting: true });
    expect(await resource.deploy(orders(ACTIVE))).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'Resource/1/create-failed/started',
      Reason: 'flow \'Orders\' could not be activated: AppFlow answered ConflictException to StartFlow: "update in progress"; '
        + 'another operation on the flow is going on: wait for it to end and deploy again (appflow-constructs:flow-not-activated)',
    });
  });

  test.each(['AccessDeniedException', 'ServiceQuotaExceededException', 'ValidationException'])('%s is not tried again', async reason => {
    addFlow();
    appflow.inject({ operation: 'startFlow', error: refused(reason) });
    expect(await resource.deploy(orders(ACTIVE))).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Resource/0/create-failed/unchanged' });
    expect(appflow.changes).toEqual(['startFlow Orders']);
    expect(statuses()).toEqual({ Orders: 'Draft' });
  });

  test('StartFlow is accepted, but the flow stays as it is', async () => {
    addFlow().statusMessage = 'the token of the profile has expired';
    appflow.startFlow = async () => ({ status: 'Errored' });
    expect((await resource.deploy(orders(ACTIVE))).Reason).toBe("flow 'Orders' could not be activated: AppFlow accepted StartFlow, but the flow stays Draft "
      + '("the token of the profile has expired"); look at the flow in the AppFlow console, and deploy again (appflow-constructs:flow-not-activated)');
  });

  test('a flow that goes away meanwhile', async () => {
    addFlow();
    appflow.inject({ operation: 'startFlow', error: refused('ResourceNotFoundException') });
    expect((await resource.deploy(orders(ACTIVE))).Reason).toMatch(/\(appflow-constructs:flow-not-found\)$/);
  });

  test('DescribeFlow is refused', async () => {
    addFlow();
    appflow.inject({ operation: 'describeFlow', error: refused('AccessDeniedException', 'not authorized') });
    expect((await resource.deploy(orders(ACTIVE))).Reason).toBe("flow 'Orders' could not be read: AppFlow answered AccessDeniedException "
      + 'to DescribeFlow: "not authorized"; look whether the flow still exists and has the tag appflow-constructs:stack, by which the role of the custom '
      + 'resource knows it, and whether a policy of the organization denies the action; if the flow was deleted by hand, remove it from the stack and deploy, '
      + 'then add it again (appflow-constructs:flow-not-read)');
  });

  test('several fail: every flow is tried, the first ones are told of in full, the others by name', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `F${index}x`);
    names.forEach(name => addFlow(name));
    appflow.startFlow = async name => {
      if (name === 'F7x') {
        appflow.flows.get(name)!.status = 'Active';
        return { status: 'Active' };
      }
      throw refused('ValidationException', 'no');
    };
    const { Reason } = await resource.deploy(declaring(Object.fromEntries(names.map(name => [name, ACTIVE]))));
    const told = (name: string) => `flow '${name}' could not be activated: AppFlow answered ValidationException to StartFlow: "no"; `
      + 'look at the flow in the AppFlow console, and deploy again (appflow-constructs:flow-not-activated)';
    expect(Reason).toBe(`7 of 8 flows are not as declared: ${told('F0x')}; ${told('F1x')}; ${told('F2x')}; and 'F3x', 'F4x', 'F5x', 'F6x' (appflow-constructs:flows-not-as-declared)`);
    // The one that was started is as it was, too.
    expect(appflow.flows.get('F7x')!.status).toBe('Suspended');
  });

  test('many fail, with long names: the answer fits, and says how many', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `${'F'.repeat(200)}${index}x`);
    const { Reason } = await resource.deploy(declaring(Object.fromEntries(names.map(name => [name, ACTIVE]))));
    expect(Reason).toMatch(/^300 of 300 flows are not as declared: flow 'F+0x' does not exist .* and 277 more \(appflow-constructs:flows-not-as-declared\)$/);
    expect(Buffer.byteLength(JSON.stringify(Reason))).toBeLessThan(4096);
  });

  test('the time is up: it says for how many flows it was enough', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `F${index}x`);
    names.forEach(name => addFlow(name));
    milliseconds = 20_000;
    const startFlow = appflow.startFlow.bind(appflow);
    const time = jest.spyOn(SimulatedTime.prototype, 'left');
    let started = 0;
    appflow.startFlow = async name => {
      if (++started === 7) {
        time.mockReturnValue(0);
      }
      return startFlow(name);
    };
    const { Reason } = await resource.deploy(declaring(Object.fromEntries(names.map(name => [name, ACTIVE]))));
    time.mockRestore();
    expect(Reason).toMatch(/^the time of the function was up when it had done its work for \d+ of 20 flows; deploy again, or spread the flows over several stacks \(appflow-constructs:out-of-time\)$/);
  });
});

describe('the Delete after a failed Create leaves the flows as they were found', () => {
  test('whatever was done to each', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `F${index}x`);
    names.forEach((name, index) => addFlow(name, 'Scheduled', ['Draft', 'Active', 'Suspended'][index % 3]));
    const before = statuses();
    const declared = names.map((name, index) => [name, index % 2 === 0 ? ACTIVE : { ...SUSPENDED, OnDelete: 'Leave' }]);
    const result = await resource.deploy(declaring(Object.fromEntries([...declared, ['Gone', ACTIVE]])));
    expect(result).toMatchObject({ Status: 'FAILED', PhysicalResourceId: expect.stringMatching(/^Resource\/[012]+\/create-failed\/started$/) });
    const runs = (all: Record<string, string>) => Object.entries(all).filter(([, status]) => status === 'Active').map(([name]) => name);
    expect(runs(statuses())).toEqual(runs(before));
    expect(appflow.calls.filter(call => call.startsWith('describeFlow')).length).toBeLessThan(2 * 10);
  });

  test('a flow that was activated is stopped, also where a deletion would leave it', async () => {
    addFlow();
    appflow.inject({ operation: 'startFlow', error: lost(), afterEffect: true });
    appflow.inject({ operation: 'describeFlow', nth: 2, error: refused('AccessDeniedException') });
    expect(await resource.deploy(orders({ ...ACTIVE, OnDelete: 'Leave' }))).toMatchObject({ Status: 'FAILED' });
    expect(statuses()).toEqual({ Orders: 'Suspended' });
  });

  test('the id has room for all flows that a stack can have', async () => {
    const names = Array.from({ length: 490 }, (_, index) => `F${index}x`);
    names.forEach(name => addFlow(name));
    const { PhysicalResourceId } = await resource.deploy(declaring(Object.fromEntries([...names, 'Gone'].map(name => [name, ACTIVE]))));
    expect(PhysicalResourceId.length).toBeLessThan(1024 - 255);
    expect(new Set(Object.values(statuses()))).toEqual(new Set(['Suspended']));
  });

  test('a Create that never answered is deleted under an id of CloudFormation', async () => {
    addFlow('Orders', 'Scheduled', 'Active');
    await deliver(customResourceEvent({ RequestType: 'Delete', PhysicalResourceId: 'Stack-Resource-1ABC', ResourceProperties: orders(ACTIVE) }));
    expect(bucket.answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Stack-Resource-1ABC' });
    expect(statuses()).toEqual({ Orders: 'Suspended' });
  });
});

describe('flows are updated', () => {
  beforeEach(async () => {
    addFlow();
    await resource.deploy(orders(ACTIVE));
    appflow.calls.length = 0;
  });

  test('another thing of the stack has changed: the flow is looked at', async () => {
    expect(await resource.deploy({ ...orders(ACTIVE), Template: 'v2' })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Resource' });
    expect(appflow.calls).toEqual(['describeFlow Orders']);
  });

  test.each(['Suspended', 'Errored', 'Draft'])('a flow that is %s meanwhile is active again', async status => {
    appflow.flows.get('Orders')!.status = status;
    await resource.deploy({ ...orders(ACTIVE), Template: 'v2' });
    expect(statuses()).toEqual({ Orders: 'Active' });
    expect(asked).toBe(0);
  });

  test('suspended, and back', async () => {
    await resource.deploy(orders(SUSPENDED));
    expect(statuses()).toEqual({ Orders: 'Suspended' });
    await resource.deploy(orders(ACTIVE));
    expect(statuses()).toEqual({ Orders: 'Active' });
  });

  test('a flow that was deleted by hand is a clear failure, which does not keep the stack from going back', async () => {
    appflow.flows.delete('Orders');
    expect(await resource.deploy(orders(SUSPENDED))).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Resource' });
    expect(bucket.answer.Status).toBe('SUCCESS');
    expect(asked).toBe(2);
  });

  test('a flow that AppFlow no longer activates does not keep the stack from going back either', async () => {
    appflow.flows.get('Orders')!.status = 'Errored';
    appflow.inject({ operation: 'startFlow', error: refused('ConnectorAuthenticationException'), lasting: true });
    expect(await resource.deploy({ ...orders(ACTIVE), Template: 'v2' })).toMatchObject({ Status: 'FAILED' });
    expect(bucket.answer.Status).toBe('SUCCESS');
  });

  test('where the stack cannot be asked, a failure is one', async () => {
    appflow.flows.delete('Orders');
    await answer({ ...customResourceEvent({ RequestType: 'Update', PhysicalResourceId: 'Resource', ResourceProperties: orders(ACTIVE) }), ResponseURL: bucket.url },
      { getRemainingTimeInMillis: () => 30_000 },
      (request, _, trail) => activateFlows(request, appflow, { isRollingBack: async () => Promise.reject(new Error('denied')) }, new SimulatedTime(), trail));
    expect(bucket.answer.Reason).toMatch(/\(appflow-constructs:flow-not-found\)$/);
  });

  test('a failure elsewhere in the stack: back to what was declared', async () => {
    await resource.deploy(orders(SUSPENDED), { failsElsewhere: true });
    expect(statuses()).toEqual({ Orders: 'Active' });
  });

  test('a failure here: back to what was declared', async () => {
    appflow.inject({ operation: 'stopFlow', error: lost(), afterEffect: true });
    appflow.inject({ operation: 'describeFlow', nth: 2, error: refused('AccessDeniedException') });
    expect(await resource.deploy(orders(SUSPENDED))).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Resource' });
    expect(statuses()).toEqual({ Orders: 'Active' });
  });

  test('properties that were refused do not keep the stack from going back', async () => {
    expect(await resource.deploy({ Flows: { Bad: null } })).toMatchObject({ Status: 'FAILED' });
    expect(bucket.answer.Status).toBe('SUCCESS');
  });
});

describe('a flow comes or goes', () => {
  beforeEach(async () => {
    addFlow();
    await resource.deploy(orders(ACTIVE));
    addFlow('Orders2');
    addFlow('Leads', 'Event');
    appflow.calls.length = 0;
  });

  const replaced = (flow: Properties = ACTIVE) => declaring({ Orders2: flow });

  test('replaced: the new flow is activated, then the old one stopped', async () => {
    expect(await resource.deploy(replaced())).toMatchObject({ Status: 'SUCCESS' });
    expect(statuses()).toMatchObject({ Orders: 'Suspended', Orders2: 'Active' });
    expect(appflow.changes).toEqual(['startFlow Orders2', 'stopFlow Orders']);
  });

  test('replaced, and a failure elsewhere: the old flow runs, the new one does not', async () => {
    await resource.deploy(replaced(), { failsElsewhere: true });
    expect(statuses()).toMatchObject({ Orders: 'Active', Orders2: 'Suspended' });
  });

  test('replaced, and a failure here: the old flow runs, the new one does not', async () => {
    appflow.inject({ operation: 'startFlow', error: lost(), afterEffect: true });
    appflow.inject({ operation: 'describeFlow', nth: 2, error: refused('AccessDeniedException') });
    expect(await resource.deploy(replaced())).toMatchObject({ Status: 'FAILED' });
    expect(statuses()).toMatchObject({ Orders: 'Active', Orders2: 'Suspended' });
  });

  test('a new flow that cannot be stopped does not stop the rollback', async () => {
    appflow.inject({ operation: 'stopFlow', error: refused('AccessDeniedException'), lasting: true });
    await resource.deploy(replaced(), { failsElsewhere: true });
    expect(bucket.answer.Status).toBe('SUCCESS');
  });

  test('another one comes, and goes', async () => {
    const both = declaring({ Orders: ACTIVE, Leads: { ...ACTIVE, TriggerType: 'Event' } });
    await resource.deploy(both);
    expect(statuses()).toMatchObject({ Orders: 'Active', Leads: 'Active' });
    await resource.deploy(orders(ACTIVE));
    expect(statuses()).toMatchObject({ Orders: 'Active', Leads: 'Suspended' });
  });

  test('one that is retained goes on running when it goes, and when it is replaced; its successor does not when that is taken back', async () => {
    const retained = { ...ACTIVE, OnDelete: 'Leave' };
    await resource.deploy(orders(retained));
    await resource.deploy(replaced(retained), { failsElsewhere: true });
    expect(statuses()).toMatchObject({ Orders: 'Active', Orders2: 'Suspended' });
    await resource.deploy(replaced(retained));
    expect(statuses()).toMatchObject({ Orders: 'Active', Orders2: 'Active' });
    await resource.deploy(declaring({ Leads: SUSPENDED }));
    expect(statuses()).toMatchObject({ Orders: 'Active', Orders2: 'Active' });
  });

  test.each([
    ['has lost its tag', () => void delete appflow.flows.get('Orders')!.tags['appflow-constructs:stack']],
    ['may not be read', () => appflow.inject({ operation: 'describeFlow', error: refused('AccessDeniedException'), lasting: true })],
    ['is gone', () => void appflow.flows.delete('Orders')],
    ['has become on demand', () => void Object.assign(appflow.flows.get('Orders')!, { trigger: 'OnDemand' })],
  ])('one that %s is left to whoever has it now', async (_, happens) => {
    happens();
    appflow.calls.length = 0;
    expect(await resource.deploy(declaring({ Leads: MANUAL }))).toMatchObject({ Status: 'SUCCESS' });
    expect(appflow.changes).toEqual([]);
  });

  test('one of which others decide from now on is left alone', async () => {
    await resource.deploy(orders(MANUAL));
    await resource.destroy();
    expect(appflow.calls).toEqual([]);
  });

  test('a rollback that reaches a flow before CloudFormation has given it its tag and trigger back is let through', async () => {
    const both = declaring({ Orders: ACTIVE, Leads: { ...ACTIVE, TriggerType: 'Event' } });
    await resource.deploy(both);
    appflow.flows.get('Leads')!.trigger = 'OnDemand';
    await resource.deploy(orders(ACTIVE), { failsElsewhere: true });
    expect(bucket.answer.Status).toBe('SUCCESS');
  });
});

describe('flows that are left as found', () => {
  beforeEach(() => addFlow());

  test('are activated once, and then left alone', async () => {
    await resource.deploy(orders(AS_FOUND));
    expect(statuses()).toEqual({ Orders: 'Active' });
    appflow.flows.get('Orders')!.status = 'Suspended';
    await resource.deploy({ ...orders(AS_FOUND), Template: 'v2' });
    expect(statuses()).toEqual({ Orders: 'Suspended' });
    // By a change of its trigger.
    appflow.flows.get('Orders')!.status = 'Draft';
    await resource.deploy({ ...orders(AS_FOUND), Template: 'v3' });
    expect(statuses()).toEqual({ Orders: 'Active' });
  });

  test.each([
    ['Active', {}, 'Active'],
    ['Suspended', {}, 'Suspended'],
    ['Suspended', { 'appflow-constructs:stopped-for': 'Orders2' }, 'Active'],
    ['Errored', {}, 'Active'],
    ['Draft', {}, 'Active'],
  ])('a successor of one that is %s, with tags %j, is %s, and stays so', async (status, tags, expected) => {
    await resource.deploy(orders(AS_FOUND));
    Object.assign(appflow.flows.get('Orders')!.tags, tags);
    appflow.flows.get('Orders')!.status = status;
    addFlow('Orders2');
    await resource.deploy(declaring({ Orders2: AS_FOUND }));
    await resource.redeliver(-1);
    await resource.deploy({ ...declaring({ Orders2: AS_FOUND }), Template: 'v2' });
    expect(statuses()).toMatchObject({ Orders2: expected });
    expect(statuses().Orders).not.toBe('Active');
  });

  test.each(['Active', 'Suspended'])('one that was %s is so again after a replacement that failed', async status => {
    await resource.deploy(orders(AS_FOUND));
    appflow.flows.get('Orders')!.status = status;
    addFlow('Orders2');
    await resource.deploy(declaring({ Orders2: AS_FOUND }), { failsElsewhere: true });
    expect(statuses()).toEqual({ Orders: status, Orders2: 'Suspended' });
  });

  test('a predecessor that is gone, or may not be read, says nothing', async () => {
    await resource.deploy(orders(AS_FOUND));
    addFlow('Orders2');
    appflow.inject({ operation: 'describeFlow', nth: 2, error: refused('AccessDeniedException') });
    await resource.deploy(declaring({ Orders2: AS_FOUND }));
    expect(statuses()).toMatchObject({ Orders2: 'Active' });
  });

  test('a draft that AppFlow does not stop stays one', async () => {
    await resource.deploy(orders(AS_FOUND));
    appflow.flows.get('Orders')!.status = 'Suspended';
    addFlow('Orders2');
    appflow.inject({ operation: 'stopFlow', error: refused('ConflictException') });
    expect(await resource.deploy(declaring({ Orders2: AS_FOUND }))).toMatchObject({ Status: 'SUCCESS' });
    expect(statuses()).toMatchObject({ Orders2: 'Draft' });
  });
});

describe('flows are deleted', () => {
  beforeEach(async () => {
    addFlow();
    await resource.deploy(orders(ACTIVE));
    appflow.calls.length = 0;
  });

  test('they are stopped', async () => {
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Resource' });
    expect(appflow.calls).toEqual(['describeFlow Orders', 'stopFlow Orders']);
    await resource.redeliver(-1);
    expect(appflow.changes).toEqual(['stopFlow Orders']);
  });

  test('a retained flow is left running', async () => {
    await resource.deploy(orders({ ...ACTIVE, OnDelete: 'Leave' }));
    appflow.calls.length = 0;
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
    expect(appflow.calls).toEqual([]);
  });

  test.each(['Draft', 'Suspended'])('%s: nothing to stop', async status => {
    appflow.flows.get('Orders')!.status = status;
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
    expect(appflow.changes).toEqual([]);
  });

  test('a flow that is gone already, or goes in between', async () => {
    appflow.inject({ operation: 'stopFlow', error: refused('ResourceNotFoundException') });
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
    appflow.flows.clear();
    await deliver(customResourceEvent({ RequestType: 'Delete', PhysicalResourceId: 'Resource', ResourceProperties: orders(ACTIVE) }));
    expect(bucket.answer.Status).toBe('SUCCESS');
  });

  test('a flow of which only StopFlow knows that it is on demand', async () => {
    appflow.inject({ operation: 'stopFlow', error: refused('UnsupportedOperationException') });
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('conflicts and lost answers are looked at again', async () => {
    appflow.inject({ operation: 'stopFlow', error: refused('ConflictException') });
    appflow.inject({ operation: 'stopFlow', nth: 1, error: lost(), afterEffect: true });
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
    expect(statuses()).toEqual({ Orders: 'Suspended' });
  });

  test('a flow that cannot be stopped is a failure', async () => {
    appflow.inject({ operation: 'stopFlow', error: refused('AccessDeniedException') });
    expect((await resource.destroy()).Reason).toMatch(/^flow 'Orders' could not be suspended: .*\(appflow-constructs:flow-not-suspended\)$/);
  });
});
