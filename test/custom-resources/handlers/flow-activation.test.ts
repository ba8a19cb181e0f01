import { CustomResource, customResourceEvent } from './custom-resource';
import { InMemoryAppFlow, lost, refused } from './in-memory-appflow';
import { ResponseBucket } from './response-bucket';
import { SimulatedTime } from './simulated-time';
import { answer, CustomResourceEvent } from '../../../lib/custom-resources/handlers/cloudformation';
import { activateFlow } from '../../../lib/custom-resources/handlers/flow-activation';

const SCHEDULED = { FlowName: 'Orders', TriggerType: 'Scheduled', Status: 'Active', OnDelete: 'Stop', Definition: 'v1' };
const SUSPENDED = { ...SCHEDULED, Status: 'Suspended' };
const ON_DEMAND = { FlowName: 'Orders', TriggerType: 'OnDemand', OnDelete: 'Stop', Definition: 'v1' };
const RUN_ON_CHANGE = { ...ON_DEMAND, Run: 'OnChange' };
const RUN_ON_CREATE = { ...ON_DEMAND, Run: 'OnCreate' };

const bucket = new ResponseBucket();
let appflow: InMemoryAppFlow;
let resource: CustomResource;

async function deliver(event: CustomResourceEvent) {
  await answer({ ...event, ResponseURL: bucket.url }, { getRemainingTimeInMillis: () => 30_000 },
    (request, _, trail) => activateFlow(request, appflow, new SimulatedTime(), trail));
  return bucket.answer;
}

beforeAll(() => bucket.open());
afterAll(() => bucket.close());
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  appflow = new InMemoryAppFlow();
  resource = new CustomResource('Custom::AppFlowFlowActivation', deliver);
});

