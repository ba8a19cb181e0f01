import { Flow, FlowRun, FlowRunError, type FlowRunOptions, FlowRuns, type FlowRunsProps, type IFlow, Mapping, OnDemandFlow } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { copyingEnds, scheduledCopy } from './copying-flow';
import { LocalStack } from './local-stack';
import type { RunOutcome } from '../local-cloud/appflow/run';
import type { Execution } from '../local-cloud/state-machines';

const { JSONATA } = sfn.QueryLanguage;
const { DISCARD } = sfn.JsonPath;
const INPUT = { customer: { id: 7 }, run: 'none' };
const NAMES = ['aa', 'bb', 'cc'];

/** What a state machine is made in, and of. */
interface Surroundings {
  readonly scope: Construct;
  readonly flows: IFlow[];
  run(options?: FlowRunOptions): FlowRun;
  runs(options?: Omit<FlowRunsProps, 'flows'>): FlowRuns;
}

const imported = (scope: Construct, name: string) => Flow.fromFlowName(scope, `Imported${name}`, name);
const between = ({ scope }: Surroundings, run: FlowRun) => new sfn.Pass(scope, 'Before').next(run).next(new sfn.Pass(scope, 'After'));

/** State machines of which each test has executions. */
const JSONPATH_MACHINES = {
  run: ({ run }) => run(),
  lenient: ({ run }) => run({ allowFailedRecords: true, minimumRecords: 9 }),
  demanding: ({ run }) => run({ minimumRecords: 5 }),
  patient: ({ run }) => run({ timeout: Duration.hours(2) }),
  hasty: ({ run }) => run({ timeout: Duration.minutes(1), pollInterval: Duration.seconds(25) }),
  cancelling: ({ run }) => run({ timeout: Duration.minutes(1), pollInterval: Duration.seconds(25), cancelOnTimeout: true }),
  retrying({ run }) {
    const state = run();
    state.addRetry({ errors: [FlowRunError.FAILED], maxAttempts: 1 });
    return state;
  },
  catching({ scope, run }) {
    const state = run();
    state.addCatch(new sfn.Pass(scope, 'Caught'), { errors: [FlowRunError.FAILED], resultPath: '$.run' });
    return state;
  },
  scheduled: ({ scope }) => new FlowRun(scope, 'Run', { flow: imported(scope, 'copy') }),
  nowhere: ({ scope }) => new FlowRun(scope, 'Run', { flow: imported(scope, 'nowhere') }),
  between: (surroundings) => between(surroundings, surroundings.run()),
  placing: (surroundings) => between(surroundings, surroundings.run({ resultPath: '$.customer.copied' })),
  discarding: (surroundings) => between(surroundings, surroundings.run({ resultPath: DISCARD })),
  twice: ({ scope, run, flows }) => run().next(new FlowRun(scope, 'Again', { flow: flows[0] })),
  sequence: ({ runs }) => runs({ maxConcurrency: 1 }),
  parallel: ({ runs }) => runs({ resultPath: '$.loaded' }),
  one: ({ scope, flows }) => new FlowRuns(scope, 'Runs', { flows: [flows[0]] }),
  all: ({ runs }) => runs({ maxConcurrency: 1, continueOnFailure: true }),
} satisfies Record<string, (surroundings: Surroundings) => sfn.IChainable>;

const JSONATA_MACHINES = {
  oneInJsonata: ({ scope, flows }) => new FlowRuns(scope, 'Runs', { flows: [flows[0]] }),
  expressions: ({ scope, run }) => run({
    outputs: '{% $merge([$states.input, {\'processed\': $states.result[0].RecordsProcessed}]) %}',
    assign: { run: '{% $states.result[0] %}' },
  }).next(sfn.Pass.jsonata(scope, 'After', { outputs: { before: '{% $states.input %}', flow: '{% $run.FlowName %}' } })),
  nested: ({ scope, run }) => sfn.Parallel.jsonata(scope, 'Both')
    .branch(run({ queryLanguage: JSONATA })).branch(sfn.Pass.jsonata(scope, 'Other', { outputs: 'other' })),
} satisfies Record<string, (surroundings: Surroundings) => sfn.IChainable>;

/** A role may do all that an execution needs but one thing. */
const PERMISSIONS = ['appflow:StartFlow', 'appflow:DescribeFlowExecutionRecords'];

