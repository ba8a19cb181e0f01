import { parseRate } from './schedule-rate';
import { literalString } from './values';

/** How far apart the runs of a schedule are. */
export interface RunTimes {
  /** The seconds that two runs in a row are apart at least. */
  readonly shortest: number;
  /** How many runs there are in 24 hours, on average. */
  readonly perDay: number;
  /** The seconds that lie at most between one run and the one that comes so many after it. */
  longest(runs: number): number;
}

const DAY = 86_400;

/** Runs at a fixed rate. */
export function everySeconds(seconds: number): RunTimes {
  return { longest: (runs) => runs * seconds, shortest: seconds, perDay: DAY / seconds };
}

/** How far apart the runs of a schedule are, by its expression; undefined where that is not certain. */
export function runTimes(expression: unknown): RunTimes | undefined {
  const rate = parseRate(expression);
  if (rate !== undefined) {
    return rate.seconds !== undefined ? everySeconds(rate.seconds) : monthly(rate.minutes);
  }
  const [, fields] = /^cron\((.*)\)$/i.exec(literalString(expression)?.trim() ?? '') ?? [];
  return fields !== undefined ? cronTimes(fields.trim().split(/\s+/)) : undefined;
}

/** Months are as long as the shortest, or as the longest, that there is. */
function monthly(minutes: number): RunTimes | undefined {
  const months = minutes / 43_200;
  return months >= 1
    ? { longest: (runs) => runs * months * 31 * DAY, shortest: months * 28 * DAY, perDay: MONTHS_OF_GREGORIAN_CYCLE / GREGORIAN_CYCLE / months }
    : undefined;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** The values of a field that it can have; undefined for what is not certain, such as the last day of the month. */
function fieldValues(field: string, min: number, max: number, names: readonly string[] = []): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of field.toUpperCase().split(',')) {
    const [, first, last, step] = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
    const numberOf = (text: string) => names.includes(text) ? names.indexOf(text) + 1 : /^\d+$/.test(text) ? Number(text) : NaN;
    const isAny = first === '*' || first === '?';
    const start = isAny ? min : numberOf(first ?? '');
    const end = isAny || (last === undefined && step !== undefined) ? max : numberOf(last ?? first ?? '');
    const stride = Number(step ?? 1);
    if (!(start >= min && start <= end && end <= max && stride > 0) || (isAny && last !== undefined)) {
      return undefined;
    }
    for (let value = start; value <= end; value += stride) {
      values.add(value);
    }
  }
  return values;
}

function cronTimes([minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = '', ...others]: string[]): RunTimes | undefined {
  const [minutes, hours] = [fieldValues(minute, 0, 59), fieldValues(hour, 0, 23)];
  const days = cronDays(dayOfMonth, month, dayOfWeek);
  if (minutes === undefined || hours === undefined || days === undefined || year !== '*' || others.length > 0) {
    return undefined;
  }
  const times = [...hours].flatMap((each) => [...minutes].map((of) => (each * 60 + of) * 60)).sort((one, other) => one - other);
  const span = (from: number, runs: number, dayDistance: (matches: number) => number) =>
    dayDistance(Math.floor((from + runs) / times.length)) * DAY + times[(from + runs) % times.length] - times[from];
  return {
    longest: (runs) => Math.max(...times.map((_time, index) => span(index, runs, days.longest))),
    shortest: Math.min(...times.map((_time, index) => span(index, 1, days.shortest))),
    perDay: times.length * days.perDay,
  };
}

/** How many days lie between a day of a schedule and the one that comes so many after it. */
interface DayDistances {
  /** How many of all days are days of the schedule, from 0 to 1. */
  readonly perDay: number;
  longest(matches: number): number;
  shortest(matches: number): number;
}

function cronDays(dayOfMonth: string, month: string, dayOfWeek: string): DayDistances | undefined {
  const isAny = (field: string) => field === '*' || field === '?';
  const [days, months, weekdays] = [
    fieldValues(dayOfMonth, 1, 31), fieldValues(month, 1, 12, MONTHS), fieldValues(dayOfWeek, 1, 7, WEEKDAYS),
  ];
  if (days === undefined || months === undefined || weekdays === undefined || (!isAny(dayOfMonth) && !isAny(dayOfWeek))) {
    return undefined;
  }
  // A week is all there is to see unless the day of the month, or the month, matters.
  const cycle = isAny(dayOfMonth) && isAny(month) ? 7 : GREGORIAN_CYCLE;
  const matching = matchingDays(cycle, (day, inMonth, weekday) => days.has(day) && months.has(inMonth) && weekdays.has(weekday));
  const distances = (matches: number) => matching.map((day, index) => {
    const next = index + matches;
    return matching[next % matching.length] + Math.floor(next / matching.length) * cycle - day;
  });
  const extreme = (of: (one: number, other: number) => number) => remembering((matches) => distances(matches).reduce((one, other) => of(one, other)));
  return matching.length > 0 ? { longest: extreme(Math.max), shortest: extreme(Math.min), perDay: matching.length / cycle } : undefined;
}

/** There are as many times of day as 1,440, and next to no different distances. */
function remembering(compute: (input: number) => number): (input: number) => number {
  const results = new Map<number, number>();
  return (input) => results.get(input) ?? results.set(input, compute(input)).get(input)!;
}

/** The days after which the calendar repeats itself, weekdays among it: 400 years. */
const GREGORIAN_CYCLE = 146_097;
const MONTHS_OF_GREGORIAN_CYCLE = 4800;

/** The numbers of the days of a cycle that match, of which the first is Saturday, 1 January 2000. */
function matchingDays(cycle: number, matches: (day: number, month: number, weekday: number) => boolean): number[] {
  const matching: number[] = [];
  let number = 0;
  for (let year = 2000; number < cycle; year++) {
    const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    for (let month = 1; month <= 12 && number < cycle; month++) {
      const length = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
      for (let day = 1; day <= length && number < cycle; day++, number++) {
        if (matches(day, month, (number + 6) % 7 + 1)) {
          matching.push(number);
        }
      }
    }
  }
  return matching;
}