describe('a scheduled or event flow is created', () => {
  test.each(['Scheduled', 'Event'] as const)('%s: a draft is activated', async trigger => {
    appflow.addFlow('Orders', trigger);
    const result = await resource.deploy({ ...SCHEDULED, TriggerType: trigger });
    expect(result).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Orders', Data: { FlowStatus: 'Active' } });
    expect(appflow.calls).toEqual(['describeFlow Orders', 'startFlow Orders']);
  });

  test('active and declared active: nothing to do', async () => {
    appflow.addFlow('Orders', 'Scheduled', 'Active');
    expect(await resource.deploy(SCHEDULED)).toMatchObject({ Status: 'SUCCESS', Data: { FlowStatus: 'Active' } });
    expect(appflow.changes).toEqual([]);
  });

  test.each(['Draft', 'Suspended', 'Errored'])('%s and declared suspended: nothing to do', async status => {
    appflow.addFlow('Orders', 'Scheduled', status);
    expect(await resource.deploy(SUSPENDED)).toMatchObject({ Status: 'SUCCESS', Data: { FlowStatus: status } });
    expect(appflow.changes).toEqual([]);
  });

  test('active and declared suspended: it is stopped', async () => {
    appflow.addFlow('Orders', 'Scheduled', 'Active');
    expect(await resource.deploy(SUSPENDED)).toMatchObject({ Status: 'SUCCESS', Data: { FlowStatus: 'Suspended' } });
  });

  test('a flow that does not exist is a clear failure, and its Delete does nothing', async () => {
    expect(await resource.deploy(SCHEDULED)).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'Orders/create-failed/unchanged',
      Reason: "flow 'Orders' does not exist in this account and Region; if it was deleted by hand, remove it from the stack and deploy, then add it again (appflow-constructs:flow-not-found)",
    });
    expect(appflow.calls).toEqual(['describeFlow Orders']);
    expect(bucket.answer.Status).toBe('SUCCESS');
  });

  test.each([
    [{}, 'property FlowName of the custom resource must be a text, got nothing'],
    [{ ...SCHEDULED, FlowName: '' }, 'property FlowName of the custom resource must be a text, got ""'],
    [{ ...SCHEDULED, TriggerType: 'Hourly' }, 'property TriggerType of the custom resource must be Scheduled or Event or OnDemand, got "Hourly"'],
    [{ ...SCHEDULED, Status: undefined }, 'property Status of the custom resource is missing; it must be Active or Suspended'],
    [{ ...SCHEDULED, OnDelete: 'Retain' }, 'property OnDelete of the custom resource must be Stop or Leave, got "Retain"'],
    [{ ...ON_DEMAND, Run: 'Always' }, 'property Run of the custom resource must be OnCreate or OnChange, got "Always"'],
  ])('properties %j are refused', async (properties, reason) => {
    appflow.addFlow('Orders');
    const result = await resource.deploy(properties);
    expect(result.Status).toBe('FAILED');
    expect(result.Reason).toContain(reason);
    expect(result.Reason).toMatch(/\(appflow-constructs:invalid-request\)$/);
    expect(appflow.changes).toEqual([]);
    expect(bucket.answer.Status).toBe('SUCCESS');
  });

  test('a flow that has become on demand is not started, which would run it', async () => {
    appflow.addFlow('Orders', 'OnDemand');
    const result = await resource.deploy(SCHEDULED);
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
    appflow.addFlow('Orders');
    appflow.inject({ operation: 'startFlow', error: lost(), afterEffect });
    expect(await resource.deploy(SCHEDULED)).toMatchObject({ Status: 'SUCCESS', Data: { FlowStatus: 'Active' } });
    expect(appflow.changes).toHaveLength(afterEffect ? 1 : 2);
  });

  test('a conflict with an operation that ends is waited for', async () => {
    appflow.addFlow('Orders');
    appflow.inject({ operation: 'startFlow', error: refused('ConflictException') });
    appflow.inject({ operation: 'startFlow', nth: 1, error: refused('ConflictException') });
    expect(await resource.deploy(SCHEDULED)).toMatchObject({ Status: 'SUCCESS' });
  });

  test('a conflict that stays is a failure that quotes it', async () => {
    appflow.addFlow('Orders');
    appflow.inject({ operation: 'startFlow', error: refused('ConflictException', 'update in progress'), lasting: true });
    expect(await resource.deploy(SCHEDULED)).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'Orders/create-failed/started',
      Reason: 'flow \'Orders\' could not be activated: AppFlow answered ConflictException to StartFlow: "update in progress"; '
        + 'another operation on the flow is going on: wait for it to end and deploy again (appflow-constructs:flow-not-activated)',
    });
  });

  test.each(['AccessDeniedException', 'ServiceQuotaExceededException', 'ValidationException'])('%s is not tried again', async reason => {
    appflow.addFlow('Orders');
    appflow.inject({ operation: 'startFlow', error: refused(reason) });
    expect(await resource.deploy(SCHEDULED)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Orders/create-failed/unchanged' });
    expect(appflow.changes).toEqual(['startFlow Orders']);
    expect(appflow.flows.get('Orders')!.status).toBe('Draft');
  });

  test('StartFlow is accepted, but the flow stays as it is', async () => {
    const flow = appflow.addFlow('Orders');
    flow.statusMessage = 'the token of the profile has expired';
    appflow.startFlow = async () => ({ status: 'Errored' });
    expect((await resource.deploy(SCHEDULED)).Reason).toBe("flow 'Orders' could not be activated: AppFlow accepted StartFlow, but the flow stays Draft "
      + '("the token of the profile has expired"); look at the flow in the AppFlow console, and deploy again (appflow-constructs:flow-not-activated)');
  });

  test('a flow that goes away meanwhile', async () => {
    appflow.addFlow('Orders');
    appflow.inject({ operation: 'startFlow', error: refused('ResourceNotFoundException') });
    expect((await resource.deploy(SCHEDULED)).Reason).toMatch(/\(appflow-constructs:flow-not-found\)$/);
  });

  test('DescribeFlow is refused', async () => {
    appflow.addFlow('Orders');
    appflow.inject({ operation: 'describeFlow', error: refused('AccessDeniedException', 'not authorized') });
    expect((await resource.deploy(SCHEDULED)).Reason).toBe("the status of flow 'Orders' could not be read: AppFlow answered AccessDeniedException "
      + 'to DescribeFlow: "not authorized"; look whether a policy of the organization denies the action, and, for a flow of the stack, '
      + 'whether it still has the tag appflow-constructs:stack, by which the role of the custom resource knows it (appflow-constructs:flow-not-read)');
  });
});