function define(stack: Stack) {
  const flows = NAMES.map((flowName) => new OnDemandFlow(stack, flowName, { flowName, ...copyingEnds(stack, `Bucket${flowName}`), tasks: [Mapping.all()] }));
  scheduledCopy(stack);
  const machine = (name: string, make: (surroundings: Surroundings) => sfn.IChainable, props: Partial<sfn.StateMachineProps> = {}) => {
    const scope = new Construct(stack, `Scope${name}`);
    const definitionBody = sfn.DefinitionBody.fromChainable(make({
      scope,
      flows,
      run: (options) => new FlowRun(scope, 'Run', { flow: flows[0], ...options }),
      runs: (options) => new FlowRuns(scope, 'Runs', { flows, ...options }),
    }));
    new sfn.StateMachine(scope, 'Machine', { stateMachineName: name, definitionBody, ...props });
  };
  Object.entries(JSONPATH_MACHINES).forEach(([name, make]) => machine(name, make));
  Object.entries(JSONATA_MACHINES).forEach(([name, make]) => machine(name, make, { queryLanguage: JSONATA }));
  for (const missing of ['nothing', ...PERMISSIONS]) {
    const role = new Role(stack, `Role${missing}`, { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: PERMISSIONS.filter((action) => action !== missing), resources: ['*'] }));
    machine(`without-${missing.replace(':', '-')}`, ({ run }) => run(), { role: role.withoutPolicyUpdates() });
  }
}

const quotas = { concurrentRuns: 1000 };
let local: LocalStack;
beforeAll(async () => {
  local = await LocalStack.start({ world: { quotas } });
  local.cloud.stateMachines.millisecondsPerSecond = 0;
  await local.deploy(define);
}, 60_000);
beforeEach(() => {
  local.cloud.faults.clear();
  quotas.concurrentRuns = 1000;
  NAMES.forEach((name) => local.flow(name)!.runs.splice(0));
  local.newCalls();
});
afterAll(async () => local.stop());

type Name = keyof typeof JSONPATH_MACHINES | keyof typeof JSONATA_MACHINES;

function begin(name: string, input: object = {}): Execution {
  return local.cloud.stateMachines.start(`arn:aws:states:eu-west-1:111111111111:stateMachine:${name}`, JSON.stringify(input));
}

async function execute(name: Name, input: object = {}): Promise<Execution> {
  const execution = begin(name, input);
  await local.cloud.stateMachines.settled();
  return execution;
}

/** How the next run of a flow ends. */
const next = (outcome: Partial<RunOutcome>, flow = 'aa') => local.cloud.appflow.setNextRun(flow, { status: 'Successful', ...outcome });
const NEVER = { settlesAfter: { looks: 1e6 } };
const statuses = () => local.flow('aa')!.runs.map(({ status }) => status).reverse();

test('a run is waited for, and what is known of it put out', async () => {
  next({ recordsProcessed: 7, bytesProcessed: 70, bytesWritten: 60 });
  expect(await execute('run')).toMatchObject({
    status: 'SUCCEEDED',
    output: {
      FlowName: 'aa',
      ExecutionId: local.flow('aa')!.runs[0].id,
      RecordsProcessed: 7,
      RecordsNotWritten: 0,
      BytesProcessed: 70,
      BytesWritten: 60,
      StartedAt: expect.stringMatching(/^20.*Z$/),
      LastUpdatedAt: expect.stringMatching(/^20.*Z$/),
    },
    waitedSeconds: 30,
  });
  expect(local.newCalls()).toEqual(['StartFlow', 'DescribeFlowExecutionRecords', 'DescribeFlowExecutionRecords']);
});

test.each<[string, Partial<RunOutcome>, Name, string, string]>([
  ['has failed', { status: 'Error', message: 'the bucket is on fire' }, 'run', FlowRunError.FAILED, 'has ended with status Error: the bucket is on fire'],
  ['has failed without a word', { status: 'Error' }, 'run', FlowRunError.FAILED, 'has ended with status Error: AppFlow does not say why'],
  ['has not written all records', { putFailuresCount: 2, message: 'no such field' }, 'run', FlowRunError.RECORDS_NOT_WRITTEN,
    'could not write 2 of its records: no such field'],
  ['has processed too few records', { recordsProcessed: 4 }, 'demanding', FlowRunError.TOO_FEW_RECORDS,
    'has processed 4 records, and at least 5 are required'],
])('a run that %s fails the state machine with what AppFlow says', async (_, outcome, machine, error, cause) => {
  next(outcome);
  const { status, ...failure } = await execute(machine);
  const [{ id }] = local.flow('aa')!.runs;
  expect(status).toBe('FAILED');
  expect(failure).toMatchObject({ error, cause: `run ${id} of flow aa ${cause}` });
});

