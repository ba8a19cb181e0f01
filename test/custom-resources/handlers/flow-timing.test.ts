import * as fc from 'fast-check';
import { CustomResource } from './custom-resource';
import { InMemoryAppFlow, lost, refused } from './in-memory-appflow';
import { ReceivedAnswer, ResponseBucket } from './response-bucket';
import { SimulatedTime } from './simulated-time';
import { answer, CustomResourceEvent, Properties } from '../../../lib/custom-resources/handlers/cloudformation';
import { STOPPED_FOR_TAG, timeFlow } from '../../../lib/custom-resources/handlers/flow-timing';
import { ScheduleStart } from '../../../lib/custom-resources/handlers/schedule-start';
import { TimingId } from '../../../lib/custom-resources/handlers/timing-id';

const RUNS = Number(process.env.APPFLOW_PROPERTY_RUNS ?? 150);
const STACK_TAG = 'appflow-constructs:stack';
const DAY = 86_400;
const at = (text: string) => Date.parse(text) / 1000;
const NOW = at('2026-03-04T10:17:30Z');

const bucket = new ResponseBucket();
let appflow: InMemoryAppFlow;
let resource: CustomResource;
let now: number;
let milliseconds: number;
let isRollingBack: boolean;
let questions: number;

async function deliver(event: CustomResourceEvent): Promise<ReceivedAnswer> {
  const time = new SimulatedTime(milliseconds);
  const stack = { isRollingBack: async () => ++questions > 0 && isRollingBack };
  await answer({ ...event, ResponseURL: bucket.url }, { getRemainingTimeInMillis: () => 30_000 },
    request => timeFlow(request, { appflow, stack, time, now: () => now * 1000 }));
  return bucket.answer;
}

beforeAll(() => bucket.open());
afterAll(() => bucket.close());
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  appflow = new InMemoryAppFlow();
  resource = new CustomResource('Custom::AppFlowFlowTiming', deliver);
  now = NOW;
  milliseconds = 890_000;
  isRollingBack = false;
  questions = 0;
});

const nextPeriod = (expression: string, margin = '300', end?: string) => ({
  At: 'NextPeriod', ScheduleExpression: expression, MarginSeconds: margin, ...end && { EndTime: String(at(end)) },
});
const nextUtc = (timeOfDay: string, margin = '300', end?: string) => ({
  At: 'NextTimeOfDay', ScheduleExpression: 'rate(1days)', TimeOfDay: String(at(`1970-01-01T${timeOfDay}Z`)), MarginSeconds: margin, ...end && { EndTime: String(at(end)) },
});
const phased = (start: Properties, phase: number) => ({ ...start, PhaseSeconds: String(phase) });
const starting = (Start: Properties, FlowName = 'A1') => ({ FlowName, Start });
const startOf = ({ Data }: ReceivedAnswer) => new Date(Number(Data!.StartTime) * 1000).toISOString().replace('.000Z', 'Z');

