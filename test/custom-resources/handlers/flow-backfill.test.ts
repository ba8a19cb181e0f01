import * as fc from 'fast-check';
import { Backfill, DAY, LoadingAppFlow, windows } from './backfill';
import { customResourceEvent } from './custom-resource';
import { type Fault, lost, refused } from './in-memory-appflow';
import { missing, parseRanges, type Range, renderRanges, windowsOf } from '../../../lib/custom-resources/handlers/backfill-windows';
import type { Properties } from '../../../lib/custom-resources/handlers/cloudformation';
import { planBackfill } from '../../../lib/custom-resources/handlers/flow-backfill';

const RUNS = Number(process.env.APPFLOW_PROPERTY_RUNS ?? 200);
const FROM = Date.UTC(2025, 0, 1) / 1000;
const TO = Date.UTC(2025, 5, 1) / 1000;

let appflow: LoadingAppFlow;
let backfill: Backfill;

beforeEach(() => {
  appflow = new LoadingAppFlow();
  backfill = new Backfill(appflow);
});
afterEach(() => jest.restoreAllMocks());

describe('windows', () => {
  const range = fc.tuple(fc.nat(10_000), fc.integer({ min: 1, max: 10_000 })).map(([from, length]): Range => ({ from, to: from + length }));

  test('tile a range: none is empty or too long, each begins where the one before ends', () => {
    fc.assert(fc.property(range, fc.integer({ min: 1, max: 4_000 }), (whole, seconds) => {
      const tiles = windowsOf([whole], seconds);
      expect([tiles[0].from, tiles.at(-1)!.to]).toEqual([whole.from, whole.to]);
      expect(tiles.filter(({ from, to }, index) => to <= from || to - from > seconds || from !== (tiles[index - 1]?.to ?? whole.from))).toEqual([]);
    }), { numRuns: RUNS });
  });

  test('what is missing and what was loaded make up what is wanted', () => {
    fc.assert(fc.property(range, range, (wanted, loaded) => {
      const rest = missing(wanted, loaded);
      const covers = (second: number) => [...rest, loaded].some(({ from, to }) => from <= second && second < to);
      const edges = [wanted.from, wanted.to - 1, loaded.from - 1, loaded.to].filter(second => wanted.from <= second && second < wanted.to);
      expect(edges.filter(second => !covers(second))).toEqual([]);
      rest.forEach(({ from, to }) => {
        expect(from >= wanted.from && to <= wanted.to).toBe(true);
        expect(to <= loaded.from || from >= loaded.to).toBe(true);
      });
    }), { numRuns: RUNS });
  });

  test('go through a text as they are', () => {
    fc.assert(fc.property(fc.array(range, { maxLength: 2 }), (ranges) => {
      expect(parseRanges(renderRanges(ranges))).toEqual(ranges);
    }), { numRuns: RUNS });
    expect(parseRanges('yesterday')).toBeUndefined();
  });
});

test('a history is loaded window by window, oldest first, each once', async () => {
  expect(await backfill.deploy({ from: FROM, to: TO })).toBeUndefined();
  expect(appflow.loaded).toEqual(windows([{ from: FROM, to: TO }]));
  expect(backfill.end).toBe(TO);
  expect(appflow.flows.get('Orders')!.definition).not.toHaveProperty('kmsArn');
});

test('each window reaches a second into its neighbours', async () => {
  await backfill.deploy({ from: FROM, to: TO, windowSeconds: 365 * DAY });
  expect(appflow.flows.get('Orders')!.definition!.tasks).toEqual([
    expect.objectContaining({ taskProperties: { DATA_TYPE: 'datetime', LOWER_BOUND: `${FROM - 1}000`, UPPER_BOUND: `${TO + 1}000` } }),
    { taskType: 'Map_all', sourceFields: [] },
  ]);
});

test('without an end a history ends with the deployment, and later deployments keep that', async () => {
  await backfill.deploy({ from: FROM });
  const { end } = backfill;
  expect(end).toBe(Date.UTC(2026, 0, 1, 0, 0, 1) / 1000);
  await backfill.deploy({ from: FROM - 60 * DAY });
  expect(backfill.end).toBe(end);
  expect(appflow.loaded).toEqual(windows([{ from: FROM, to: end }, { from: FROM - 60 * DAY, to: FROM }]));
});