test('failed records can be allowed', async () => {
  next({ recordsProcessed: 9, putFailuresCount: 2 });
  expect(await execute('lenient')).toMatchObject({ status: 'SUCCEEDED', output: { RecordsNotWritten: 2 } });
});

test('a run that somebody cancels fails the state machine, once it is cancelled', async () => {
  next(NEVER);
  const execution = begin('run');
  await until('StartFlow');
  local.cloud.appflow.invoke('CancelFlowExecutions', { flowName: 'aa' });
  await local.cloud.stateMachines.settled();
  expect(execution).toMatchObject({ status: 'FAILED', error: FlowRunError.CANCELED, cause: expect.stringContaining('was cancelled before it was over') });
});

test('a run can take 48 hours, which fill a fraction of the history that an execution has', async () => {
  next(NEVER);
  const { error, cause, waitedSeconds, events } = await execute('patient');
  expect({ error, cause }).toEqual({ error: FlowRunError.TIMED_OUT, cause: expect.stringMatching(/of flow aa was not over within 7200 seconds: it is InProgress$/) });
  // A test takes real time, too.
  expect(Math.abs(2 * 3600 - waitedSeconds)).toBeLessThan(60);
  const EVENTS_AN_HOUR = 12 * 9;
  expect(events + 46 * EVENTS_AN_HOUR).toBeLessThan(25_000 / 4);
});

test.each([['hasty', 'InProgress'], ['cancelling', 'CancelStarted']] as const)('a run that is not over in time: %s', async (machine, status) => {
  next(NEVER);
  const { error, waitedSeconds } = await execute(machine);
  expect(error).toBe(FlowRunError.TIMED_OUT);
  expect(Math.abs(60 - waitedSeconds)).toBeLessThan(5);
  expect(statuses()).toEqual([status]);
});

test.each(['throttle', 'internal-error', 'lost-response'] as const)('calls that meet with a passing %s are made again, and start one run', async (kind) => {
  const faults = ['StartFlow', 'DescribeFlowExecutionRecords'].map((operation) => local.cloud.faults.inject({ service: 'appflow', operation, kind, times: 3 }));
  expect(await execute('run')).toMatchObject({ status: 'SUCCEEDED' });
  expect(faults.map(({ hits }) => hits)).toEqual([3, 3]);
  expect(statuses()).toEqual(['Successful']);
});

test('each execution, and each retry of the state, is another run', async () => {
  next({ status: 'Error' });
  await execute('retrying');
  await execute('retrying');
  expect(statuses()).toEqual(['Error', 'Successful', 'Successful']);
});

test('a run is found behind later ones, and waited for while AppFlow does not list it', async () => {
  next({ settlesAfter: { looks: 2 }, recordsProcessed: 3 });
  const execution = begin('run');
  await until('StartFlow');
  const { runs } = local.flow('aa')!;
  const [run] = runs.splice(0, 1);
  await until('DescribeFlowExecutionRecords');
  runs.push(run);
  for (let later = 0; later < 45; later++) {
    local.cloud.appflow.trigger('aa');
  }
  await local.cloud.stateMachines.settled();
  expect(execution).toMatchObject({ status: 'SUCCEEDED', output: { ExecutionId: run.id, RecordsProcessed: 3 } });
});

test('a flow that somebody else has made, and that is not on demand, fails the state machine', async () => {
  expect(await execute('scheduled')).toMatchObject({
    status: 'FAILED', error: FlowRunError.NOT_ON_DEMAND, cause: expect.stringContaining('flow copy is no on-demand flow'),
  });
});

test('a flow that is not there fails the state machine with AppFlow\'s error', async () => {
  expect(await execute('nowhere')).toMatchObject({ status: 'FAILED', error: 'Appflow.ResourceNotFoundException' });
});

test('a role needs two permissions, and no other', async () => {
  const executions = ['nothing', ...PERMISSIONS].map((missing) => begin(`without-${missing.replace(':', '-')}`));
  await local.cloud.stateMachines.settled();
  expect(executions.map(({ status, error }) => error ?? status)).toEqual(['SUCCEEDED', 'Appflow.AccessDeniedException', 'Appflow.AccessDeniedException']);
});

