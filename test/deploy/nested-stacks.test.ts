import {
  FlowActivation, FlowActivationState, FlowSchedule, Mapping, Mask, OnDemandFlow, RunOnDeploy, RunWait, S3Destination, S3Source, ScheduledFlow,
} from 'appflow-constructs';
import { CfnOutput, Duration, NestedStack, RemovalPolicy, type Stack, Tags } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { refusedAfter } from './copying-flow';
import { LocalStack } from './local-stack';

let local: LocalStack;
beforeEach(async () => {
  local = await LocalStack.start();
});
afterEach(async () => {
  await local.stop();
});

interface Version {
  readonly activation?: FlowActivation;
  readonly isMasked?: boolean;
  readonly prefix?: string;
  readonly fails?: boolean;
}

/** Two nested stacks with flows between folders of a bucket of their parent, which tells the names of the flows. */
const version = ({ activation, isMasked = false, prefix = 'out', fails = false }: Version = {}) => (stack: Stack) => {
  const bucket = new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });
  const tasks = [Mapping.all(), ...isMasked ? [Mask.all('name')] : []];
  const ends = { source: new S3Source(bucket, { prefix: 'in' }), destination: new S3Destination(bucket, { prefix }) };

  const scheduled = new NestedStack(stack, 'Scheduled');
  const schedule = FlowSchedule.every(Duration.hours(1));
  const [one, two] = ['One', 'Two'].map((id) => new ScheduledFlow(scheduled, id, { ...ends, tasks, activation, schedule }));
  const once = new NestedStack(stack, 'Once');
  const three = new OnDemandFlow(once, 'Three', { ...ends, tasks, runOnDeploy: RunOnDeploy.onChange({ wait: RunWait.untilSuccessful() }) });

  Tags.of(stack).add('team', 'sales');
  [one, two, three].forEach((flow, index) => new CfnOutput(stack, `Name${index}`, { value: flow.flowName }));
  if (fails) {
    refusedAfter(three, stack);
  }
};

/** The flows as they are, by the nested stack that they are marked as those of. */
function flows() {
  return [...local.cloud.appflow.flows.values()].map(({ definition, status, tags, runs }) => ({
    name: definition.flowName,
    status,
    stack: /stack\/Stack-([A-Z][a-z]+)Nested/.exec(tags['appflow-constructs:stack'])?.[1],
    team: tags.team,
    tasks: definition.tasks.length,
    runs: runs.length,
  }));
}

const NAMES = ['One', 'Two', 'Three'];
const expected = () => NAMES.map((id) => ({
  name: expect.stringMatching(id === 'Three' ? /^Stack-Once-Three-/ : new RegExp(`^Stack-Scheduled-${id}-`)),
  status: 'Active',
  stack: id === 'Three' ? 'Once' : 'Scheduled',
  team: 'sales',
  tasks: 1,
  runs: id === 'Three' ? 1 : 0,
}));

test('flows live in nested stacks as in others', async () => {
  const { outputs } = await local.deploy(version());
  expect(flows()).toEqual(expected());
  expect(Object.values(outputs)).toEqual(flows().map(({ name }) => name));

  await local.deploy(version({ isMasked: true, activation: FlowActivation.byCustomResource(FlowActivationState.SUSPENDED) }));
  expect(flows().map(({ status, tasks, runs }) => ({ status, tasks, runs }))).toEqual([
    { status: 'Suspended', tasks: 2, runs: 0 }, { status: 'Suspended', tasks: 2, runs: 0 }, { status: 'Active', tasks: 2, runs: 2 },
  ]);

  // Another destination makes other flows, and those before go once all nested stacks are there.
  const before = flows().map(({ name }) => name);
  const replaced = await local.deploy(version({ prefix: 'elsewhere' }));
  expect(flows()).toEqual(expected());
  expect(flows().filter(({ name }) => before.includes(name))).toEqual([]);
  expect(Object.values(replaced.outputs)).toEqual(flows().map(({ name }) => name));

  await local.destroy();
  const { appflow, identities, lambda, s3, cloudformation } = local.cloud;
  expect([appflow.flows.size, identities.roleNames, lambda.functionNames, s3.bucketNames]).toEqual([0, [], [], []]);
  expect(cloudformation.all.map(({ status }) => status)).toEqual(Array.from({ length: 3 }, () => 'DELETE_COMPLETE'));
}, 120_000);

test('what fails in the parent leaves the flows of nested stacks as they were', async () => {
  await local.deploy(version());
  const withoutRuns = () => flows().map(({ runs, ...flow }) => flow);
  const before = withoutRuns();
  for (const changed of [{ isMasked: true }, { prefix: 'elsewhere' }, { activation: FlowActivation.byCustomResource(FlowActivationState.SUSPENDED) }]) {
    const failure = await local.tryDeploy(version({ ...changed, fails: true }));
    expect([failure?.description.status, withoutRuns()]).toEqual(['UPDATE_ROLLBACK_COMPLETE', before]);
  }
  await local.deploy(version({ prefix: 'elsewhere' }));
  await local.destroy();
  expect(local.cloud.appflow.flows.size).toBe(0);
}, 120_000);
