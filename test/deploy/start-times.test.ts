import { CustomerProfilesDestination, DataPull, FlowSchedule, type FlowScheduleOptions, ScheduleTime, type ScheduledFlowProps } from 'appflow-constructs';
import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { refusedAfter, scheduledCopy } from './copying-flow';
import { LocalStack } from './local-stack';

const DAY = 86_400;
const MARGIN = 300;

let local: LocalStack;
beforeEach(async () => {
  local = await LocalStack.start();
});
afterEach(async () => {
  await local.stop();
});

type Options = FlowScheduleOptions & { readonly interval?: Duration };

const starting = (startTime: ScheduleTime, props: Partial<ScheduledFlowProps> = {}, { interval = Duration.hours(1), ...options }: Options = {}) =>
  (stack: Stack) => scheduledCopy(stack, { schedule: FlowSchedule.every(interval, { startTime, ...options }), ...props });
const define = (...args: Parameters<typeof starting>) => (stack: Stack) => void starting(...args)(stack);

const startOf = (name = 'copy') => Math.floor(
  new Date(local.flow(name)!.definition.triggerConfig.triggerProperties!.Scheduled!.scheduleStartTime!).getTime() / 1000);

/** The first time from so many seconds after a deployment on that is a multiple of the period, and its offset. */
async function expectNext(deployment: () => Promise<unknown>, period: number, { margin = MARGIN, offset = 0 } = {}) {
  const next = (time: number) => Math.ceil((time / 1000 + margin - offset) / period) * period + offset;
  const before = Date.now();
  await deployment();
  expect([next(before), next(Date.now())]).toContain(startOf());
  return startOf();
}

test('a schedule starts at its next full period, and later deployments that change something else keep that', async () => {
  const start = await expectNext(async () => local.deploy(define(ScheduleTime.nextPeriod())), 3600);
  await local.deploy(define(ScheduleTime.nextPeriod(), { description: 'changed' }));
  await local.deploy(define(ScheduleTime.nextPeriod(), { description: 'changed' }, { endTime: ScheduleTime.epochSeconds(start + DAY) }));
  await local.deploy(define(ScheduleTime.nextPeriod(), { pull: DataPull.incremental() }));
  expect(startOf()).toBe(start);
  await local.deploy(define(ScheduleTime.nextPeriod(), { pull: DataPull.incremental(), flowName: 'other' }));
  expect(startOf('other')).toBe(start);
  expect(local.flow('other')!.status).toBe('Active');
});

test('the start changes with its settings and with the schedule', async () => {
  await expectNext(async () => local.deploy(define(ScheduleTime.nextPeriod())), 3600);
  await expectNext(async () => local.deploy(define(ScheduleTime.nextPeriod({ margin: Duration.days(2) }))), 3600, { margin: 2 * DAY });
  await expectNext(async () => local.deploy(define(ScheduleTime.nextPeriod({ phase: Duration.minutes(25) }))), 3600, { offset: 1500 });
  await expectNext(async () => local.deploy(define(ScheduleTime.nextPeriod(), {}, { interval: Duration.days(7) })), 7 * DAY);
  await expectNext(async () => local.deploy(define(ScheduleTime.nextUtc('02:30'))), DAY, { offset: 9000 });
});

test.each<[string, Partial<ScheduledFlowProps>]>([
  ['CloudFormation', {}], ['the custom resource', { destination: new CustomerProfilesDestination({ domainName: 'domain' }) }],
])('a rollback brings the start back, of a flow that %s makes', async (_, props) => {
  const start = await expectNext(async () => local.deploy(define(ScheduleTime.nextPeriod(), props)), 3600);
  const failure = await local.tryDeploy((stack) => refusedAfter(starting(ScheduleTime.nextUtc('02:30'), props)(stack), stack));
  expect(failure?.description.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(startOf()).toBe(start);
  await local.deploy(define(ScheduleTime.nextPeriod(), { ...props, description: 'changed' }));
  expect(startOf()).toBe(start);
});

/** As if the deployment had been so long ago: CloudFormation remembers the times in the id and the attributes of the resource. */
function backdate(seconds: number) {
  const { resources } = local.cloud.cloudformation.get('Stack');
  const timing = [...resources.values()].find(({ type }) => type === 'Custom::AppFlowFlowTiming')!;
  const start = startOf();
  const physicalId = timing.physicalId.replace(String(start), String(start - seconds));
  resources.set(timing.logicalId, { ...timing, physicalId, attributes: { StartTime: String(start - seconds) } });
  local.flow('copy')!.definition.triggerConfig.triggerProperties!.Scheduled!.scheduleStartTime = new Date((start - seconds) * 1000);
  return start - seconds;
}

test('a rollback brings a start back that has passed, and a deployment of the same settings does not', async () => {
  const everyHour = ScheduleTime.nextPeriod();
  await local.deploy(define(everyHour));
  const start = backdate(30 * DAY);
  await local.deploy(define(everyHour, { description: 'changed' }));
  expect(startOf()).toBe(start);
  await local.tryDeploy((stack) => refusedAfter(starting(ScheduleTime.nextUtc('02:30'))(stack), stack));
  expect(startOf()).toBe(start);
  await expectNext(async () => local.deploy(define(ScheduleTime.nextUtc('02:30'))), DAY, { offset: 9000 });
  await expectNext(async () => local.deploy(define(everyHour)), 3600);
});

test('a schedule does not start after its end', async () => {
  const endTime = ScheduleTime.epochSeconds(Math.floor(Date.now() / 1000) + 400);
  const failure = await local.tryDeploy(define(ScheduleTime.nextPeriod(), {}, { interval: Duration.days(365), endTime }));
  expect(failure?.reasons.join()).toMatch(/the schedule of flow 'copy' would not start before it ends: the start is .*start-after-end/);
  expect(local.cloud.appflow.flows.size).toBe(0);
});

test('the period is worked out on deployment where the expression is known only then', async () => {
  const given = (expression: string) => (stack: Stack) => {
    const parameter = new CfnParameter(stack, 'Expression', { default: expression });
    scheduledCopy(stack, { schedule: FlowSchedule.expression(parameter.valueAsString, { startTime: ScheduleTime.nextPeriod() }) });
  };
  await expectNext(async () => local.deploy(given('rate(6hours)')), 6 * 3600);
  const failure = await local.tryDeploy(given('cron(0 7 * * ? *)'));
  expect(failure?.reasons.join()).toMatch(/got 'cron\(0 7 \* \* \? \*\)', allowed a rate in minutes, .*schedule-without-period/);
});