describe('in a state machine', () => {
  const RESULT = { FlowName: 'aa', ExecutionId: expect.any(String), RecordsProcessed: 10 };

  test('of JSONPath, the result takes the place of the input, or a place in it', async () => {
    expect((await execute('between', INPUT)).output).toMatchObject(RESULT);
    expect((await execute('placing', INPUT)).output).toEqual({ ...INPUT, customer: { id: 7, copied: expect.objectContaining(RESULT) } });
    expect((await execute('discarding', INPUT)).output).toEqual(INPUT);
  });

  test('of JSONPath, an error can be caught', async () => {
    next({ status: 'Error', message: 'on fire' });
    expect((await execute('catching', INPUT)).output).toEqual({
      customer: { id: 7 }, run: { Error: FlowRunError.FAILED, Cause: expect.stringMatching(/: on fire$/) },
    });
  });

  test('of JSONata, the output and variables are expressions of the result', async () => {
    expect((await execute('expressions', INPUT)).output).toEqual({ before: { ...INPUT, processed: 10 }, flow: 'aa' });
  });

  test('of JSONata, in a Parallel state too', async () => {
    expect((await execute('nested', INPUT)).output).toEqual([expect.objectContaining(RESULT), 'other']);
  });

  test('the same flow can be run twice', async () => {
    expect((await execute('twice')).status).toBe('SUCCEEDED');
    expect(statuses()).toEqual(['Successful', 'Successful']);
  });
});

describe('several flows', () => {
  const EACH = NAMES.map((FlowName) => expect.objectContaining({ FlowName }));
  const called = () => local.cloud.calls.all.map(({ operation, input }) => `${operation} ${(input as { flowName: string }).flowName}`);
  const started = () => called().filter((call) => call.startsWith('StartFlow'));

  test('run one after the other', async () => {
    expect((await execute('sequence')).output).toEqual({ Runs: EACH });
    const calls = called();
    expect(calls.filter((call, index) => call !== calls[index - 1])).toEqual(NAMES.flatMap((name) => [`StartFlow ${name}`, `DescribeFlowExecutionRecords ${name}`]));
  });

  test('run at the same time, and the results are in the order of the flows', async () => {
    next({ settlesAfter: { looks: 5 } });
    const { output, waitedSeconds } = await execute('parallel', { kept: true });
    expect(output).toEqual({ kept: true, loaded: { Runs: EACH } });
    expect(waitedSeconds).toBe(6 * 15);
  });

  test.each(['one', 'oneInJsonata'] as const)('%s alone is a list, too', async (machine) => {
    expect((await execute(machine)).output).toEqual({ Runs: [expect.objectContaining({ FlowName: 'aa' })] });
  });

  test('fail with the first that fails, and no other is started', async () => {
    next({ status: 'Error', message: 'on fire' }, 'bb');
    expect(await execute('sequence')).toMatchObject({ status: 'FAILED', error: FlowRunError.FAILED, cause: expect.stringMatching(/of flow bb .*: on fire$/) });
    expect(started()).toEqual(['StartFlow aa', 'StartFlow bb']);
  });

  test('fail with one that fails at the same time as others run', async () => {
    next(NEVER);
    next({ status: 'Error', message: 'on fire' }, 'cc');
    expect(await execute('parallel')).toMatchObject({ status: 'FAILED', cause: expect.stringMatching(/of flow cc .*: on fire$/) });
    expect(statuses()).toEqual(['InProgress']);
  });

  test('all run, and fail together, where they are to go on', async () => {
    next({ status: 'Error', message: 'on fire' });
    next({ putFailuresCount: 1, message: 'too long' }, 'cc');
    const { error, cause } = await execute('all');
    expect(error).toBe(FlowRunError.FAILED);
    expect(cause).toMatch(/^aa: FlowRun.Failed: run .*: on fire; cc: FlowRun.RecordsNotWritten: run .*: too long$/);
    expect(started()).toHaveLength(3);
    expect((await execute('all')).output).toEqual({ Runs: EACH });
  });

  test('of which AppFlow has no room for one are run when it has', async () => {
    quotas.concurrentRuns = 1;
    expect((await execute('parallel')).output).toEqual({ loaded: { Runs: EACH } });
    expect(local.cloud.calls.of('StartFlow').map(({ outcome }) => outcome)).toContain('ServiceQuotaExceededException');
  });
});

/** Resolves when AppFlow was called. */
async function until(operation: string): Promise<void> {
  while (local.cloud.calls.of(operation).length === 0) {
    await new Promise(setImmediate);
  }
}