describe('the Delete after a failed Create leaves the flow as it was found', () => {
  test('an active flow that was not touched stays active', async () => {
    const flow = appflow.addFlow('Orders', 'Scheduled', 'Active');
    appflow.inject({ operation: 'describeFlow', error: refused('AccessDeniedException') });
    await resource.deploy(SCHEDULED);
    expect(flow.status).toBe('Active');
  });

  test('a flow that was activated is stopped, also where a deletion would leave it', async () => {
    const flow = appflow.addFlow('Orders');
    appflow.inject({ operation: 'startFlow', error: lost(), afterEffect: true });
    appflow.inject({ operation: 'describeFlow', nth: 2, error: refused('AccessDeniedException') });
    expect(await resource.deploy({ ...SCHEDULED, OnDelete: 'Leave' })).toMatchObject({ Status: 'FAILED' });
    expect(flow.status).toBe('Suspended');
  });

  test('a flow that was stopped is started', async () => {
    const flow = appflow.addFlow('Orders', 'Event', 'Active');
    appflow.inject({ operation: 'stopFlow', error: lost(), afterEffect: true });
    appflow.inject({ operation: 'describeFlow', nth: 2, error: refused('AccessDeniedException') });
    expect(await resource.deploy({ ...SUSPENDED, TriggerType: 'Event' })).toMatchObject({ PhysicalResourceId: 'Orders/create-failed/stopped' });
    expect(flow.status).toBe('Active');
  });

  test('a Create that never answered is deleted under an id of CloudFormation', async () => {
    const flow = appflow.addFlow('Orders', 'Scheduled', 'Active');
    await deliver(customResourceEvent({ RequestType: 'Delete', PhysicalResourceId: 'Stack-Resource-1ABC', ResourceProperties: SCHEDULED }));
    expect(bucket.answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Stack-Resource-1ABC' });
    expect(flow.status).toBe('Suspended');
  });
});

describe('a scheduled or event flow is updated', () => {
  beforeEach(async () => {
    appflow.addFlow('Orders');
    await resource.deploy(SCHEDULED);
    appflow.calls.length = 0;
  });

  test('unchanged properties: nothing to do', async () => {
    expect(await resource.deploy(SCHEDULED)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Orders' });
    expect(appflow.calls).toEqual(['describeFlow Orders']);
  });

  test('another definition of a flow that was suspended by hand or by AppFlow: it is activated again', async () => {
    appflow.flows.get('Orders')!.status = 'Suspended';
    await resource.deploy({ ...SCHEDULED, Definition: 'v2' });
    expect(appflow.flows.get('Orders')!.status).toBe('Active');
  });

  test('suspended, and back', async () => {
    await resource.deploy(SUSPENDED);
    expect(appflow.flows.get('Orders')!.status).toBe('Suspended');
    await resource.deploy(SCHEDULED);
    expect(appflow.flows.get('Orders')!.status).toBe('Active');
  });

  test('an Update without old properties', async () => {
    appflow.flows.get('Orders')!.status = 'Draft';
    await deliver(customResourceEvent({ RequestType: 'Update', PhysicalResourceId: 'Orders', ResourceProperties: SCHEDULED }));
    expect(bucket.answer.Status).toBe('SUCCESS');
    expect(appflow.flows.get('Orders')!.status).toBe('Active');
  });

  test('a flow that is gone is a clear failure', async () => {
    appflow.flows.delete('Orders');
    expect(await resource.deploy(SUSPENDED)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Orders' });
  });

  test('a failure elsewhere in the stack: back to what was declared', async () => {
    await resource.deploy(SUSPENDED, { failsElsewhere: true });
    expect(appflow.flows.get('Orders')!.status).toBe('Active');
  });

  test('a failure here: back to what was declared', async () => {
    appflow.inject({ operation: 'stopFlow', error: lost(), afterEffect: true });
    appflow.inject({ operation: 'describeFlow', nth: 2, error: refused('AccessDeniedException') });
    expect(await resource.deploy(SUSPENDED)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Orders' });
    expect(appflow.flows.get('Orders')!.status).toBe('Active');
  });
});

describe('a scheduled flow is replaced', () => {
  const NEXT = { ...SCHEDULED, FlowName: 'Orders2' };
  const statuses = () => Object.fromEntries([...appflow.flows].map(([name, { status }]) => [name, status]));

  beforeEach(async () => {
    appflow.addFlow('Orders');
    await resource.deploy(SCHEDULED);
    appflow.addFlow('Orders2');
  });

  test('the new flow is activated, then the old one stopped', async () => {
    expect(await resource.deploy(NEXT)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Orders2' });
    expect(statuses()).toEqual({ Orders: 'Suspended', Orders2: 'Active' });
  });

  test('the old flow is left running where that is declared', async () => {
    await resource.deploy({ ...SCHEDULED, OnDelete: 'Leave' });
    await resource.deploy({ ...NEXT, OnDelete: 'Leave' });
    expect(statuses()).toEqual({ Orders: 'Active', Orders2: 'Active' });
  });

  test('a failure elsewhere: the old flow runs, the new one does not', async () => {
    await resource.deploy(NEXT, { failsElsewhere: true });
    expect(statuses()).toEqual({ Orders: 'Active', Orders2: 'Suspended' });
  });

  test('a failure here, after the start: the old flow runs, the new one does not', async () => {
    appflow.inject({ operation: 'startFlow', error: lost(), afterEffect: true });
    appflow.inject({ operation: 'describeFlow', nth: 2, error: refused('AccessDeniedException') });
    expect(await resource.deploy(NEXT)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Orders' });
    expect(statuses()).toEqual({ Orders: 'Active', Orders2: 'Suspended' });
  });

  test('a new flow that cannot be stopped does not stop the rollback', async () => {
    appflow.inject({ operation: 'startFlow', error: lost(), afterEffect: true });
    appflow.inject({ operation: 'describeFlow', nth: 2, error: refused('AccessDeniedException') });
    appflow.inject({ operation: 'stopFlow', error: refused('AccessDeniedException'), lasting: true });
    await resource.deploy(NEXT);
    expect(bucket.answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Orders' });
  });
});

describe('another trigger', () => {
  test('on demand → scheduled leaves a draft, which is activated', async () => {
    const flow = appflow.addFlow('Orders', 'OnDemand');
    await resource.deploy(ON_DEMAND);
    Object.assign(flow, { trigger: 'Scheduled', status: 'Draft' });
    expect(await resource.deploy(SCHEDULED)).toMatchObject({ Status: 'SUCCESS', Data: { FlowStatus: 'Active' } });
  });

  test('scheduled → on demand is neither stopped nor run', async () => {
    const flow = appflow.addFlow('Orders');
    await resource.deploy(SCHEDULED);
    appflow.calls.length = 0;
    flow.trigger = 'OnDemand';
    expect(await resource.deploy(RUN_ON_CREATE)).toMatchObject({ Status: 'SUCCESS' });
    expect(appflow.changes).toEqual([]);
  });

  test('a rollback that reaches the activation before the flow is let through', async () => {
    appflow.addFlow('Orders', 'OnDemand');
    await deliver(customResourceEvent({
      RequestType: 'Update', PhysicalResourceId: 'Orders', ResourceProperties: SCHEDULED, OldResourceProperties: { ...RUN_ON_CHANGE, Definition: 'v2' },
    }));
    expect(bucket.answer.Status).toBe('SUCCESS');
    appflow.addFlow('Orders', 'Scheduled', 'Active');
    await deliver(customResourceEvent({
      RequestType: 'Update', PhysicalResourceId: 'Orders', ResourceProperties: RUN_ON_CHANGE, OldResourceProperties: { ...SCHEDULED, Definition: 'v2' },
    }));
    expect(bucket.answer.Status).toBe('SUCCESS');
    expect(appflow.changes).toEqual([]);
  });
});

describe('an on-demand flow', () => {
  test('is left alone without a run', async () => {
    appflow.addFlow('Orders', 'OnDemand');
    expect(await resource.deploy(ON_DEMAND)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Orders', Data: { FlowStatus: 'Active' } });
    await resource.deploy({ ...ON_DEMAND, Definition: 'v2' });
    await resource.destroy();
    expect(appflow.calls).toEqual(['describeFlow Orders', 'describeFlow Orders']);
  });

  test.each([RUN_ON_CREATE, RUN_ON_CHANGE])('runs once when it is created: %j', async properties => {
    const flow = appflow.addFlow('Orders', 'OnDemand');
    expect(await resource.deploy(properties)).toMatchObject({ Data: { FlowStatus: 'Active', ExecutionId: 'run-1' } });
    await resource.redeliver(0);
    expect(flow.runs.size).toBe(1);
    expect([...flow.runs.keys()][0]).toMatch(/^[ -~]{1,256}$/);
  });

  test('a lost answer does not make it run twice', async () => {
    const flow = appflow.addFlow('Orders', 'OnDemand');
    appflow.inject({ operation: 'startFlow', error: lost(), afterEffect: true });
    expect(await resource.deploy(RUN_ON_CREATE)).toMatchObject({ Status: 'SUCCESS', Data: { ExecutionId: 'run-1' } });
    expect(flow.runs.size).toBe(1);
  });

  test('another definition: runs again where that is declared', async () => {
    const flow = appflow.addFlow('Orders', 'OnDemand');
    await resource.deploy(RUN_ON_CHANGE);
    await resource.deploy({ ...RUN_ON_CHANGE });
    expect(flow.runs.size).toBe(1);
    await resource.deploy({ ...RUN_ON_CHANGE, Definition: 'v2' });
    expect(flow.runs.size).toBe(2);
    await resource.deploy({ ...RUN_ON_CREATE, Definition: 'v3' });
    expect(flow.runs.size).toBe(2);
  });

  test('a replacement runs, the rollback of one does not run the old flow again', async () => {
    const flow = appflow.addFlow('Orders', 'OnDemand');
    await resource.deploy(RUN_ON_CREATE);
    const next = appflow.addFlow('Orders2', 'OnDemand');
    await resource.deploy({ ...RUN_ON_CREATE, FlowName: 'Orders2' }, { failsElsewhere: true });
    expect([flow.runs.size, next.runs.size]).toEqual([1, 1]);
    appflow.inject({ operation: 'startFlow', error: refused('AccessDeniedException') });
    await resource.deploy({ ...RUN_ON_CHANGE, FlowName: 'Orders2', Definition: 'v2' });
    expect([flow.runs.size, next.runs.size]).toEqual([1, 1]);
  });

  test('another run in progress is waited for', async () => {
    const flow = appflow.addFlow('Orders', 'OnDemand');
    appflow.inject({ operation: 'startFlow', error: refused('ConflictException') });
    appflow.inject({ operation: 'startFlow', error: refused('ConflictException') });
    expect(await resource.deploy(RUN_ON_CREATE)).toMatchObject({ Status: 'SUCCESS' });
    expect(flow.runs.size).toBe(1);
  });

  test('another run that does not end in time is a clear failure', async () => {
    appflow.addFlow('Orders', 'OnDemand').runInProgress = true;
    expect(await resource.deploy(RUN_ON_CREATE)).toMatchObject({
      Status: 'FAILED',
      Reason: "flow 'Orders' could not be run: another run did not end in time, AppFlow answered \"a run is in progress\"; "
        + 'wait for the run to end or cancel it, and deploy again (appflow-constructs:run-in-progress)',
    });
  });

  test.each([['AccessDeniedException', 'run-not-started'], ['ResourceNotFoundException', 'flow-not-found']])('%s on a run', async (reason, code) => {
    appflow.addFlow('Orders', 'OnDemand');
    appflow.inject({ operation: 'startFlow', error: refused(reason) });
    expect((await resource.deploy(RUN_ON_CREATE)).Reason).toContain(`(appflow-constructs:${code})`);
  });

  test('a flow that has become scheduled is not started', async () => {
    appflow.addFlow('Orders', 'Scheduled');
    expect((await resource.deploy(RUN_ON_CREATE)).Reason).toMatch(/\(appflow-constructs:trigger-mismatch\)$/);
    expect(appflow.changes).toEqual([]);
  });
});

describe('a scheduled or event flow is deleted', () => {
  beforeEach(async () => {
    appflow.addFlow('Orders');
    await resource.deploy(SCHEDULED);
    appflow.calls.length = 0;
  });

  test('it is stopped', async () => {
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Orders' });
    expect(appflow.calls).toEqual(['describeFlow Orders', 'stopFlow Orders']);
    await resource.redeliver(-1);
    expect(appflow.changes).toEqual(['stopFlow Orders']);
  });

  test('a retained flow is left running', async () => {
    await resource.deploy({ ...SCHEDULED, OnDelete: 'Leave' });
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
    await deliver(customResourceEvent({ RequestType: 'Delete', PhysicalResourceId: 'Orders', ResourceProperties: SCHEDULED }));
    expect(bucket.answer.Status).toBe('SUCCESS');
  });

  test('a flow that has become on demand', async () => {
    appflow.flows.get('Orders')!.trigger = 'OnDemand';
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
    expect(appflow.changes).toEqual([]);
  });

  test('a flow of which only StopFlow knows that it is on demand', async () => {
    appflow.inject({ operation: 'stopFlow', error: refused('UnsupportedOperationException') });
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('conflicts and lost answers are looked at again', async () => {
    appflow.inject({ operation: 'stopFlow', error: refused('ConflictException') });
    appflow.inject({ operation: 'stopFlow', nth: 1, error: lost(), afterEffect: true });
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
    expect(appflow.flows.get('Orders')!.status).toBe('Suspended');
  });

  test('a flow that the role no longer covers, being that before a replacement, is left to CloudFormation', async () => {
    appflow.inject({ operation: 'describeFlow', error: refused('AccessDeniedException'), lasting: true });
    expect((await resource.destroy()).Status).toBe('SUCCESS');
  });

  test('a flow that cannot be stopped is a failure', async () => {
    appflow.inject({ operation: 'stopFlow', error: refused('AccessDeniedException') });
    expect((await resource.destroy()).Reason).toMatch(/^flow 'Orders' could not be suspended: .*\(appflow-constructs:flow-not-suspended\)$/);
  });
});
