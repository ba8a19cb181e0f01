import { BackfilledFlow, type BackfilledFlowProps, type BackfillOptions, FlowSchedule, Mapping, Mask, ScheduleTime } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import { copyingEnds, refusedAfter } from './copying-flow';
import { LocalStack } from './local-stack';

const DAY = 24 * 60 * 60;
const FROM = Date.UTC(2026, 0, 1) / 1000;
const TO = FROM + 90 * DAY;

let local: LocalStack;
beforeEach(async () => {
  local = await LocalStack.start();
});
afterEach(async () => {
  await local.stop();
});

/** A flow with a history of 90 days in windows of 30. */
function orders(stack: Stack, backfill: Partial<BackfillOptions> = {}, props: Partial<BackfilledFlowProps> = {}): BackfilledFlow {
  return new BackfilledFlow(stack, 'Orders', {
    flowName: 'orders',
    ...copyingEnds(stack),
    schedule: FlowSchedule.every(Duration.hours(1)),
    tasks: [Mapping.all()],
    ...props,
    backfill: {
      from: ScheduleTime.epochSeconds(FROM), to: ScheduleTime.epochSeconds(TO), timestampField: 'changed', timeout: Duration.minutes(48), ...backfill,
    },
  });
}

const since = (days: number): Partial<BackfillOptions> => ({ from: ScheduleTime.epochSeconds(FROM + days * DAY) });

const HISTORY = [[0, 30], [30, 60], [60, 90]];

/** The windows that the history was run for since the last look, in days after its beginning, without what they reach into others. */
function newWindows() {
  const windows = local.cloud.calls.of('UpdateFlow').filter(({ via, outcome }) => via === 'http' && outcome === 'ok').map(({ input }) => {
    const { tasks } = input as { tasks: { sourceFields: string[]; taskProperties: Record<string, string> }[] };
    const { LOWER_BOUND: lower, UPPER_BOUND: upper } = tasks.find(({ sourceFields }) => sourceFields[0] === 'changed')!.taskProperties;
    return [(Number(lower) / 1000 + 1 - FROM) / DAY, (Number(upper) / 1000 - 1 - FROM) / DAY];
  });
  local.cloud.calls.clear();
  return windows;
}

const firstExecution = () => local.flow('orders')!.definition.triggerConfig.triggerProperties!.Scheduled!.firstExecutionFrom!.getTime() / 1000;
const runs = () => local.flow('orders-history')!.runs.map(({ status }) => status).reverse();

test('the windows are loaded, and then the increments begin where they end', async () => {
  await local.deploy((stack) => orders(stack, { timeout: Duration.hours(1) }));
  const calls = local.cloud.calls.all.map(({ operation, input }) => `${operation} ${(input as { flowName?: string } | undefined)?.flowName}`);
  expect(calls.indexOf('CreateFlow orders')).toBeGreaterThan(calls.lastIndexOf('StartFlow orders-history'));
  expect([newWindows(), runs()]).toEqual([HISTORY, ['Successful', 'Successful', 'Successful']]);
  expect(local.flow('orders')).toMatchObject({ status: 'Active', definition: { sourceFlowConfig: { incrementalPullConfig: { datetimeTypeFieldName: 'changed' } } } });
  expect(firstExecution()).toBe(TO);

  await local.deploy((stack) => orders(stack, {}, { tasks: [Mapping.all(), Mask.all('name')], schedule: FlowSchedule.every(Duration.hours(2)) }));
  expect(newWindows()).toEqual([]);
  await local.deploy((stack) => orders(stack, since(-40)));
  expect(newWindows()).toEqual([[-40, -10], [-10, 0]]);
  expect(firstExecution()).toBe(TO);
  await local.deploy((stack) => orders(stack, { ...since(-40), revision: 'again', window: Duration.days(130) }));
  expect(newWindows()).toEqual([[-40, 90]]);

  await local.destroy();
  const { appflow, identities, lambda, s3 } = local.cloud;
  expect([appflow.flows.size, identities.roleNames, lambda.functionNames, s3.bucketNames]).toEqual([0, [], [], []]);
}, 60_000);

test('a window that cannot be loaded fails the deployment, before there are increments', async () => {
  local.cloud.appflow.setNextRun('orders-history', { status: 'Successful' });
  local.cloud.appflow.setNextRun('orders-history', { status: 'Error', message: 'INVALID_FIELD: changed' });
  const failure = await local.tryDeploy((stack) => orders(stack));
  expect(failure?.message).toMatch(
    /window 2 of 3 of the history of flow 'orders-history', 2026-01-31T00:00:00Z to 2026-03-02T00:00:00Z, is not loaded: run '.+' .*"INVALID_FIELD: changed"/,
  );
  expect(failure?.description.status).toBe('ROLLBACK_COMPLETE');
  expect(local.cloud.calls.of('CreateFlow')).toHaveLength(1);
  expect(local.cloud.appflow.flows.size).toBe(0);
  newWindows();
  await local.deploy((stack) => orders(stack));
  expect(newWindows()).toEqual(HISTORY);
}, 60_000);

test('an update that fails leaves the increments as they were, and its rollback loads nothing', async () => {
  await local.deploy((stack) => orders(stack));
  const before = structuredClone(local.flow('orders')!.definition);
  newWindows();

  local.cloud.appflow.setNextRun('orders-history', { status: 'Successful', putFailuresCount: 0 });
  local.cloud.appflow.setNextRun('orders-history', { status: 'Error', message: 'gone' });
  const failure = await local.tryDeploy((stack) => orders(stack, since(-40), { description: 'new' }));
  expect([failure?.description.status, newWindows()]).toEqual(['UPDATE_ROLLBACK_COMPLETE', [[-40, -10], [-10, 0]]]);

  const elsewhere = await local.tryDeploy((stack) => refusedAfter(orders(stack, since(-10), { description: 'new' }).flow, stack));
  expect([elsewhere?.description.status, newWindows()]).toEqual(['UPDATE_ROLLBACK_COMPLETE', [[-10, 0]]]);
  expect(local.flow('orders')).toMatchObject({ status: 'Active', definition: before });

  await local.deploy((stack) => orders(stack, since(-10), { description: 'new' }));
  expect([newWindows(), local.flow('orders')!.definition.description]).toEqual([[[-10, 0]], 'new']);
}, 60_000);

test('without an end the history ends with the deployment that loads it, whatever is delivered twice', async () => {
  local.cloud.cloudformation.duplicateDelivery = true;
  const begun = Math.floor(Date.now() / 1000);
  await local.deploy((stack) => orders(stack, { to: undefined, window: Duration.days(365) }));
  const end = firstExecution();
  expect(end >= begun && end <= Date.now() / 1000).toBe(true);
  expect(newWindows()[0]).toEqual([0, (end - FROM) / DAY]);
  expect(runs()).toEqual(['Successful']);

  await local.deploy((stack) => orders(stack, { ...since(-1), to: undefined, window: Duration.days(365) }));
  expect([firstExecution(), newWindows()[0], runs().length]).toEqual([end, [-1, 0], 2]);
}, 60_000);
