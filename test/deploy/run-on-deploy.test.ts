import { Mapping, Mask, RunOnDeploy, type RunOnDeployOptions, RunWait } from 'appflow-constructs';
import { CfnResource, Duration, type Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { onDemandCopy, refusedAfter } from './copying-flow';
import { LocalStack } from './local-stack';
import { describeWithFaults } from './step-with-faults';

let local: LocalStack;
beforeEach(async () => {
  local = await LocalStack.start();
});
afterEach(async () => {
  await local.stop();
});

const WAIT = { wait: RunWait.untilSuccessful() };
const runs = () => local.flow('copy')!.runs.map(({ status }) => status).reverse();
const descriptionOf = (name: string) => local.flow(name)!.definition.description;

/** A flow that runs on each change, in a version that a text makes. */
const version = (description: string, options: RunOnDeployOptions = WAIT) =>
  (stack: Stack) => void onDemandCopy(stack, { description, runOnDeploy: RunOnDeploy.onChange(options) });

test.each([
  ['on create', RunOnDeploy.onCreate(), [1, 1, 1, 1]],
  ['on change', RunOnDeploy.onChange(), [1, 2, 2, 2]],
  ['on every deployment', RunOnDeploy.everyDeployment(), [1, 2, 3, 3]],
])('a flow runs %s, and nobody waits', async (_, runOnDeploy, expected) => {
  const counts: number[] = [];
  for (const [description, topics] of [['one', 0], ['two', 0], ['two', 1], ['two', 1]] as const) {
    await local.deploy((stack) => {
      onDemandCopy(stack, { description, runOnDeploy });
      Array.from({ length: topics }, () => new CfnTopic(stack, 'Topic'));
    });
    counts.push(runs().length);
  }
  expect(counts).toEqual(expected);
  expect(local.cloud.stateMachines.executions).toEqual([]);
  expect(local.newCalls()).not.toContain('DescribeFlowExecutionRecords');
});

test('a deployment waits for its run, and fails with what AppFlow says of one that is not as required: the flow is as before', async () => {
  await local.deploy(version('good'));
  expect(runs()).toEqual(['Successful']);

  const REQUIRED = { wait: RunWait.untilSuccessful({ minimumRecords: 5 }) };
  const cases = [
    [{ status: 'Error', message: 'the bucket is on fire' }, 'has ended with status Error: "the bucket is on fire"; correct what AppFlow complains of'],
    [{ status: 'Successful', recordsProcessed: 4 }, 'has processed 4 records, and at least 5 are required'],
    [{ status: 'Successful', recordsProcessed: 9, putFailuresCount: 2, message: 'no such field' }, 'could not write 2 of its records: "no such field"'],
  ] as const;
  for (const [outcome, reason] of cases) {
    local.cloud.appflow.setNextRun('copy', outcome);
    const failure = await local.tryDeploy(version('bad', REQUIRED));
    expect(failure?.description.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failure?.message).toContain(reason);
    expect(descriptionOf('copy')).toBe('good');
  }
  // The rollbacks have run nothing, and what is deployed is still what was.
  expect(runs()).toHaveLength(1 + cases.length);
  await local.deploy(version('good'));
  await local.deploy(version('better', REQUIRED));
  expect(runs()).toHaveLength(2 + cases.length);

  // What a run has to come to can change without a run.
  await local.deploy(version('better', { wait: RunWait.untilSuccessful({ minimumRecords: 1_000, timeout: Duration.hours(2) }) }));
  expect(runs()).toHaveLength(2 + cases.length);
  const said = JSON.stringify([local.cloud.lambda.logs, local.cloud.events('Stack')]);
  expect(said).not.toMatch(/SECRET|SESSION_TOKEN|AWS4-HMAC|X-Amz-Signature|custom-resource-responses/);
});

test('a stack whose first run fails is gone again', async () => {
  local.cloud.appflow.setNextRun('copy', { status: 'Error', message: 'no' });
  const failure = await local.tryDeploy(version('one'));
  expect(failure?.description.status).toBe('ROLLBACK_COMPLETE');
  expect(local.flow('copy')).toBeUndefined();
});

test('a replaced flow runs before the deployment goes on, and is gone after a rollback', async () => {
  const named = (flowName: string) => (stack: Stack) => onDemandCopy(stack, { flowName, runOnDeploy: RunOnDeploy.onCreate(WAIT) });
  await local.deploy((stack) => void named('copy')(stack));
  const failure = await local.tryDeploy((stack) => refusedAfter(named('other')(stack), stack));
  expect(failure?.description.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(local.flow('other')).toBeUndefined();
  await local.deploy((stack) => void named('other')(stack));
  expect(local.flow('other')!.runs).toHaveLength(1);
  expect(local.flow('copy')).toBeUndefined();
});

describe('a run that takes more time than a custom resource has', () => {
  /** Three custom resources wait, each for no longer than it is told. */
  const waitingFor = (...seconds: number[]) => (stack: Stack) => {
    const flow = onDemandCopy(stack, {
      runOnDeploy: RunOnDeploy.onCreate({ wait: RunWait.untilSuccessful({ timeout: Duration.hours(2) }), cancelOnDelete: true }),
    });
    const parts = flow.node.children.filter((child): child is CfnResource => child instanceof CfnResource && child.cfnResourceType.endsWith('RunCompletion'));
    expect(parts).toHaveLength(seconds.length);
    parts.forEach((part, index) => part.addPropertyOverride('Seconds', seconds[index]));
  };

  test('is waited for by several', async () => {
    local.cloud.appflow.setNextRun('copy', { status: 'Successful', settlesAfter: { looks: 5 } });
    await local.deploy(waitingFor(0, 0, 1200));
    expect(runs()).toEqual(['Successful']);
    expect(local.cloud.stateMachines.executions.map(({ waitedSeconds }) => waitedSeconds)).toEqual([0, 0, expect.any(Number)]);
    expect(local.cloud.stateMachines.executions[2].waitedSeconds).toBeGreaterThanOrEqual(60);
  });

  test('and is not over in the end fails the deployment, and is cancelled before the flow is deleted', async () => {
    local.cloud.appflow.setNextRun('copy', { status: 'Successful', settlesAfter: { looks: 100 } });
    const failure = await local.tryDeploy(waitingFor(0, 0, 0));
    expect(failure?.description.status).toBe('ROLLBACK_COMPLETE');
    expect(failure?.message).toContain("of flow 'copy' was not over within 7200 seconds: it is InProgress; look at the run in the AppFlow console,");
    expect(local.newCalls().filter((operation) => /^Cancel|^Delete/.test(operation))).toEqual(['CancelFlowExecutions', 'DeleteFlow']);
  });
});

test('a run in progress is cancelled when the deployment that has started it is rolled back, and before the flow is deleted', async () => {
  const OPTIONS = { cancelOnDelete: true };
  await local.deploy(version('one', OPTIONS));
  local.cloud.appflow.setNextRun('copy', { status: 'Successful', settlesAfter: { looks: 100 } });
  await local.tryDeploy((stack) => refusedAfter(onDemandCopy(stack, { description: 'two', runOnDeploy: RunOnDeploy.onChange(OPTIONS) }), stack));
  expect(runs().at(-1)).toBe('Canceled');

  local.cloud.appflow.setNextRun('copy', { status: 'Successful', settlesAfter: { looks: 100 } });
  await local.deploy(version('three', OPTIONS));
  expect(runs().at(-1)).toBe('InProgress');
  const flow = local.flow('copy')!;
  await local.destroy();
  expect(flow.runs[0].status).toBe('Canceled');
});

test('a deployment whose requests are delivered twice runs the flow once', async () => {
  local.cloud.cloudformation.duplicateDelivery = true;
  await local.deploy(version('one'));
  expect(runs()).toEqual(['Successful']);
  await local.deploy(version('two'));
  expect(runs()).toEqual(['Successful', 'Successful']);
  await local.destroy();
});

describeWithFaults('run and wait', {
  before: version('one'),
  define: (stack) => void onDemandCopy(stack, { description: 'two', tasks: [Mapping.all(), Mask.all('name')], runOnDeploy: RunOnDeploy.onChange(WAIT) }),
}, ['lost-response']);
