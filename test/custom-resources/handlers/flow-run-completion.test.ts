import { customResourceEvent } from './custom-resource';
import { type FlowInMemory, InMemoryAppFlow, lost, refused } from './in-memory-appflow';
import { SimulatedTime } from './simulated-time';
import type { RunDescription } from '../../../lib/custom-resources/handlers/appflow';
import type { CustomResourceEvent } from '../../../lib/custom-resources/handlers/cloudformation';
import { flowRunCompletion } from '../../../lib/custom-resources/handlers/flow-run-completion';

const PROPERTIES = { FlowName: 'Orders', ExecutionId: 'run-1', Seconds: '3000', TimeoutSeconds: '3000', Last: 'true' };

let appflow: InMemoryAppFlow;
let flow: FlowInMemory;
let rollingBack: boolean;

beforeEach(() => {
  appflow = new InMemoryAppFlow();
  flow = appflow.addFlow('Orders', 'OnDemand');
  rollingBack = false;
});

const services = () => ({ appflow, stack: { isRollingBack: async () => rollingBack }, time: new SimulatedTime() });

/** Looks after so many seconds. */
async function look(event: Partial<CustomResourceEvent>, seconds = 30) {
  const begun = await flowRunCompletion.begin(customResourceEvent({ ResourceProperties: PROPERTIES, ...event }), services());
  return flowRunCompletion.isComplete({
    ...customResourceEvent({ ResourceProperties: PROPERTIES, ...event }),
    PhysicalResourceId: begun.physicalResourceId,
    BegunAt: Date.now() - seconds * 1_000,
  }, services());
}

function record(run: Partial<RunDescription>) {
  flow.records = [
    { executionId: 'run-2', status: 'InProgress' }, { executionId: 'run-1', status: 'Successful', ...run }, { executionId: 'run-0', status: 'Error' },
  ];
}

test('a run that AppFlow does not list yet, that is in progress, or that is being cancelled is waited for', async () => {
  expect(await look({})).toEqual({ done: false });
  record({ status: 'InProgress' });
  expect(await look({})).toEqual({ done: false });
  record({ status: 'CancelStarted' });
  expect(await look({})).toEqual({ done: false });
});

test.each<[string, Partial<RunDescription>, object]>([
  ['with any number of records', { recordsProcessed: 0 }, {}],
  ['that AppFlow tells no number of', {}, { MinimumRecords: '0' }],
  ['with just enough records', { recordsProcessed: 10 }, { MinimumRecords: '10' }],
  ['with failed records that are allowed', { recordsProcessed: 10, failedRecords: 3 }, { AllowFailedRecords: 'true' }],
])('a successful run is enough: %s', async (_, run, properties) => {
  record(run);
  expect(await look({ ResourceProperties: { ...PROPERTIES, ...properties } })).toEqual({ done: true });
});

test.each<[string, Partial<RunDescription>, object, string]>([
  [
    'with AppFlow\'s own message', { status: 'Error', message: 'The request failed\nbecause of the object' }, {},
    "run 'run-1' of flow 'Orders' has ended with status Error: \"The request failed because of the object\"; "
    + 'correct what AppFlow complains of, and deploy again (appflow-constructs:run-failed)',
  ],
  ['without a message', { status: 'Error' }, {}, 'has ended with status Error; correct what AppFlow complains of, and deploy again (appflow-constructs:run-failed)'],
  ['cancelled', { status: 'Canceled' }, {}, 'was cancelled before it was over, by somebody else than this deployment; deploy again (appflow-constructs:run-canceled)'],
  ['with too few records', { recordsProcessed: 9 }, { MinimumRecords: '10' }, 'has processed 9 records, and at least 10 are required; look whether '],
  ['with failed records', { recordsProcessed: 9, failedRecords: 2, message: 'no such field' }, {}, 'could not write 2 of its records: "no such field"; correct '],
])('a run that is over is not enough: %s', async (_, run, properties, reason) => {
  record(run);
  await expect(look({ ResourceProperties: { ...PROPERTIES, ...properties } })).rejects.toThrow(reason);
});

test('a run that is not over in time is a failure only where nobody waits on', async () => {
  const link = { ...PROPERTIES, Last: 'false' };
  await expect(look({}, 3_001)).rejects.toThrow(
    "run 'run-1' of flow 'Orders' was not over within 3000 seconds: AppFlow does not list it; look at the run in the AppFlow console, "
    + 'let the deployment wait longer, up to 48 hours, or not at all, and deploy again (appflow-constructs:run-not-over)');
  record({ status: 'InProgress' });
  await expect(look({}, 3_001)).rejects.toThrow('it is InProgress');
  expect(await look({ ResourceProperties: link }, 3_001)).toEqual({ done: true });
  expect(await look({ ResourceProperties: link }, 2_999)).toEqual({ done: false });
  record({ status: 'Error' });
  await expect(look({ ResourceProperties: link })).rejects.toThrow('run-failed');
});

test('what AppFlow does not answer to is asked again, while there is time', async () => {
  appflow.inject({ operation: 'runs', error: lost(), lasting: true });
  expect(await look({})).toEqual({ done: false });
  await expect(look({}, 3_001)).rejects.toThrow('(appflow-constructs:run-not-read)');
});

test('what AppFlow refuses is a failure', async () => {
  appflow.inject({ operation: 'runs', error: refused('AccessDeniedException') });
  await expect(look({})).rejects.toThrow('AppFlow answered AccessDeniedException to DescribeFlowExecutionRecords');
});

test.each<[string, Partial<CustomResourceEvent>]>([
  ['none was started', { ResourceProperties: { ...PROPERTIES, ExecutionId: 'none' } }],
  ['none was started by an update', { RequestType: 'Update', ResourceProperties: { ...PROPERTIES, ExecutionId: 'none' }, OldResourceProperties: PROPERTIES }],
  ['the update is of something else', { RequestType: 'Update', OldResourceProperties: { ...PROPERTIES, MinimumRecords: '1' } }],
  ['it is a rollback', { RequestType: 'Update', OldResourceProperties: { ...PROPERTIES, ExecutionId: 'run-2' } }],
  ['it is deleted', { RequestType: 'Delete' }],
])('no run is waited for where %s', async (_, event) => {
  rollingBack = true;
  record({ status: 'Error' });
  expect(await look({ PhysicalResourceId: 'Completion', ...event })).toEqual({ done: true });
  expect(appflow.calls).toEqual([]);
});

test('another run of an update is waited for, under the same physical id', async () => {
  const update = { RequestType: 'Update', PhysicalResourceId: 'Completion', OldResourceProperties: { ...PROPERTIES, ExecutionId: 'run-0' } } as const;
  record({ status: 'InProgress' });
  expect(await look(update)).toEqual({ done: false });
  expect(await flowRunCompletion.begin(customResourceEvent(update), services())).toEqual({ physicalResourceId: 'Completion' });
});
