import { CustomResource, customResourceEvent } from './custom-resource';
import { type FlowInMemory, InMemoryAppFlow, lost, refused } from './in-memory-appflow';
import { ResponseBucket } from './response-bucket';
import { SimulatedTime } from './simulated-time';
import { answer, CustomResourceEvent } from '../../../lib/custom-resources/handlers/cloudformation';
import { CustomResourceError, ErrorCode } from '../../../lib/custom-resources/handlers/errors';
import { runFlow } from '../../../lib/custom-resources/handlers/flow-run';

const ON_CREATE = { FlowName: 'Orders', When: 'OnCreate' };
const ON_CHANGE = { FlowName: 'Orders', When: 'OnChange', Definition: 'v1' };
const ALWAYS = { FlowName: 'Orders', When: 'Always', Template: 't1' };
const MINUTES = 60_000;

const bucket = new ResponseBucket();
let appflow: InMemoryAppFlow;
let resource: CustomResource;
let flow: FlowInMemory;
let time: SimulatedTime;
/** How often the stack was looked at. */
let looks: number;

/** A rollback comes with the very properties of the last good deployment. */
function isRollback({ RequestType, ResourceProperties }: CustomResourceEvent): boolean {
  return RequestType === 'Update' && ResourceProperties === resource.declared?.properties;
}

async function deliver(event: CustomResourceEvent) {
  const stack = { isRollingBack: async () => ++looks > 0 && isRollback(event) };
  await answer({ ...event, ResponseURL: bucket.url }, { getRemainingTimeInMillis: () => 30_000 },
    (request, _, trail) => runFlow(request, appflow, stack, time, trail));
  return bucket.answer;
}

beforeAll(() => bucket.open());
afterAll(() => bucket.close());
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  appflow = new InMemoryAppFlow();
  flow = appflow.addFlow('Orders', 'OnDemand');
  resource = new CustomResource('Custom::AppFlowFlowRun', deliver);
  time = new SimulatedTime(14 * MINUTES);
  looks = 0;
});