test.each<[string, Partial<Parameters<Backfill['deploy']>[0]>, Range[]]>([
  ['the beginning is earlier', { from: FROM - 10 * DAY }, [{ from: FROM - 10 * DAY, to: FROM }]],
  ['the end is later', { to: TO + DAY }, [{ from: TO, to: TO + DAY }]],
  ['both', { from: FROM - DAY, to: TO + DAY }, [{ from: FROM - DAY, to: FROM }, { from: TO, to: TO + DAY }]],
  ['the beginning is later', { from: FROM + DAY }, []],
  ['the end is left out', { to: undefined }, []],
  ['there is another revision', { revision: '2' }, [{ from: FROM, to: TO }]],
  ['windows are of another length', { windowSeconds: DAY }, []],
  ['the flow is another', { description: 'new' }, []],
])('a later deployment loads what is missing: %s', async (_, change, loaded) => {
  await backfill.deploy({ from: FROM, to: TO });
  appflow.loaded.length = 0;
  expect(await backfill.deploy({ from: FROM, to: TO, ...change })).toBeUndefined();
  expect(appflow.loaded).toEqual(windows(loaded));
});

test('a rollback loads nothing, and the next deployment loads what the failed one should have loaded', async () => {
  await backfill.deploy({ from: FROM, to: TO });
  appflow.loaded.length = 0;
  expect(await backfill.deploy({ from: FROM - 10 * DAY, to: TO, failsElsewhere: true })).toBe('another resource has failed');
  expect(await backfill.deploy({ from: FROM + 10 * DAY, to: TO, failsElsewhere: true })).toBe('another resource has failed');
  const added = { from: FROM - 10 * DAY, to: FROM };
  expect(appflow.loaded).toEqual([added]);
  expect(await backfill.deploy({ from: FROM - 10 * DAY, to: TO })).toBeUndefined();
  expect(appflow.loaded).toEqual([added, added]);
});

describe('what is declared is what was loaded when CloudFormation rolls the plan itself back', () => {
  const history = (from: number): Properties => ({ FlowName: 'Orders', From: String(from), To: String(TO) });

  test.each([['narrower', FROM + DAY], ['wider', FROM - DAY]])('from a %s one', async (_, from) => {
    const created = await planBackfill(customResourceEvent({ ResourceProperties: history(FROM) }), () => 1_000);
    const updated = await planBackfill(
      customResourceEvent({ RequestType: 'Update', PhysicalResourceId: created.physicalResourceId, ResourceProperties: history(from) }), () => 2_000);
    const back = await planBackfill(
      customResourceEvent({ RequestType: 'Update', PhysicalResourceId: updated.physicalResourceId, ResourceProperties: history(FROM) }), () => 3_000);
    expect(back).toEqual({ physicalResourceId: created.physicalResourceId, data: { ...created.data, Ranges: 'none' } });
  });

  test('and a deletion has nothing to do', async () => {
    expect(await planBackfill(customResourceEvent({ RequestType: 'Delete', PhysicalResourceId: 'history' }))).toEqual({ physicalResourceId: 'history' });
  });
});

test('a history that begins after its end is refused', async () => {
  expect(await backfill.deploy({ from: TO, to: FROM })).toBe(
    'the history of the flow has to begin before it ends, got 2025-06-01T00:00:00Z to 2025-01-01T00:00:00Z; '
    + 'give an earlier \'from\', or a later \'to\' (appflow-constructs:backfill-empty)');
});

