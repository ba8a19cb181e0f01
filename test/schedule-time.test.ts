import { ScheduleTime } from 'appflow-constructs';
import { CfnParameter, Token } from 'aws-cdk-lib';
import { newStack } from './synthesis';

test.each<[string, ScheduleTime, number]>([
  ['a date', ScheduleTime.at(new Date('2026-12-01T02:00:00Z')), 1796090400],
  ['a date, cut to the second', ScheduleTime.at(new Date('2026-12-01T02:00:00.999Z')), 1796090400],
  ['text in UTC', ScheduleTime.iso('2026-12-01T02:00:00Z'), 1796090400],
  ['text with an offset', ScheduleTime.iso('2026-12-01T04:00:00+02:00'), 1796090400],
  ['text with an offset without a colon', ScheduleTime.iso('2026-11-30T21:00:00-0500'), 1796090400],
  ['seconds', ScheduleTime.epochSeconds(1796090400), 1796090400],
])('%s', (_, time, seconds) => {
  expect(time.seconds).toBe(seconds);
});

test.each<[string, () => ScheduleTime]>([
  ["'2026-12-01'", () => ScheduleTime.iso('2026-12-01')],
  ["'2026-12-01T02:00:00'", () => ScheduleTime.iso('2026-12-01T02:00:00')],
  ["'tomorrow'", () => ScheduleTime.iso('tomorrow')],
  ["'2026-13-01T00:00:00Z'", () => ScheduleTime.iso('2026-13-01T00:00:00Z')],
  ["''", () => ScheduleTime.iso('')],
  ['an invalid date', () => ScheduleTime.at(new Date('tomorrow'))],
  ['a text that is known only at deploy time', () => ScheduleTime.iso(new CfnParameter(newStack(), 'Start').valueAsString)],
])('%s is no point in time', (got, time) => {
  expect(time).toThrow(expect.objectContaining({
    code: 'appflow-constructs:schedule-time-invalid',
    message: expect.stringContaining(`got ${got}, allowed`),
  }));
});

test('seconds can be a token', () => {
  const stack = newStack();
  const { seconds } = ScheduleTime.epochSeconds(new CfnParameter(stack, 'Start', { type: 'Number' }).valueAsNumber);
  expect(Token.isUnresolved(seconds)).toBe(true);
  expect(stack.resolve(seconds)).toEqual({ Ref: 'Start' });
});
