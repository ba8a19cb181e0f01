import * as fc from 'fast-check';
import { runTimes } from '../../lib/private/run-times';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

test.each([
  ['rate(5minutes)', 5 * MINUTE, 5 * MINUTE],
  ['rate(3 hours)', 3 * HOUR, 3 * HOUR],
  ['rate(1days)', DAY, DAY],
  ['rate(2weeks)', 14 * DAY, 14 * DAY],
  ['rate(1months)', 31 * DAY, 28 * DAY],
  ['cron(0 7 ? * TUE *)', 7 * DAY, 7 * DAY],
  ['cron(0 7 ? * MON-FRI *)', 3 * DAY, DAY],
  ['cron(30 2 * * ? *)', DAY, DAY],
  ['cron(0/15 * * * ? *)', 15 * MINUTE, 15 * MINUTE],
  ['cron(*/20 8-17 ? * 2-6 *)', 2 * DAY + 14 * HOUR + 20 * MINUTE, 20 * MINUTE],
  ['cron(10,40 * * * ? *)', 30 * MINUTE, 30 * MINUTE],
  ['cron(0 6,18 1 * ? *)', 30 * DAY + 12 * HOUR, 12 * HOUR],
  ['cron(0 0 1 JAN ? *)', 366 * DAY, 365 * DAY],
  ['cron(0 0 29 2 ? *)', 2921 * DAY, 1461 * DAY],
  ['cron(0 0 31 * ? *)', 61 * DAY, 31 * DAY],
])('%s', (expression, longest, shortest) => {
  const times = runTimes(expression)!;
  expect([times.longest(1), times.shortest]).toEqual([longest, shortest]);
});

test('several runs in a row span less than as many of the longest intervals where intervals differ', () => {
  const times = runTimes('cron(0 7 ? * MON-FRI *)')!;
  expect([1, 2, 5, 6].map((runs) => times.longest(runs) / DAY)).toEqual([3, 4, 7, 10]);
});

test.each([
  'rate(0minutes)', 'rate(30seconds)', 'rate(5min)', '5 minutes', 'at(2026-01-01T00:00:00)', 'cron(0 7 L * ? *)', 'cron(0 7 ? * 6L *)',
  'cron(0 7 ? * TUE#1 *)', 'cron(0 7 15W * ? *)', 'cron(0 7 ? * FRI-MON *)', 'cron(0 7 1 * MON *)', 'cron(0 7 ? * TUE 2027)', 'cron(0 7 ? * TUE)',
  'cron(60 7 ? * TUE *)', 'cron(0 24 ? * TUE *)', 'cron(0 7 30 FEB ? *)', 'cron(0/0 7 * * ? *)', 'cron(*-5 7 * * ? *)', '${Token[TOKEN.1]}', undefined,
])('%s is not certain', (expression) => {
  expect(runTimes(expression)).toBeUndefined();
});

/** The values of a list of what a field of a cron expression can have. */
const list = (min: number, max: number) => fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 });

test('the intervals are those of the calendar', () => {
  const schedules = [list(0, 59), list(0, 23), list(1, 7), list(1, 28), fc.boolean(), fc.integer({ min: 1, max: 4 })] as const;
  fc.assert(fc.property(...schedules, (minutes, hours, weekdays, days, byDay, runs) => {
    const expression = `cron(${minutes} ${hours} ${byDay ? days : '?'} * ${byDay ? '?' : weekdays} *)`;
    const due: number[] = [];
    for (let day = 0; day < 4 * 1461; day++) {
      const date = new Date(day * DAY * 1000);
      if (byDay ? days.includes(date.getUTCDate()) : weekdays.includes(date.getUTCDay() + 1)) {
        due.push(...hours.flatMap((hour) => minutes.map((minute) => day * DAY + hour * HOUR + minute * MINUTE)).sort((one, other) => one - other));
      }
    }
    const gaps = (count: number) => due.slice(count).map((time, index) => time - due[index]);
    const times = runTimes(expression)!;
    expect(times.longest(runs)).toBe(gaps(runs).reduce((one, other) => Math.max(one, other)));
    expect(times.shortest).toBe(gaps(1).reduce((one, other) => Math.min(one, other)));
  }), { numRuns: 30 });
});

test.each([
  ['rate(15minutes)', 96],
  ['rate(7days)', 1 / 7],
  ['rate(1months)', 400 * 12 / 146_097],
  ['cron(0/20 6-8 * * ? *)', 9],
  ['cron(0 7 ? * MON,THU *)', 2 / 7],
  ['cron(0 0,12 1 * ? *)', 2 * 400 * 12 / 146_097],
  ['cron(0 0 29 2 ? *)', 97 / 146_097],
])('%s runs so often a day', (expression, runs) => {
  expect(runTimes(expression)?.perDay).toBeCloseTo(runs, 10);
});
