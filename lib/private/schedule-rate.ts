import { literalString } from './values';

const MINUTES: ReadonlyMap<string, number> = new Map([
  ['milli', 1 / 60_000],
  ['second', 1 / 60],
  ['minute', 1],
  ['hour', 60],
  ['day', 1440],
  ['week', 10_080],
  ['month', 43_200],
]);

/** How people shorten units, besides leaving out the end. */
const ABBREVIATIONS: ReadonlyMap<string, string> = new Map([['hr', 'hour'], ['wk', 'week']]);

/** A rate, however it is spelled. */
export interface Rate {
  readonly expression: string;
  /** The same as AppFlow spells it. */
  readonly spelling: string;
  /** How many minutes are between two runs; months have 30 days. */
  readonly minutes: number;
  /** Whether its unit is shorter than a minute. */
  readonly isFine: boolean;
  /** The length of the period, where it always is the same and runs can be that often: not so for months, nor for units below a minute. */
  readonly seconds?: number;
}

/** Reads a rate; undefined for a cron expression, a token, or something else. */
export function parseRate(expression: unknown): Rate | undefined {
  const text = literalString(expression);
  const [, count, unit = ''] = /^rate\(\s*(\d+)\s*([a-z]+?)s?\s*\)$/i.exec(text ?? '') ?? [];
  const length = MINUTES.get(unit.toLowerCase());
  if (text === undefined || length === undefined) {
    return undefined;
  }
  const [minutes, isFine] = [Number(count) * length, length < 1];
  return {
    expression: text,
    spelling: spell(count, unit.toLowerCase()),
    minutes,
    isFine,
    seconds: isFine || unit.toLowerCase() === 'month' || minutes === 0 ? undefined : minutes * 60,
  };
}

/** The rate that a text probably means which is not one: `5 minutes`, `rate(5min)`, `every 5 minutes`. */
export function probableRate(text: string): string | undefined {
  const [, count, given = ''] = /^\D{0,20}(\d{1,9}) ?([a-z]{1,10}?)s?\)?$/i.exec(text) ?? [];
  const start = given.toLowerCase();
  const unit = ABBREVIATIONS.get(start) ?? [...MINUTES.keys()].find((name) => start !== '' && MINUTES.get(name)! >= 1 && name.startsWith(start));
  return count !== undefined && unit !== undefined ? spell(count, unit) : undefined;
}

function spell(count: string, unit: string): string {
  return `rate(${count}${unit}s)`;
}