describe('a window that is not loaded fails the deployment', () => {
  test.each([
    ['with AppFlow\'s own message', { status: 'Error', message: 'INVALID_FIELD: changed' }, 'has ended with status Error: "INVALID_FIELD: changed"', 'run-failed'],
    ['because it was cancelled', { status: 'Canceled' }, 'was cancelled before it was over', 'run-canceled'],
    ['because of records that were not written', { failedRecords: 3 }, 'could not write 3 of its records', 'failed-records'],
  ])('%s', async (_, ending, text, code) => {
    appflow.endings.push({}, ending);
    const reason = await backfill.deploy({ from: FROM, to: TO });
    expect(reason).toContain('window 2 of 6 of the history of flow \'Orders\', 2025-01-31T00:00:00Z to 2025-03-02T00:00:00Z, is not loaded: run \'run-2\'');
    expect(reason).toContain(text);
    expect(reason).toMatch(new RegExp(`deploy again \\(appflow-constructs:${code}\\)$`));
    expect(appflow.flows.get('Orders')!.records).toHaveLength(2);
  });

  test('unless failed records are allowed', async () => {
    appflow.endings.push({ failedRecords: 3 });
    expect(await backfill.deploy({ from: FROM, to: TO, allowFailedRecords: true })).toBeUndefined();
  });

  test('where AppFlow refuses to run it', async () => {
    appflow.inject({ operation: 'updateFlow', error: refused('ValidationException') });
    expect(await backfill.deploy({ from: FROM, to: TO })).toMatch(/^window 1 of 6 .* is not loaded: AppFlow answered ValidationException to UpdateFlow/);
  });
});

test('a run of somebody else is waited for', async () => {
  Array.from({ length: 20 }, () => appflow.inject({ operation: 'startFlow', error: refused('ConflictException') }));
  expect(await backfill.deploy({ from: FROM, to: TO })).toBeUndefined();
  expect(appflow.loaded).toEqual(windows([{ from: FROM, to: TO }]));
});

test('where one has too little time the next one goes on, also with a run in progress', async () => {
  appflow.looksPerRun = 3;
  expect(await backfill.deploy({ from: FROM, to: TO, timeLimit: 450 })).toBeUndefined();
  expect(appflow.loaded).toEqual(windows([{ from: FROM, to: TO }]));
});

test('when the time of all is up the deployment fails, and the run is cancelled', async () => {
  appflow.looksPerRun = 3;
  expect(await backfill.deploy({ from: FROM, to: TO, timeLimit: 200 })).toBe(
    '3 of 6 windows of the history of flow \'Orders\' were loaded in the time that there is, the next one is 2025-04-01T00:00:00Z to 2025-05-01T00:00:00Z; '
    + 'give the backfill a longer \'timeout\' or another \'window\', and deploy again (appflow-constructs:backfill-not-over)');
  expect(appflow.flows.get('Orders')!.records[0].status).toBe('Canceled');
});

test.each([
  ['from there', {}, [0, 1, 2, 3, 4, 5]],
  ['from the beginning for another flow', { description: 'corrected' }, [0, 0, 1, 2, 3, 4, 5]],
])('what another request has failed to load is tried again: %s', async (_, change, loaded) => {
  appflow.endings.push({}, { status: 'Error' });
  const resumed = new Backfill(appflow, 1);
  expect(await resumed.deploy({ from: FROM, to: TO })).toContain('window 2 of 6');
  // Without a rollback CloudFormation creates what has failed once more, for the same attempt.
  const attempt = appflow.flows.get('Orders')!.tags['appflow-constructs:backfill'].split('/')[0];
  jest.spyOn(resumed as never, 'plan' as never).mockResolvedValue({
    properties: {}, outcome: { physicalResourceId: 'history', data: { To: String(TO), Attempt: attempt, Ranges: renderRanges([{ from: FROM, to: TO }]) } },
  } as never);
  expect(await resumed.deploy({ from: FROM, to: TO, ...change })).toBeUndefined();
  expect(appflow.loaded).toEqual(loaded.map(index => windows([{ from: FROM, to: TO }])[index]));
});

test('a deletion cancels the run that is in progress, of its own and of nobody else', async () => {
  await backfill.deploy({ from: FROM, to: TO });
  const flow = appflow.flows.get('Orders')!;
  const executionId = flow.tags['appflow-constructs:backfill'].split('/')[2];
  appflow.looksPerRun = 10;
  flow.records = [{ executionId: 'by-hand', status: 'InProgress' }, { executionId, status: 'InProgress' }];
  await backfill.destroy();
  expect(appflow.changes.filter(call => call.startsWith('cancelRuns'))).toHaveLength(1);
  expect(flow.records.map(({ status }) => status)).toEqual(['InProgress', 'Canceled']);
});