describe('a schedule that is created starts', () => {
  test.each([
    ['every 5 minutes', nextPeriod('rate(5minutes)'), '2026-03-04T10:17:30Z', '2026-03-04T10:25:00Z'],
    ['every 5 minutes, where the margin reaches a period exactly', nextPeriod('rate(5minutes)'), '2026-03-04T10:20:00Z', '2026-03-04T10:25:00Z'],
    ['every 5 minutes, where the margin reaches just beyond a period', nextPeriod('rate(5minutes)'), '2026-03-04T10:20:00.001Z', '2026-03-04T10:30:00Z'],
    ['every hour', nextPeriod('rate(1hours)'), '2026-03-04T10:17:30Z', '2026-03-04T11:00:00Z'],
    ['every hour, shortly before it ends', nextPeriod('rate(1hours)'), '2026-03-04T10:55:01Z', '2026-03-04T12:00:00Z'],
    ['every hour, without a margin', nextPeriod('rate(1hours)', '0'), '2026-03-04T10:59:59Z', '2026-03-04T11:00:00Z'],
    ['every 6 hours', nextPeriod('rate(6hours)'), '2026-03-04T10:17:30Z', '2026-03-04T12:00:00Z'],
    ['every 6 hours, over midnight', nextPeriod('rate(6hours)'), '2026-03-04T23:00:00Z', '2026-03-05T00:00:00Z'],
    ['every 5 hours, which a day is no multiple of', nextPeriod('rate(5hours)'), '2026-03-04T10:17:30Z', '2026-03-04T11:00:00Z'],
    ['every day', nextPeriod('rate(1days)'), '2026-03-04T10:17:30Z', '2026-03-05T00:00:00Z'],
    ['every 7 days', nextPeriod('rate(7days)'), '2026-03-04T10:17:30Z', '2026-03-05T00:00:00Z'],
    ['every 7 days, on a Thursday', nextPeriod('rate(7days)'), '2026-03-05T10:17:30Z', '2026-03-12T00:00:00Z'],
    ['every week', nextPeriod('rate(1weeks)'), '2026-03-05T10:17:30Z', '2026-03-12T00:00:00Z'],
    ['every hour, spelled otherwise', nextPeriod('rate(1 hour)'), '2026-03-04T10:17:30Z', '2026-03-04T11:00:00Z'],
    ['at a time of day that is still ahead', nextUtc('14:30:00'), '2026-03-04T10:17:30Z', '2026-03-04T14:30:00Z'],
    ['at a time of day that has passed', nextUtc('02:00:00'), '2026-03-04T10:17:30Z', '2026-03-05T02:00:00Z'],
    ['at a time of day that the margin reaches exactly', nextUtc('10:22:30'), '2026-03-04T10:17:30Z', '2026-03-04T10:22:30Z'],
    ['at a time of day that the margin passes', nextUtc('10:22:29'), '2026-03-04T10:17:30Z', '2026-03-05T10:22:29Z'],
    ['at a time of day, over the end of February', nextUtc('02:00:00', '3600'), '2028-02-28T01:30:00Z', '2028-02-29T02:00:00Z'],
    ['at midnight', nextUtc('00:00:00'), '2026-12-31T23:54:59Z', '2027-01-01T00:00:00Z'],
    ['some time into an hour', phased(nextPeriod('rate(1hours)'), 1500), '2026-03-04T10:17:30Z', '2026-03-04T10:25:00Z'],
    ['some time into an hour that the margin reaches exactly', phased(nextPeriod('rate(1hours)'), 1350), '2026-03-04T10:17:30Z', '2026-03-04T10:22:30Z'],
    ['some time into an hour that the margin passes', phased(nextPeriod('rate(1hours)'), 1349), '2026-03-04T10:17:30Z', '2026-03-04T11:22:29Z'],
    ['at the start of an hour, by a phase of nothing', phased(nextPeriod('rate(1hours)'), 0), '2026-03-04T10:17:30Z', '2026-03-04T11:00:00Z'],
    ['some time into a day', phased(nextPeriod('rate(1days)'), 82_800), '2026-03-04T10:17:30Z', '2026-03-04T23:00:00Z'],
    ['some time into the day before', phased(nextPeriod('rate(1days)'), 82_800), '2026-03-04T23:30:00Z', '2026-03-05T23:00:00Z'],
    ['by what is left of a phase that is longer than the interval', phased(nextPeriod('rate(1hours)'), 5400), '2026-03-04T10:17:30Z', '2026-03-04T10:30:00Z'],
    ['some time after a time of day', phased(nextUtc('02:00:00'), 600), '2026-03-04T10:17:30Z', '2026-03-05T02:10:00Z'],
    ['some time after a time of day that has just passed', phased(nextUtc('10:00:00'), 1800), '2026-03-04T10:17:30Z', '2026-03-04T10:30:00Z'],
    ['shortly before its end', nextPeriod('rate(1hours)', '300', '2026-03-04T11:00:01Z'), '2026-03-04T10:17:30Z', '2026-03-04T11:00:00Z'],
  ])('%s', async (_, start, when, expected) => {
    now = at(when);
    const result = await resource.deploy(starting(start));
    expect(startOf(result)).toBe(expected);
    expect(result.Data).toEqual({ StartTime: String(at(expected)), FirstExecutionFrom: '' });
    expect(appflow.calls).toEqual([]);
  });

  test.each([
    ['not after its end', nextPeriod('rate(1hours)', '300', '2026-03-04T11:00:00Z'), 'the schedule of flow \'A1\' would not start before it ends: '
      + 'the start is 2026-03-04T11:00:00.000Z, the end 2026-03-04T11:00:00.000Z; move the endTime of the schedule or leave it out, '
      + 'shorten the margin of the start, or take the flow out of the stack, and deploy again (appflow-constructs:start-after-end)'],
    ['at no period of a cron expression', nextPeriod('cron(0 7 * * ? *)'), /got 'cron\(0 7 \* \* \? \*\)', allowed a rate .*schedule-without-period/],
    ['at no period of a month', nextPeriod('rate(1months)'), 'schedule-without-period'],
    ['at no period of nothing', nextPeriod('rate(0minutes)'), 'schedule-without-period'],
  ])('%s', async (_, start, reason) => {
    const { Status, Reason } = await resource.deploy(starting(start));
    expect({ Status, Reason }).toEqual({ Status: 'FAILED', Reason: typeof reason === 'string' ? expect.stringContaining(reason) : expect.stringMatching(reason) });
  });

  test('ahead of the margin, aligned, as early as possible, and before the end: always', () => {
    const seconds = fc.integer({ min: 1_500_000_000, max: 4_000_000_000 });
    const period = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom(['minutes', 60] as const, ['hours', 3600] as const, ['days', DAY] as const));
    fc.assert(fc.property(
      seconds, fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 2 * DAY }), period,
      fc.option(fc.integer({ min: 0, max: DAY - 1 })), fc.option(fc.integer({ min: 1, max: 3 * DAY })),
      fc.option(fc.integer({ min: 0, max: 2 * DAY })),
      (second, fraction, margin, [count, [unit, length]], timeOfDay, left, phase) => {
        const instant = second + fraction / 1000;
        const end = left === null ? undefined : second + left;
        const declared = {
          ...timeOfDay === null
            ? { At: 'NextPeriod', ScheduleExpression: `rate(${count}${unit})` }
            : { At: 'NextTimeOfDay', ScheduleExpression: 'rate(1days)', TimeOfDay: String(timeOfDay) },
          MarginSeconds: String(margin),
          ...phase !== null && { PhaseSeconds: String(phase) },
          ...end !== undefined && { EndTime: String(end) },
        };
        const step = timeOfDay === null ? count * length : DAY;
        const offset = (timeOfDay ?? 0) + (phase ?? 0);
        let start: number;
        try {
          start = new ScheduleStart('A1', declared).next(instant);
        } catch {
          // No aligned time is between the margin and the end.
          const first = Math.ceil((instant + margin - offset) / step) * step + offset;
          expect(first).toBeGreaterThanOrEqual(end!);
          return;
        }
        expect(start).toBeGreaterThanOrEqual(instant + margin);
        expect(start - step).toBeLessThan(instant + margin);
        expect((start - offset) % step).toBe(0);
        expect(start).toBeLessThan(end ?? Infinity);
      },
    ), { numRuns: RUNS * 4 });
  });
});

