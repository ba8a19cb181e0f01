import { literalString } from './values';

const MINUTES: Readonly<Record<string, number>> = { milli: 1 / 60_000, second: 1 / 60, minute: 1, hour: 60, day: 1440, week: 10_080 };

/** A rate, however it is spelled; undefined for a cron expression, a token, or something else. */
export function parseRate(expression: unknown): { expression: string; spelling: string; minutes: number } | undefined {
  const text = literalString(expression);
  const match = /^rate\(\s*(\d+)\s*(milli|second|minute|hour|day|week)s?\s*\)$/i.exec(text ?? '');
  if (text === undefined || match === null) {
    return undefined;
  }
  const unit = match[2].toLowerCase();
  return { expression: text, spelling: `rate(${match[1]}${unit}s)`, minutes: Number(match[1]) * MINUTES[unit] };
}
