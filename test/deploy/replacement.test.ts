import {
  CustomerProfilesDestination, DataPull, FlowActivation, FlowSchedule, S3Destination, S3Source, type ScheduledFlowProps, ScheduleTime,
} from 'appflow-constructs';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { refusedAfter, scheduledCopy } from './copying-flow';
import { LocalStack } from './local-stack';
import { describeWithFaults } from './step-with-faults';

const STOPPED_FOR = 'appflow-constructs:stopped-for';
const DAY = 86_400;
const HOUR = 3600;

/** An incremental flow, which another name replaces. */
const pulling = (flowName: string, props: Partial<ScheduledFlowProps> = {}) => (stack: Stack) =>
  scheduledCopy(stack, { flowName, pull: DataPull.incremental(), ...props });
const define = (...args: Parameters<typeof pulling>) => (stack: Stack) => void pulling(...args)(stack);
const refused = (...args: Parameters<typeof pulling>) => (stack: Stack) => refusedAfter(pulling(...args)(stack), stack);

const now = () => Math.floor(Date.now() / 1000);

describe('a flow that replaces another', () => {
  let local: LocalStack;
  beforeEach(async () => {
    local = await LocalStack.start();
  });
  afterEach(async () => {
    await local.stop();
  });

  /** Where the first run of a flow starts to read. */
  const from = (name: string) => Math.floor(
    new Date(local.flow(name)!.definition.triggerConfig.triggerProperties!.Scheduled!.firstExecutionFrom!).getTime() / 1000);

  /** Lets the schedule run a flow, as of so many seconds ago. */
  function run(name: string, secondsAgo: number, outcome: Parameters<typeof local.cloud.appflow.setNextRun>[1] = { status: 'Successful' }) {
    local.cloud.appflow.setNextRun(name, { settlesAfter: { looks: 0 }, ...outcome });
    return Math.floor(local.cloud.appflow.trigger(name, new Date((now() - secondsAgo) * 1000)).pull!.to.getTime() / 1000);
  }

  const looks = () => local.newCalls().filter((operation) => operation === 'DescribeFlowExecutionRecords').length;

  test('starts where the other has stopped, less the overlap', async () => {
    await local.deploy(define('copy'));
    expect(from('copy')).toBeLessThanOrEqual(now() - 30 * DAY);
    expect(from('copy')).toBeGreaterThan(now() - 30 * DAY - 60);
    run('copy', 3 * DAY);
    const end = run('copy', 2 * DAY);
    await local.deploy(define('other'));
    expect(from('other')).toBe(end - 60);
    expect(local.flow('copy')).toBeUndefined();
    expect(local.flow('other')!.status).toBe('Active');

    const second = run('other', DAY);
    await local.deploy(define('third', { pull: DataPull.incremental({ overlap: Duration.hours(2) }) }));
    expect(from('third')).toBe(second - 2 * HOUR);
    await local.deploy(define('third', { pull: DataPull.incremental({ overlap: Duration.hours(2) }), description: 'changed' }));
    expect(from('third')).toBe(second - 2 * HOUR);
  });

  test('never leaves a gap, over several replacements in a row', async () => {
    let read = Infinity;
    for (const [index, runs] of [['Successful', 'Error'], [], ['Error'], ['Successful', 'Successful'], []].entries()) {
      const name = `flow-${index}`;
      await local.deploy(define(name));
      expect(from(name)).toBeLessThanOrEqual(read);
      read = index === 0 ? from(name) : read;
      for (const [nth, status] of runs.entries()) {
        const end = run(name, (50 - 10 * index - nth) * HOUR, { status: status as 'Successful' });
        read = status === 'Successful' ? end : read;
      }
    }
    // The flows that have read nothing have not moved the place either.
    expect(from('flow-4')).toBe(read - 60);
  });

  test.each<[string, (stack: Stack) => void, boolean]>([
    ['has failed ever since', define('other'), true],
    ['has never run', define('other'), false],
  ])('starts where the other did, if that %s', async (_, next, hasRun) => {
    const schedule = FlowSchedule.every(Duration.hours(1), { firstExecutionFrom: ScheduleTime.epochSeconds(1_700_000_000) });
    await local.deploy(define('copy', { schedule }));
    if (hasRun) {
      run('copy', DAY, { status: 'Error', message: 'the application is away' });
    }
    await local.deploy(next);
    expect(from('other')).toBe(1_700_000_000);
  });

  test('reads no later than by itself what it reads from another object', async () => {
    await local.deploy(define('copy'));
    run('copy', HOUR);
    const elsewhere = (stack: Stack) => ({ source: new S3Source(new Bucket(stack, 'Elsewhere', { removalPolicy: RemovalPolicy.DESTROY }), { prefix: 'in' }) });
    await local.deploy((stack) => void pulling('other', elsewhere(stack))(stack));
    expect(from('other')).toBeLessThanOrEqual(now() - 30 * DAY);
  });

  test('goes on under the name that another destination object gives it', async () => {
    const writingTo = (prefix: string) => (stack: Stack) => {
      const bucket = new Bucket(stack, 'Out', { removalPolicy: RemovalPolicy.DESTROY });
      scheduledCopy(stack, { flowName: undefined, pull: DataPull.incremental(), destination: new S3Destination(bucket, { prefix }) });
    };
    const name = () => [...local.cloud.appflow.flows.keys()].join();
    await local.deploy(writingTo('out'));
    const before = name();
    const end = run(before, HOUR);
    await local.deploy(writingTo('elsewhere'));
    expect(name()).not.toBe(before);
    expect(from(name())).toBe(end - 60);
  });

  test('leaves the other stopped where that is retained', async () => {
    const retained = (flowName: string) => (stack: Stack) => pulling(flowName)(stack).applyRemovalPolicy(RemovalPolicy.RETAIN);
    await local.deploy(retained('copy'));
    await local.deploy(retained('other'));
    expect(local.flow('copy')).toMatchObject({ status: 'Suspended', tags: { [STOPPED_FOR]: 'other' } });
    expect(local.flow('other')!.status).toBe('Active');
  });

  test('waits for the run of the other', async () => {
    await local.deploy(define('copy'));
    const end = run('copy', HOUR, { status: 'Successful', settlesAfter: { looks: 3 } });
    local.newCalls();
    await local.deploy(define('other'));
    expect(from('other')).toBe(end - 60);
    expect(looks()).toBeGreaterThan(1);
  });

  test('does not come while a run of the other does not end, and the other runs again', async () => {
    await local.deploy(define('copy'));
    const before = structuredClone(local.flow('copy')!.definition);
    run('copy', HOUR, { status: 'Successful', settlesAfter: { looks: 1000 } });
    local.newCalls();
    const failure = await local.tryDeploy(define('other'));
    expect(failure?.description.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failure?.reasons.join()).toMatch(/flow 'copy' is to be replaced by 'other', .* its run [\w-]+ is in progress since .*predecessor-busy/);
    expect(local.flow('copy')).toMatchObject({ status: 'Active', definition: before });
    expect(local.flow('copy')!.tags).not.toHaveProperty(STOPPED_FOR);
    expect(local.flow('other')).toBeUndefined();
    expect(looks()).toBeLessThan(10);

    const [run1] = local.flow('copy')!.runs;
    local.cloud.appflow.invoke('CancelFlowExecutions', { flowName: 'copy', executionIds: [run1.id] });
    await local.deploy(define('other'));
    expect(from('other')).toBe(Math.floor(new Date(before.triggerConfig.triggerProperties!.Scheduled!.firstExecutionFrom!).getTime() / 1000));
  });

  test('is gone after a rollback, and the other runs as if nothing had happened', async () => {
    await local.deploy(define('copy'));
    run('copy', HOUR);
    const before = structuredClone(local.flow('copy')!);
    expect((await local.tryDeploy(refused('other')))?.description.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    const { definition, status, tags } = before;
    expect(local.flow('copy')).toMatchObject({ definition, status });
    expect(local.flow('copy')!.tags).toEqual(tags);
    expect(local.flow('other')).toBeUndefined();

    const end = run('copy', 60);
    await local.deploy(define('other'));
    expect(from('other')).toBe(end - 60);
  });

  test.each<[string, Partial<ScheduledFlowProps>]>([
    ['the custom resource leaves it as found', { activation: FlowActivation.leaveAsFound() }],
    ['nobody manages it', { activation: FlowActivation.manual() }],
  ])('leaves a flow suspended that somebody has suspended, where %s and the deployment fails', async (_, props) => {
    await local.deploy(define('copy', props));
    local.cloud.appflow.invoke('StartFlow', { flowName: 'copy' });
    const end = run('copy', HOUR);
    local.cloud.appflow.invoke('StopFlow', { flowName: 'copy' });
    await local.tryDeploy(refused('other', props));
    expect(local.flow('copy')!.status).toBe('Suspended');
    expect(local.flow('copy')!.tags).not.toHaveProperty(STOPPED_FOR);
    await local.deploy(define('other', props));
    expect(from('other')).toBe(end - 60);
  });

  test('starts anew where that is asked for', async () => {
    const props = { pull: DataPull.incremental({ continueOnReplacement: false }) };
    await local.deploy(define('copy'));
    run('copy', HOUR);
    await local.deploy(define('copy', props));
    await local.deploy(define('other', props));
    expect(local.flow('other')!.definition.triggerConfig.triggerProperties!.Scheduled!.firstExecutionFrom).toBeUndefined();
    local.newCalls();
    await local.deploy(define('other'));
    expect(from('other')).toBeLessThanOrEqual(now() - 30 * DAY);
    expect(looks()).toBe(0);
  });

  test('starts anew where the other is gone', async () => {
    await local.deploy(define('copy'));
    run('copy', HOUR);
    local.cloud.appflow.invoke('DeleteFlow', { flowName: 'copy', forceDelete: true });
    await local.deploy(define('other'));
    expect(from('other')).toBeLessThanOrEqual(now() - 30 * DAY);
  });

  test('does not come where the other is no longer marked', async () => {
    await local.deploy(define('copy'));
    local.cloud.appflow.invoke('UntagResource', { resourceArn: local.flow('copy')!.arn, tagKeys: ['appflow-constructs:stack'] });
    const failure = await local.tryDeploy(define('other'));
    expect(failure?.reasons.join()).toMatch(/flow 'copy' is to be replaced by 'other', .*predecessor-not-marked/);
    expect(local.flow('copy')!.status).toBe('Active');
  });

  test('goes on where the custom resource makes both', async () => {
    const props = { destination: new CustomerProfilesDestination({ domainName: 'domain' }) };
    await local.deploy(define('copy', props));
    const end = run('copy', HOUR);
    await local.tryDeploy(refused('other', props));
    expect(local.flow('copy')!.status).toBe('Active');
    expect(local.flow('copy')!.tags).not.toHaveProperty(STOPPED_FOR);
    await local.deploy(define('other', props));
    expect(from('other')).toBe(end - 60);
    expect(local.flow('other')!.status).toBe('Active');
  });

  test('goes on though every request is delivered twice', async () => {
    local.cloud.cloudformation.duplicateDelivery = true;
    await local.deploy(define('copy'));
    const end = run('copy', HOUR);
    await local.deploy(define('other'));
    expect(from('other')).toBe(end - 60);
    expect(local.flow('other')!.status).toBe('Active');
  });

  test('a flow that pulls all records needs none of this', async () => {
    await local.deploy(define('copy', { pull: DataPull.complete() }));
    await local.deploy(define('other', { pull: DataPull.complete() }));
    expect(local.newCalls()).not.toContain('DescribeFlowExecutionRecords');
    expect(Object.values(local.cloud.describe('Stack').resources).map(({ type }) => type)).not.toContain('Custom::AppFlowFlowTiming');
  });
});

/** A flow starts to read at a time of its own in each cloud, unless it is told to. */
const told = { schedule: FlowSchedule.every(Duration.hours(1), { firstExecutionFrom: ScheduleTime.epochSeconds(1_700_000_000) }) };

// The way back has all calls of the way there, so each of them is met by both.
describeWithFaults('a replacement', { before: define('copy', told), define: define('other', told), lastOfDeployment: 'StartFlow' }, ['access-denied']);
describeWithFaults('a replacement that is rolled back', {
  before: define('copy', told), define: refused('other', told), fails: true, lastOfDeployment: 'CreateFlow',
}, ['lost-response']);