describe('a start that was worked out', () => {
  const HOURLY = starting(nextPeriod('rate(1hours)'));
  beforeEach(async () => {
    expect(startOf(await resource.deploy(HOURLY))).toBe('2026-03-04T11:00:00Z');
    now = at('2026-06-01T08:30:00Z');
  });

  test.each([
    ['something else changes', { ...HOURLY, ServiceTimeout: '1200' }],
    ['the end of the schedule changes', starting(nextPeriod('rate(1hours)', '300', '2027-01-01T00:00:00Z'))],
    ['the flow begins to be continued', { ...HOURLY, Continuation: { OverlapSeconds: '60' } }],
  ])('stays when %s', async (_, properties) => {
    expect(startOf(await resource.deploy(properties))).toBe('2026-03-04T11:00:00Z');
    expect(resource.answers.at(-1)!.Status).toBe('SUCCESS');
  });

  test.each([
    ['the margin', starting(nextPeriod('rate(1hours)', '600')), '2026-06-01T09:00:00Z'],
    ['the expression', starting(nextPeriod('rate(2hours)')), '2026-06-01T10:00:00Z'],
    ['the phase', starting(phased(nextPeriod('rate(1hours)'), 2700)), '2026-06-01T08:45:00Z'],
    ['what it is aligned to', starting(nextUtc('02:00:00')), '2026-06-02T02:00:00Z'],
  ])('is another one when %s changes, and the old one when that is rolled back', async (_, properties, expected) => {
    isRollingBack = true;
    const { physicalId } = resource.declared!;
    expect(startOf(await resource.deploy(properties, { failsElsewhere: true }))).toBe(expected);
    expect(resource.answers.map(({ PhysicalResourceId, Data }) => [PhysicalResourceId, Data?.StartTime])).toContainEqual([physicalId, String(at('2026-03-04T11:00:00Z'))]);
    expect(startOf(await resource.deploy(properties))).toBe(expected);
  });

  test('is worked out anew when its old settings are deployed again', async () => {
    await resource.deploy(starting(nextPeriod('rate(2hours)')));
    now = at('2026-07-01T00:00:00Z');
    expect(startOf(await resource.deploy(HOURLY))).toBe('2026-07-01T01:00:00Z');
  });

  test('is the same for old settings that come back before it, without a look at the stack', async () => {
    now = NOW;
    await resource.deploy(starting(nextPeriod('rate(2hours)')));
    expect(startOf(await resource.deploy(HOURLY))).toBe('2026-03-04T11:00:00Z');
    expect(questions).toBe(0);
  });

  test('stays in a replacement as long as it lies ahead', async () => {
    now = NOW + 60;
    expect(startOf(await resource.deploy(starting(nextPeriod('rate(1hours)'), 'B1')))).toBe('2026-03-04T11:00:00Z');
    now = at('2026-03-04T10:56:00Z');
    expect(startOf(await resource.deploy(starting(nextPeriod('rate(1hours)'), 'C1')))).toBe('2026-03-04T12:00:00Z');
  });

  test('keeps its phase, and each replacement has the same', async () => {
    const quarterPast = (name: string) => starting(phased(nextPeriod('rate(1hours)'), 900), name);
    now = NOW;
    expect(startOf(await resource.deploy(quarterPast('B1')))).toBe('2026-03-04T11:15:00Z');
    now = at('2026-06-01T08:30:00Z');
    expect(startOf(await resource.deploy({ ...quarterPast('B1'), ServiceTimeout: '1200' }))).toBe('2026-03-04T11:15:00Z');
    expect(startOf(await resource.deploy(quarterPast('C1')))).toBe('2026-06-01T09:15:00Z');
  });

  test('must still come before the end of the schedule', async () => {
    const { Reason } = await resource.deploy(starting(nextPeriod('rate(1hours)', '300', '2026-03-04T11:00:00Z')));
    expect(Reason).toContain('start-after-end');
    expect(resource.answers.at(-1)).toMatchObject({ Status: 'SUCCESS', Data: { StartTime: String(at('2026-03-04T11:00:00Z')) } });
  });
});