describe('a flow runs', () => {
  test.each([ON_CREATE, ON_CHANGE, ALWAYS])('once when it is created: %j', async properties => {
    expect(await resource.deploy(properties)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Orders', Data: { ExecutionId: 'run-1' } });
    await resource.redeliver(0);
    expect(flow.runs.size).toBe(1);
    expect([...flow.runs.keys()][0]).toMatch(/^[ -~]{1,256}$/);
    expect(looks).toBe(0);
  });

  test('though its answer gets lost, and then not twice', async () => {
    appflow.inject({ operation: 'startFlow', error: lost(), afterEffect: true });
    expect(await resource.deploy(ON_CREATE)).toMatchObject({ Status: 'SUCCESS', Data: { ExecutionId: 'run-1' } });
    expect(flow.runs.size).toBe(1);
  });

  test.each<[string, object, object, string]>([
    ['another definition, on change', ON_CHANGE, { ...ON_CHANGE, Definition: 'v2' }, 'run-2'],
    ['the same definition, on change', ON_CHANGE, { ...ON_CHANGE, Wait: { timeoutSeconds: '60' } }, 'none'],
    ['another template, always', ALWAYS, { ...ALWAYS, Template: 't2' }, 'run-2'],
    ['nothing that is to run it, on create', ON_CREATE, { ...ON_CREATE, CancelOnDelete: 'true' }, 'none'],
    ['when it runs: from change to create', ON_CHANGE, ON_CREATE, 'none'],
    ['when it runs: from create to change', ON_CREATE, ON_CHANGE, 'run-2'],
  ])('or not, when an update changes %s', async (_, before, after, executionId) => {
    await resource.deploy(before as never);
    const { Status, PhysicalResourceId, Data } = await resource.deploy(after as never);
    expect({ Status, PhysicalResourceId, Data }).toEqual({ Status: 'SUCCESS', PhysicalResourceId: 'Orders', Data: { ExecutionId: executionId } });
    await resource.redeliver(-1);
    expect(flow.runs.size).toBe(executionId === 'none' ? 1 : 2);
  });

  test.each([ON_CREATE, ON_CHANGE, ALWAYS])('when it replaces another: %j', async properties => {
    await resource.deploy(properties);
    const next = appflow.addFlow('Orders2', 'OnDemand');
    expect(await resource.deploy({ ...properties, FlowName: 'Orders2' })).toMatchObject({ PhysicalResourceId: 'Orders2', Data: { ExecutionId: 'run-1' } });
    expect([flow.runs.size, next.runs.size]).toEqual([1, 1]);
  });

  test.each<[string, object, object]>([
    ['a change', ON_CHANGE, { ...ON_CHANGE, Definition: 'v2' }],
    ['a deployment', ALWAYS, { ...ALWAYS, Template: 't2' }],
    ['a replacement', ON_CREATE, { ...ON_CREATE, FlowName: 'Orders2' }],
  ])('not, when %s is rolled back', async (_, before, after) => {
    const next = appflow.addFlow('Orders2', 'OnDemand');
    await resource.deploy(before as never);
    await resource.deploy(after as never, { failsElsewhere: true });
    expect(flow.runs.size + next.runs.size).toBe(2);
    // Also where the run itself is refused.
    appflow.inject({ operation: 'startFlow', error: refused('AccessDeniedException') });
    await resource.deploy({ ...after } as never);
    expect(flow.runs.size + next.runs.size).toBe(2);
    expect(resource.answers.at(-1)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Orders', Data: { ExecutionId: 'none' } });
  });

  test('after another run that is in progress', async () => {
    appflow.inject({ operation: 'startFlow', error: refused('ConflictException') });
    appflow.inject({ operation: 'startFlow', error: refused('ConflictException') });
    expect(await resource.deploy(ON_CREATE)).toMatchObject({ Status: 'SUCCESS' });
    expect(flow.runs.size).toBe(1);
  });
});

describe('a run that cannot be started', () => {
  test('because another one does not end in time', async () => {
    flow.runInProgress = true;
    expect(await resource.deploy(ON_CREATE)).toMatchObject({
      Status: 'FAILED',
      Reason: "flow 'Orders' could not be run: another run did not end in time, AppFlow answered \"a run is in progress\"; "
        + 'wait for the run to end or cancel it, and deploy again (appflow-constructs:run-in-progress)',
    });
  });

  test.each([['AccessDeniedException', 'run-not-started'], ['ResourceNotFoundException', 'flow-not-found']])('because of %s', async (reason, code) => {
    appflow.inject({ operation: 'startFlow', error: refused(reason) });
    expect((await resource.deploy(ON_CREATE)).Reason).toMatch(new RegExp(`\\(appflow-constructs:${code}\\)$`));
  });

  test('because the flow is gone, or cannot be looked at', async () => {
    appflow.inject({ operation: 'describeFlow', error: refused('InternalServerException') });
    expect((await resource.deploy(ON_CREATE)).Reason).toMatch(/\(appflow-constructs:flow-not-read\)$/);
    appflow.flows.clear();
    expect((await resource.deploy(ON_CREATE)).Reason).toMatch(/\(appflow-constructs:flow-not-found\)$/);
    expect(resource.answers.map(({ PhysicalResourceId }) => PhysicalResourceId)).toContain('Orders/create-failed/unchanged');
  });

  test('because the flow has become a scheduled one', async () => {
    flow.trigger = 'Scheduled';
    expect((await resource.deploy(ON_CREATE)).Reason).toMatch(/has trigger Scheduled.*\(appflow-constructs:trigger-mismatch\)$/);
    expect(appflow.changes).toEqual([]);
  });

  test('because nobody says whether the stack is being rolled back', async () => {
    await resource.deploy(ON_CHANGE);
    const stack = {
      isRollingBack: async () => {
        throw new CustomResourceError(ErrorCode.STACK_NOT_READ, 'no');
      },
    };
    const event = customResourceEvent({
      RequestType: 'Update', PhysicalResourceId: 'Orders', ResourceProperties: { ...ON_CHANGE, Definition: 'v2' }, OldResourceProperties: ON_CHANGE,
    });
    await expect(runFlow(event, appflow, stack, time, { subject: '', trace: 'unchanged' })).rejects.toThrow('stack-not-read');
    expect(flow.runs.size).toBe(1);
  });

  test.each([[{}, 'FlowName'], [{ FlowName: 'Orders', When: 'Never' }, 'When']])('because of the properties %j', async (properties, name) => {
    expect((await resource.deploy(properties)).Reason).toContain(`property ${name} of the custom resource must be`);
  });
});

describe('runs in progress', () => {
  const CANCELLING = { ...ON_CHANGE, CancelOnDelete: 'true' };
  const statuses = () => flow.records.map(({ status }) => status);

  beforeEach(() => {
    flow.records = [
      { executionId: 'run-3', status: 'InProgress' }, { executionId: 'run-2', status: 'CancelStarted' }, { executionId: 'run-1', status: 'Successful' },
    ];
    // AppFlow ends what it was told to cancel while the handler waits.
    const pause = time.pause.bind(time);
    jest.spyOn(time, 'pause').mockImplementation(async milliseconds => {
      await pause(milliseconds);
      flow.records = flow.records.map(run => run.status === 'CancelStarted' ? { ...run, status: 'Canceled' } : run);
    });
  });

  test('are cancelled and waited for before the flow is deleted', async () => {
    await resource.deploy(CANCELLING);
    appflow.calls.length = 0;
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Orders' });
    expect(statuses()).toEqual(['Canceled', 'Canceled', 'Successful']);
    expect(appflow.calls).toEqual(['describeFlow Orders', 'runs Orders', 'cancelRuns Orders', 'runs Orders']);
  });

  test('are left alone where that is not asked for', async () => {
    await resource.deploy(ON_CHANGE);
    await resource.destroy();
    expect(statuses()).toContain('InProgress');
  });

  test('are waited for less than half of the time of the function', async () => {
    await resource.deploy(CANCELLING);
    const left = time.left();
    jest.mocked(time.pause).mockImplementation(SimulatedTime.prototype.pause);
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
    expect(left - time.left()).toBeLessThan(7 * MINUTES);
    expect(left - time.left()).toBeGreaterThan(5 * MINUTES);
    expect(appflow.changes.filter(call => call.startsWith('cancelRuns'))).toHaveLength(1);
  });

  test('are cancelled when the deployment that has started one is rolled back', async () => {
    flow.records = [];
    await resource.deploy(CANCELLING);
    flow.records = [{ executionId: 'run-2', status: 'InProgress' }];
    await resource.deploy({ ...CANCELLING, Definition: 'v2' }, { failsElsewhere: true });
    expect(statuses()).toEqual(['Canceled']);
  });

  test('are cancelled after a creation that fails elsewhere, or here', async () => {
    await resource.deploy(CANCELLING, { failsElsewhere: true });
    expect(statuses()).not.toContain('InProgress');
    flow.records = [{ executionId: 'run-4', status: 'InProgress' }];
    appflow.inject({ operation: 'startFlow', error: refused('InternalServerException'), afterEffect: true });
    await resource.deploy(CANCELLING);
    expect(statuses()).toEqual(['Canceled']);
  });

  test.each(['cancelRuns', 'runs'] as const)('keep no rollback from going on where %s is refused', async operation => {
    await resource.deploy(CANCELLING);
    appflow.inject({ operation, error: refused('InternalServerException'), lasting: true });
    await resource.deploy({ ...CANCELLING, Definition: 'v2' }, { failsElsewhere: true });
    expect(resource.answers.at(-1)!.Status).toBe('SUCCESS');
  });

  test.each([
    ['runs', 'InternalServerException', 'run-not-read'],
    ['cancelRuns', 'ConflictException', 'run-not-canceled'],
    ['describeFlow', 'InternalServerException', 'flow-not-read'],
  ] as const)('that cannot be cancelled, since %s is refused with %s, keep the flow from being deleted', async (operation, reason, code) => {
    await resource.deploy(CANCELLING);
    appflow.inject({ operation, error: refused(reason), lasting: true });
    expect((await resource.destroy()).Reason).toMatch(new RegExp(`\\(appflow-constructs:${code}\\)$`));
    appflow.clearFaults();
    expect((await resource.destroy()).Status).toBe('SUCCESS');
    expect(statuses()).not.toContain('InProgress');
  });

  test.each(['runs', 'cancelRuns', 'describeFlow'] as const)('out of reach, as %s tells, are not the stack\'s', async operation => {
    await resource.deploy(CANCELLING);
    appflow.inject({ operation, error: refused('AccessDeniedException'), lasting: true });
    expect((await resource.destroy()).Status).toBe('SUCCESS');
  });

  test('of a flow that is gone, or has become a scheduled one, are left alone', async () => {
    await resource.deploy(CANCELLING);
    flow.trigger = 'Scheduled';
    await deliver(customResourceEvent({ RequestType: 'Delete', PhysicalResourceId: 'Orders', ResourceProperties: CANCELLING }));
    expect(bucket.answer.Status).toBe('SUCCESS');
    expect(statuses()).toContain('InProgress');
    appflow.flows.clear();
    expect((await resource.destroy()).Status).toBe('SUCCESS');
  });
});
