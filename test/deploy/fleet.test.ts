import { DataPull, FlowFleet, FlowSchedule, S3Destination, S3Source } from 'appflow-constructs';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { LocalStack } from './local-stack';

const HOUR = 3600;
const MARGIN = 300;
const OBJECTS = ['accounts', 'contacts', 'leads', 'orders', 'products', 'quotes', 'tasks', 'users'];

let local: LocalStack;
beforeAll(async () => {
  local = await LocalStack.start();
});
afterAll(async () => {
  await local.stop();
});

/** A fleet that copies folders of a bucket, which needs no application to sign in to. */
const copying = (objects: readonly string[], interval = Duration.hours(1)) => (stack: Stack) => {
  const bucket = new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });
  const fleet = new FlowFleet(stack, 'Fleet', {
    destination: new S3Destination(bucket, { prefix: 'out' }),
    schedule: FlowSchedule.every(interval),
    pull: DataPull.incremental(),
    flowNamePrefix: 'copy-',
  });
  objects.forEach((object) => fleet.add(object, new S3Source(bucket, { prefix: `in/${object}` })));
};

/** When the flows of the local cloud start, in seconds since 1970, by object. */
const startsOf = () => Object.fromEntries([...local.cloud.appflow.flows].map(([name, { definition }]) =>
  [name.replace('copy-', ''), new Date(definition.triggerConfig.triggerProperties!.Scheduled!.scheduleStartTime!).getTime() / 1000]));

let before: Record<string, number>;

// The steps build upon one another, as deployments do.
test('the flows of a fleet start at different times within the interval, each within its first one that can be reached', async () => {
  const earliest = Date.now() / 1000 + MARGIN;
  await local.deploy(copying(OBJECTS));
  const latest = Date.now() / 1000 + MARGIN;
  before = startsOf();
  expect(Object.keys(before).sort()).toEqual(OBJECTS);
  const starts = Object.values(before);
  expect(new Set(starts).size).toBe(OBJECTS.length);
  expect(Math.min(...starts)).toBeGreaterThanOrEqual(earliest);
  expect(Math.max(...starts)).toBeLessThan(latest + HOUR + 1);
  expect(Math.max(...starts) - Math.min(...starts)).toBeGreaterThan(HOUR / 4);
  expect([...local.cloud.appflow.flows.values()].map(({ status }) => status)).toEqual(OBJECTS.map(() => 'Active'));
});

test('to add, remove and reorder objects touches no other flow', async () => {
  local.newCalls();
  const { quotes: removed, ...others } = before;
  await local.deploy(copying(['notes', ...OBJECTS.filter((object) => object !== 'quotes').reverse()]));
  const { notes: added, ...after } = startsOf();
  expect(removed).toBeDefined();
  expect(added).toBeGreaterThan(Date.now() / 1000);
  expect(after).toEqual(others);
  const changes = local.newCalls().filter((operation) => !/^(Describe|List)/.test(operation));
  expect(changes.sort()).toEqual(['CreateFlow', 'DeleteFlow', 'StartFlow', 'StopFlow']);
});

test('another interval spreads the flows over that, in the same order', async () => {
  await local.deploy(copying(OBJECTS, Duration.minutes(10)));
  const phasesOf = (starts: Record<string, number>, interval: number) => OBJECTS.map((object) => starts[object] % interval);
  const [hourly, often] = [phasesOf(before, HOUR), phasesOf(startsOf(), 600)];
  expect(often).toEqual(hourly.map((phase) => Math.floor(phase / 6)));
});