test('ids remember times in whatever order deployments and rollbacks come, and stay short', () => {
  const second = fc.option(fc.integer({ min: -1, max: 9_999_999_999 }), { nil: undefined });
  const times = fc.record({ start: second, firstExecutionFrom: second });
  const step = fc.record({ declared: fc.string(), times, isRolledBack: fc.boolean() });
  fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
    let id = TimingId.FIRST.followedBy('first', {});
    for (const { declared, times: next, isRolledBack } of steps) {
      const after = TimingId.parse(`${id.followedBy(declared, next)}`);
      expect(Buffer.byteLength(`${after}`)).toBeLessThanOrEqual(1024);
      expect(after.times).toMatchObject(JSON.parse(JSON.stringify(next)));
      expect(after.isFor(declared)).toBe(true);
      expect(after.predecessor.times).toEqual(id.times);
      id = isRolledBack ? after.predecessor : after;
    }
  }), { numRuns: RUNS });
});

describe('where a flow starts to read', () => {
  const OBJECT = { connectorType: 'Salesforce', object: 'Account' };
  const DEFAULT = NOW - 30 * DAY;
  const END = at('2026-03-04T09:00:00Z');
  const continuing = (FlowName: string, continuation: Properties = {}) => ({ FlowName, Continuation: { OverlapSeconds: '60', SourceObject: OBJECT, ...continuation } });
  const fromOf = ({ Status, Data, Reason }: ReceivedAnswer) => Status === 'SUCCESS' ? Number(Data!.FirstExecutionFrom) : Reason;
  const run = (status: string, end?: number) => ({ executionId: `run-${end}`, status, startedAt: new Date(NOW * 1000), dataPullEndTime: end === undefined ? undefined : new Date(end * 1000) });

  /** A flow that CloudFormation makes, and something activates. */
  async function deployed(name: string, continuation: Properties = {}) {
    const { Data } = await resource.deploy(continuing(name, continuation));
    const flow = appflow.addFlow(name, 'Scheduled', 'Active');
    flow.tags[STACK_TAG] = resource.events[0].StackId;
    flow.firstExecutionFrom = new Date(Number(Data!.FirstExecutionFrom) * 1000);
    return flow;
  }

  test('30 days back, or where the user says', async () => {
    expect(fromOf(await resource.deploy(continuing('A1')))).toBe(DEFAULT);
    const other = new CustomResource('Custom::AppFlowFlowTiming', deliver);
    expect(fromOf(await other.deploy(continuing('B1', { FirstExecutionFrom: '1700000000' })))).toBe(1_700_000_000);
  });

  test('where it did, if it was there before this resource', async () => {
    appflow.addFlow('A1').firstExecutionFrom = new Date(1_600_000_000_000);
    expect(fromOf(await resource.deploy(continuing('A1')))).toBe(1_600_000_000);
  });

  test.each<[string, Properties, number]>([
    ['something else changes', { OverlapSeconds: '120' }, DEFAULT],
    ['the user says something else', { FirstExecutionFrom: '1700000000' }, 1_700_000_000],
  ])('in later deployments in which %s', async (_, change, expected) => {
    await deployed('A1');
    now += 9 * DAY;
    expect(fromOf(await resource.deploy(continuing('A1', change)))).toBe(expected);
    expect(appflow.changes).toEqual([]);
  });

  test('the end of the last successful run of the flow that it replaces, which is stopped', async () => {
    const old = await deployed('A1');
    old.records = [run('Error', END + 900), run('Canceled', END + 600), run('Successful', END), run('Successful', END - 3600)];
    appflow.calls.length = 0;
    expect(fromOf(await resource.deploy(continuing('B1')))).toBe(END - 60);
    expect(old).toMatchObject({ status: 'Suspended', tags: { [STOPPED_FOR_TAG]: 'B1' } });
    const arn = InMemoryAppFlow.arnOf('A1');
    expect(appflow.calls).toEqual(['describeFlow A1', `tag ${arn}`, 'stopFlow A1', 'runs A1']);
  });

  test('with the overlap that the user gives', async () => {
    (await deployed('A1')).records = [run('Successful', END)];
    expect(fromOf(await resource.deploy(continuing('B1', { OverlapSeconds: '3600' })))).toBe(END - 3600);
  });

  test.each<[string, Properties, Properties, number]>([
    ['with another object, no later than it would by itself', {}, { SourceObject: { ...OBJECT, object: 'Lead' } }, DEFAULT],
    ['with another object and a first time to read from', { FirstExecutionFrom: '1700000000' },
      { FirstExecutionFrom: '1700000000', SourceObject: { ...OBJECT, object: 'Lead' } }, 1_700_000_000],
    ['with an earlier time that the user now gives', {}, { FirstExecutionFrom: '1700000000' }, 1_700_000_000],
    ['with a later time that the user now gives', {}, { FirstExecutionFrom: String(NOW) }, END - 60],
    ['with the time that the user gave before', { FirstExecutionFrom: '1700000000' }, { FirstExecutionFrom: '1700000000' }, END - 60],
    ['without the time that the user gave before', { FirstExecutionFrom: '1700000000' }, {}, END - 60],
  ])('in a replacement %s', async (_, before, after, expected) => {
    (await deployed('A1', before)).records = [run('Successful', END)];
    expect(fromOf(await resource.deploy(continuing('B1', after)))).toBe(expected);
  });

  test('where the flow that it replaces did, if none of its runs was successful', async () => {
    const old = await deployed('A1');
    old.firstExecutionFrom = new Date(1_650_000_000_000);
    old.records = [run('Error', END)];
    expect(fromOf(await resource.deploy(continuing('B1')))).toBe(1_650_000_000);
  });

  test('as any other, if the flow that it replaces is gone', async () => {
    await deployed('A1');
    appflow.flows.delete('A1');
    now += 5 * DAY;
    expect(fromOf(await resource.deploy(continuing('B1')))).toBe(DEFAULT + 5 * DAY);
  });

  test('as any other, if the flow that it replaces was not to be continued', async () => {
    await resource.deploy(starting(nextPeriod('rate(1hours)'), 'A1'));
    appflow.addFlow('A1', 'Scheduled', 'Active').records = [run('Successful', END)];
    expect(fromOf(await resource.deploy(continuing('B1')))).toBe(DEFAULT);
    expect(appflow.calls).toEqual([]);
  });

  test('a flow that is not marked is left alone', async () => {
    const old = await deployed('A1');
    delete old.tags[STACK_TAG];
    const { Reason } = await resource.deploy(continuing('B1'));
    expect(Reason).toMatch(/^flow 'A1' is to be replaced by 'B1', .*deploy once without the replacement, .*\(appflow-constructs:predecessor-not-marked\)$/);
    expect(old).toMatchObject({ status: 'Active', tags: {} });
    expect(appflow.changes).toEqual([]);
  });

  test.each(['Suspended', 'Draft', 'Errored'])('a flow that is %s stays so, also when the deployment fails', async (status) => {
    const old = await deployed('A1');
    Object.assign(old, { status, records: [run('Successful', END)] });
    expect(fromOf(await resource.deploy(continuing('B1'), { failsElsewhere: true }))).toBe(END - 60);
    expect(old.status).toBe(status);
    expect(appflow.changes).toEqual([]);
  });

  test('a rollback brings back what was, and the flow runs again', async () => {
    const old = await deployed('A1');
    old.records = [run('Successful', END)];
    const { physicalId } = resource.declared!;
    now += 3600;
    await resource.deploy(continuing('B1'), { failsElsewhere: true });
    expect(resource.answers.slice(-2)).toMatchObject([
      { Status: 'SUCCESS', PhysicalResourceId: physicalId, Data: { FirstExecutionFrom: String(DEFAULT) } }, { Status: 'SUCCESS' },
    ]);
    expect(old.status).toBe('Active');
    expect(old.tags).not.toHaveProperty(STOPPED_FOR_TAG);
  });

  test('a name that comes back later is that of another flow', async () => {
    (await deployed('A1')).records = [run('Successful', END)];
    const second = await deployed('B1');
    appflow.flows.delete('A1');
    second.records = [run('Successful', END + 9 * DAY)];
    now += 10 * DAY;
    expect(fromOf(await resource.deploy(continuing('A1')))).toBe(END + 9 * DAY - 60);
  });

  test('never leaves a gap over several replacements in a row, whether runs and deployments fail or not', async () => {
    const runs = fc.array(fc.record({ isSuccessful: fc.boolean(), after: fc.integer({ min: 1, max: 40 * DAY }) }), { maxLength: 3 });
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ runs, failsBefore: fc.boolean() }), { maxLength: 6 }), async (flows) => {
      appflow = new InMemoryAppFlow();
      resource = new CustomResource('Custom::AppFlowFlowTiming', deliver);
      now = NOW;
      /** All that has changed until then has been read since the first flow was made. */
      let read: number | undefined;
      for (const [index, flow] of flows.entries()) {
        if (flow.failsBefore && index > 0) {
          await resource.deploy(continuing('failed'), { failsElsewhere: true });
          expect(appflow.flows.get(`F${index - 1}`)!.status).toBe('Active');
        }
        const made = await deployed(`F${index}`);
        const from = made.firstExecutionFrom!.getTime() / 1000;
        read ??= from;
        expect(from).toBeLessThanOrEqual(read);
        for (const { isSuccessful, after } of flow.runs) {
          now += after;
          made.records.unshift(run(isSuccessful ? 'Successful' : 'Error', now));
          read = isSuccessful ? now : read;
        }
        appflow.flows.delete(`F${index - 1}`);
        now += 60;
      }
    }), { numRuns: RUNS });
  });

  describe('a run in progress', () => {
    const busy = async (looks: number) => {
      const old = await deployed('A1');
      old.records = [run('InProgress'), run('Successful', END - 3600)];
      const { runs } = appflow;
      appflow.runs = async function* (name) {
        if (looks-- === 0) {
          old.records = [run('Successful', END), run('Successful', END - 3600)];
        }
        yield* runs.call(appflow, name);
      };
      appflow.calls.length = 0;
      return old;
    };

    test('is waited for', async () => {
      const old = await busy(12);
      expect(fromOf(await resource.deploy(continuing('B1')))).toBe(END - 60);
      expect(old.status).toBe('Suspended');
    });

    test('that does not end stops the deployment, and the flow runs again', async () => {
      const old = await busy(Infinity);
      const { Reason } = await resource.deploy(continuing('B1'));
      expect(Reason).toMatch(/^flow 'A1' .* its run run-undefined is in progress since 2026-03-04T10:17:30.000Z and did not end .*predecessor-busy\)$/);
      expect(old.status).toBe('Active');
      expect(old.tags).not.toHaveProperty(STOPPED_FOR_TAG);
      expect(resource.answers.at(-1)).toMatchObject({ Status: 'SUCCESS', Data: { FirstExecutionFrom: String(DEFAULT) } });
      // Six minutes of waiting.
      expect(appflow.calls.filter(call => call.startsWith('runs')).length).toBeLessThan(35);
    });

    test('is not waited for longer than half of the time', async () => {
      milliseconds = 10_000;
      const old = await busy(4);
      expect((await resource.deploy(continuing('B1'))).Reason).toContain('predecessor-busy');
      expect(old.status).toBe('Active');
    });
  });

  test.each([
    ['describeFlow', 'flow-not-read'], ['tag', 'tags-not-applied'], ['stopFlow', 'flow-not-suspended'], ['runs', 'runs-not-read'],
  ] as const)('a denial of %s fails the deployment, and the flow goes on', async (operation, code) => {
    const old = await deployed('A1');
    old.records = [run('Successful', END)];
    appflow.inject({ operation, error: refused('AccessDeniedException') });
    expect((await resource.deploy(continuing('B1'))).Reason).toContain(code);
    expect(resource.answers.at(-1)!.Status).toBe('SUCCESS');
    expect(old.status).toBe('Active');
    expect(old.tags).not.toHaveProperty(STOPPED_FOR_TAG);
  });

  test.each(['tag', 'stopFlow'] as const)('an answer to %s that got lost does no harm', async (operation) => {
    const old = await deployed('A1');
    old.records = [run('Successful', END)];
    appflow.inject({ operation, error: lost(), afterEffect: true });
    expect(fromOf(await resource.deploy(continuing('B1')))).toBe(END - 60);
    expect(old.status).toBe('Suspended');
  });

  test.each(['startFlow', 'untag'] as const)('an answer to %s that got lost in a rollback does no harm', async (operation) => {
    const old = await deployed('A1');
    appflow.inject({ operation, error: lost(), afterEffect: true });
    await resource.deploy(continuing('B1'), { failsElsewhere: true });
    expect(resource.answers.at(-2)!.Status).toBe('SUCCESS');
    expect(old.status).toBe('Active');
    expect(old.tags).not.toHaveProperty(STOPPED_FOR_TAG);
  });

  test('a deployment that is delivered twice comes to the same', async () => {
    const old = await deployed('A1');
    old.records = [run('Successful', END)];
    const { Data } = await resource.deploy(continuing('B1'));
    // Another process, which does not remember its answer.
    const again = await deliver({ ...resource.events.at(-2)!, RequestId: 'again' });
    expect(again.Data).toEqual(Data);
    expect(old.status).toBe('Suspended');
  });

  test('characters that no tag may have do not matter', async () => {
    const old = await deployed('A1');
    await resource.deploy(continuing('B!1#'));
    expect(old.tags[STOPPED_FOR_TAG]).toBe('B_1_');
  });
});
