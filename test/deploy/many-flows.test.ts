import { FlowSchedule, Mapping, Mask, S3Destination, S3Source, ScheduledFlow } from 'appflow-constructs';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { LocalStack } from './local-stack';
import type { Call } from '../local-cloud/calls';
import type { FaultKind } from '../local-cloud/faults';

const FLOWS = 60;
const SEED = 20261122;
/** How many of a hundred calls AppFlow throttles. */
const THROTTLED_PERCENT = 10;
/** More than a step makes. */
const MOST_CALLS = 1000;
const THROTTLED: FaultKind = 'throttle';

let local: LocalStack;
beforeAll(async () => {
  local = await LocalStack.start();
});
afterAll(async () => {
  await local.stop();
});

/** Flows that share a bucket. */
function manyFlows(stack: Stack, changed: boolean) {
  const bucket = new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });
  for (let index = 0; index < FLOWS; index++) {
    new ScheduledFlow(stack, `Flow${index}`, {
      flowName: name(index),
      source: new S3Source(bucket, { prefix: `in/${index}` }),
      destination: new S3Destination(bucket, { prefix: 'out' }),
      schedule: FlowSchedule.every(Duration.hours(1 + index % 12)),
      tasks: [Mapping.all(), ...changed ? [Mask.all('name')] : []],
    });
  }
}

function name(index: number): string {
  return `flow-${index}`;
}

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
 * tested.
 */
function throttleNowAndThen(seed: number) {
  local.cloud.faults.clear();
  const next = random(seed);
  let inARow = 0;
  for (let nth = 1; nth <= MOST_CALLS; nth++) {
    inARow = inARow < 2 && next() * 100 < THROTTLED_PERCENT ? inARow + 1 : 0;
    if (inARow > 0) {
      local.cloud.faults.inject({ service: 'appflow', nth, kind: THROTTLED });
    }
  }
}

/** Takes a step while AppFlow throttles, and returns the calls that the handler has made for each flow, but for those that were throttled. */
async function callsOfHandler(step: () => Promise<unknown>, seed: number): Promise<Record<string, string[]>> {
  local.cloud.calls.clear();
  throttleNowAndThen(seed);
  await step();
  const calls = local.cloud.calls.all.filter(({ service, via }) => service === 'appflow' && via === 'http');
  expect(calls.filter(({ outcome }) => outcome === THROTTLED).length).toBeGreaterThan(0);
  expect(calls.filter(({ outcome }) => outcome !== THROTTLED && outcome !== 'ok')).toEqual([]);
  const made: Record<string, string[]> = {};
  for (const { operation, input } of calls.filter(({ outcome }: Call) => outcome === 'ok')) {
    (made[(input as { flowName: string }).flowName] ??= []).push(operation);
  }
  return made;
}

const each = (...operations: string[]) => Object.fromEntries(Array.from({ length: FLOWS }, (_, index) => [name(index), operations]));
const statuses = () => [...local.cloud.appflow.flows.values()].map(({ status }) => status);

function deploy(changed: boolean) {
  return local.deploy((stack) => manyFlows(stack, changed));
}

// The steps build upon one another, as deployments do.
describe(`${FLOWS} scheduled flows of one stack, while AppFlow throttles`, () => {
  test('are active once they are deployed: the handler looks at each and starts it', async () => {
    const calls = await callsOfHandler(async () => deploy(false), SEED);
    expect(calls).toEqual(each('DescribeFlow', 'StartFlow'));
    expect(statuses()).toEqual(Array(FLOWS).fill('Active'));
  });

  test('share one function', () => {
    expect(local.cloud.lambda.functionNames).toHaveLength(1);
  });

  test('stay active when all of them change: the handler looks at each, and that is all', async () => {
    const calls = await callsOfHandler(async () => deploy(true), SEED + 1);
    expect(calls).toEqual(each('DescribeFlow'));
    expect(statuses()).toEqual(Array(FLOWS).fill('Active'));
    expect([...local.cloud.appflow.flows.values()].map(({ definition }) => definition.tasks.length)).toEqual(Array(FLOWS).fill(2));
  });

  test('are gone when the stack is destroyed: the handler looks at each and stops it', async () => {
    const calls = await callsOfHandler(async () => local.destroy(), SEED + 2);
    expect(calls).toEqual(each('DescribeFlow', 'StopFlow'));
    const { appflow, s3, identities, lambda } = local.cloud;
    expect([[...appflow.flows.keys()], s3.bucketNames, identities.roleNames, lambda.functionNames]).toEqual([[], [], [], []]);
  });
});
