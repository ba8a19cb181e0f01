import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { FlowActivation, FlowSchedule, Mapping, Mask, S3Destination, S3Source, ScheduledFlow } from 'appflow-constructs';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { InProcessFunction } from './state-machine/in-process';
import { settled, simulateTime } from './state-machine/simulated-time';
import type { InjectedFault } from '../local-cloud/faults';
import { LocalCloud, StackFailure } from '../local-cloud/local-cloud';
import { newStack, templateOf } from '../synthesis';

const FLOWS = 250;
/** Enough to be throttled among them, where how many they are is not the point. */
const FEWER_FLOWS = 60;
/** As many as CloudFormation takes beside what they share. */
const MOST_FLOWS = 480;
const RESOURCES_OF_A_STACK = 500;
/** The quota of Lambda for the payload of an asynchronous invocation, which is what CloudFormation makes. */
const EVENT_BYTES = 256 * 1024;

interface ManyFlows {
  readonly count: number;
  readonly changed?: boolean;
  readonly refused?: boolean;
  readonly named?: boolean;
}

/** Flows that share a bucket, and something that fails after all of them are activated. */
function manyFlows(stack: Stack, { count, changed = false, refused = false, named = true }: ManyFlows) {
  const bucket = new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });
  for (let index = 0; index < count; index++) {
    new ScheduledFlow(stack, `Flow${index}`, {
      flowName: named ? name(index) : undefined,
      source: new S3Source(bucket, { prefix: `in/${index}` }),
      destination: new S3Destination(bucket, { prefix: 'out' }),
      schedule: FlowSchedule.every(Duration.hours(1 + index % 12)),
      tasks: [Mapping.all(), ...changed ? [Mask.all('name')] : []],
      activation: FlowActivation.byCustomResource(),
    });
  }
  if (refused) {
    new CfnFlow(stack, 'Refused', {
      flowName: 'refused',
      triggerConfig: { triggerType: 'OnDemand' },
      sourceFlowConfig: { connectorType: 'Salesforce', connectorProfileName: 'nobody-made-it', sourceConnectorProperties: { salesforce: { object: 'Account' } } },
      destinationFlowConfigList: [{ connectorType: 'S3', destinationConnectorProperties: { s3: { bucketName: 'nowhere' } } }],
      tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { salesforce: 'NO_OP' } }],
    }).node.addDependency(stack.node.findChild('AppFlowConstructsProvider'));
  }
}

function name(index: number): string {
  return `flow-${index}`;
}

const each = (count: number, ...operations: string[]) => Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), operations]));