test.each(['AccessDeniedException', 'ResourceNotFoundException'])('a deletion succeeds where the flow is out of reach: %s', async (reason) => {
  await backfill.deploy({ from: FROM, to: TO });
  appflow.inject({ operation: 'describeFlow', error: refused(reason), lasting: true });
  await backfill.destroy();
});

describe('whatever goes wrong, no window is left out', () => {
  const fault = fc.record({
    operation: fc.constantFrom<Fault['operation']>('describeFlow', 'runs', 'updateFlow', 'startFlow', 'tag', 'cancelRuns'),
    nth: fc.integer({ min: 1, max: 8 }),
    error: fc.constantFrom(lost(), refused('ConflictException'), refused('AccessDeniedException'), refused('ThrottlingException')),
    afterEffect: fc.boolean(),
  });
  const ending = fc.oneof({ weight: 8, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.constantFrom({ status: 'Error' }, { failedRecords: 1 }) });
  const sequences = fc.record({
    faults: fc.array(fault, { maxLength: 4 }),
    endings: fc.array(ending, { maxLength: 8 }),
    waiters: fc.integer({ min: 1, max: 3 }),
    links: fc.integer({ min: 1, max: 3 }),
    looksPerRun: fc.integer({ min: 0, max: 4 }),
    timeLimit: fc.constantFrom(90, 300, 2880),
    deployments: fc.array(fc.record({
      from: fc.integer({ min: 0, max: 7 }).map(times => FROM + times * 20 * DAY),
      windowSeconds: fc.constantFrom(30 * DAY, 50 * DAY),
      revision: fc.constantFrom('1', '2'),
      failsElsewhere: fc.boolean(),
    }), { minLength: 1, maxLength: 4 }),
  });

  const isCovered = ({ from, to }: Range, loaded: readonly Range[]) => {
    let covered = from;
    for (const range of [...loaded].sort((one, other) => one.from - other.from)) {
      covered = range.from <= covered ? Math.max(covered, range.to) : covered;
    }
    return covered >= to;
  };

  test('of a deployment that has succeeded', async () => {
    await fc.assert(fc.asyncProperty(sequences, async ({ faults, endings, waiters, links, looksPerRun, timeLimit, deployments }) => {
      const service = Object.assign(new LoadingAppFlow(), { looksPerRun });
      service.endings.push(...endings);
      faults.forEach(given => service.inject(given));
      const resource = Object.assign(new Backfill(service, links), { waiters });
      // What was loaded once for a revision stays loaded, also where a deployment goes back to it.
      const loaded: Record<string, Range[]> = {};
      for (const deployment of deployments) {
        const first = service.loaded.length;
        const isFaulty = faults.length > 0 || endings.length > 0 || timeLimit < 2880;
        const reason = await resource.deploy({ to: TO, timeLimit, ...deployment }).catch((error: Error) => {
          // The rollback itself has failed: nobody continues it here.
          expect(faults.length).toBeGreaterThan(0);
          return error.message;
        });
        if (!isFaulty) {
          expect(reason).toBe(deployment.failsElsewhere ? 'another resource has failed' : undefined);
        }
        if (reason === undefined) {
          const { from, revision } = deployment;
          loaded[revision] = [...loaded[revision] ?? [], ...service.loaded.slice(first)];
          expect(isCovered({ from, to: TO }, loaded[revision])).toBe(true);
        } else if (!deployment.failsElsewhere) {
          expect(reason).toMatch(/\(appflow-constructs:[a-z-]+\)$/);
        }
      }
    }), { numRuns: RUNS });
  });

  test('and none is loaded twice where nothing does', async () => {
    const numbers = (min: number, max: number) => fc.integer({ min, max });
    await fc.assert(fc.asyncProperty(numbers(1, 3), numbers(0, 4), numbers(5, 40), async (waiters, looksPerRun, days) => {
      const service = Object.assign(new LoadingAppFlow(), { looksPerRun });
      const resource = Object.assign(new Backfill(service, 2), { waiters });
      expect(await resource.deploy({ from: FROM, to: TO, windowSeconds: days * DAY, timeLimit: 40_000 })).toBeUndefined();
      expect(service.loaded).toEqual(windows([{ from: FROM, to: TO }], days * DAY));
    }), { numRuns: 50 });
  });
});