/** The flows, by status and number of tasks. */
function flowsOf(cloud: LocalCloud): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, definition: { tasks } } of cloud.appflow.flows.values()) {
    const kind = `${status}, tasks: ${tasks.length}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

function expectNothingLeft({ appflow, s3, identities, lambda }: LocalCloud) {
  expect([[...appflow.flows.keys()], s3.bucketNames, identities.roleNames, lambda.functionNames]).toEqual([[], [], [], []]);
}

/** What the handler has asked of AppFlow for each flow since the last look, but for what was throttled. Anything else that went wrong fails the test. */
function handlerCalls({ appflow }: LocalCloud, seen: number): { made: Record<string, string[]>; throttled: number } {
  const calls = appflow.calls.slice(seen).filter(({ caller }) => caller !== undefined && caller.accessKeyId !== 'cloudformation');
  const made: Record<string, string[]> = {};
  for (const { operation, input, outcome } of calls.filter((call) => call.outcome !== 'ThrottlingException')) {
    (made[String(input.flowName)] ??= []).push(outcome === 'ok' ? operation : outcome);
  }
  return { made, throttled: calls.filter(({ outcome }) => outcome === 'ThrottlingException').length };
}

function expectOutcome(failure: StackFailure | undefined, fails: boolean) {
  expect({ status: failure?.description.status, reasons: failure?.reasons.filter((reason) => !reason.startsWith('Refused')) ?? [] })
    .toEqual({ status: fails ? 'UPDATE_ROLLBACK_COMPLETE' : undefined, reasons: [] });
}

interface Step {
  readonly what: string;
  /** How many flows there are. */
  readonly count: number;
  /** What is deployed; without it, the stack is deleted. */
  readonly deploys?: keyof typeof DEPLOYMENTS;
  /** What the handler asks of AppFlow for each flow. */
  readonly calls: Record<string, string[]>;
  readonly leaves: Record<string, number>;
  /** Whether CloudFormation takes it back. */
  readonly fails?: boolean;
}

const DEPLOYMENTS = { first: {}, changed: { changed: true }, refused: { refused: true } };
const directory = mkdtempSync(join(tmpdir(), 'many-flows-'));

beforeAll(() => {
  // Each once, since that takes longer than to deploy it.
  for (const count of [FLOWS, FEWER_FLOWS]) {
    for (const [id, options] of Object.entries(DEPLOYMENTS)) {
      const app = new App({ outdir: join(directory, String(count), id), treeMetadata: false });
      manyFlows(new Stack(app, 'Stack'), { count, ...options });
      app.synth();
    }
  }
}, 120_000);
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

async function take(cloud: LocalCloud, { count, deploys }: Step): Promise<StackFailure | undefined> {
  try {
    await (deploys !== undefined ? cloud.deploy({ stackName: 'Stack', cdkOutDirectory: join(directory, String(count), deploys) }) : cloud.destroy('Stack'));
    return undefined;
  } catch (error) {
    if (error instanceof StackFailure) {
      return error;
    }
    throw error;
  }
}

// The steps build upon one another, as deployments do.
const stepsOf = (count: number): readonly Step[] => [
  {
    what: 'they are deployed: the handler looks at each, and starts it',
    count,
    deploys: 'first',
    calls: each(count, 'DescribeFlow', 'StartFlow'),
    leaves: { 'Active, tasks: 1': count },
  },
  {
    what: 'all of them change: the handler looks at each, and that is all',
    count,
    deploys: 'changed',
    calls: each(count, 'DescribeFlow'),
    leaves: { 'Active, tasks: 2': count },
  },
  {
    what: 'another change of all of them is taken back: the handler looks at each twice',
    count,
    deploys: 'refused',
    calls: each(count, 'DescribeFlow', 'DescribeFlow'),
    leaves: { 'Active, tasks: 2': count },
    fails: true,
  },
  {
    what: 'they are deleted: the handler looks at each, and stops it',
    count,
    calls: each(count, 'DescribeFlow', 'StopFlow'),
    leaves: {},
  },
];

describe(`${FLOWS} flows of one stack, while AppFlow takes 5 calls a second of everybody, in simulated time`, () => {
  let cloud: LocalCloud;
  let handler: InProcessFunction;

  beforeAll(async () => {
    simulateTime(new Date('2026-03-01T00:00:00Z'));
    handler = new InProcessFunction();
    cloud = await handler.open({ callsPerSecond: 5 });
  });
  afterAll(async () => {
    process.stdout.write(`The longest invocation for ${FLOWS} flows took ${Math.round(handler.longestUntroubled * 100)} % of its time\n`);
    await cloud.stop();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  test.each(stepsOf(FLOWS))('$what', async (step) => {
    const { calls, leaves, fails = false } = step;
    const seen = cloud.appflow.calls.length;
    const failure = await settled(take(cloud, step));
    expectOutcome(failure, fails);
    const { made, throttled } = handlerCalls(cloud, seen);
    expect(made).toEqual(calls);
    expect(throttled).toBeGreaterThan(0);
    expect(flowsOf(cloud)).toEqual(leaves);
    // Of the time that the function has.
    expect(handler.longestUntroubled).toBeLessThan(0.5);
  }, 120_000);

  test('nothing is left', () => {
    expectNothingLeft(cloud);
  });
});

describe(`${FEWER_FLOWS} flows of one stack, while AppFlow throttles one call in ten at random, with the function itself`, () => {
  let cloud: LocalCloud;
  let next: () => number;

  beforeAll(async () => {
    cloud = await LocalCloud.start();
    next = random(20261122);
  });
  afterAll(async () => {
    await cloud.stop();
  });

  test.each(stepsOf(FEWER_FLOWS))('$what', async (step) => {
    const { calls, leaves, fails = false } = step;
    const seen = cloud.appflow.calls.length;
    const { struck } = throttleNowAndThen(cloud, next);
    const failure = await take(cloud, step);
    expectOutcome(failure, fails);
    expect(handlerCalls(cloud, seen).made).toEqual(calls);
    expect(struck()).toBeGreaterThan(0);
    expect(flowsOf(cloud)).toEqual(leaves);
  }, 120_000);

  test('nothing is left', () => {
    expectNothingLeft(cloud);
  });
});

/** Numbers from 0 to 1 that are the same in each run (Park and Miller's generator). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/**
 * Lets AppFlow throttle calls at random, twice in a row at most: CloudFormation gives its own calls up after three attempts, which is not what is
 * tested. Tells how many calls were struck.
 */
function throttleNowAndThen({ faults }: LocalCloud, next: () => number) {
  faults.clear();
  const injected: InjectedFault[] = [];
  // More calls than a step makes.
  for (let nth = 1, inARow = 0; nth <= 8 * FEWER_FLOWS; nth++) {
    inARow = inARow < 2 && next() < 0.1 ? inARow + 1 : 0;
    if (inARow > 0) {
      injected.push(faults.inject({ service: 'appflow', nth, kind: 'throttle' }));
    }
  }
  return { struck: () => injected.filter(({ hits }) => hits > 0).length };
}

test(`a stack has room for ${MOST_FLOWS} flows, and so has the event with their activation, with names as long as generated ones get`, () => {
  const stack = newStack();
  manyFlows(stack, { count: MOST_FLOWS, named: false });
  const { Resources } = templateOf(stack);
  expect(Object.keys(Resources).length).toBeLessThan(RESOURCES_OF_A_STACK);
  const [activation, ...others] = Object.values<any>(Resources).filter(({ Type }) => Type === 'Custom::AppFlowFlowActivation');
  expect(others).toEqual([]);

  const properties = JSON.parse(JSON.stringify(activation.Properties), (key, value) => key === 'FlowName' ? value.Ref.padEnd(128, 'x') : value);
  // An update tells the old properties, too; the rest is a presigned URL and some ids.
  const event = { ResourceProperties: properties, OldResourceProperties: properties, ResponseURL: 'x'.repeat(2_000), StackId: 'x'.repeat(1_000) };
  expect(Object.keys(properties.Flows)).toHaveLength(MOST_FLOWS);
  expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(EVENT_BYTES);
});
