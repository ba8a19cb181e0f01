import { Duration } from 'aws-cdk-lib';
import type { RunTimes } from './run-times';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/**
 * How far back an alarm looks at most. CloudWatch allows that for periods of an hour or more, and a day for shorter ones.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export const LONGEST_WINDOW = Duration.days(7);

/** What a window needs above the interval of the schedule where it cannot have two intervals: runs do not all take the same time. */
const LEAST_SLACK = DAY;

/** Metrics arrive minutes late. */
const SHORTEST_DEFAULT = 15 * MINUTE;

/** How long something that single runs do is counted, at least and at most. */
const [SHORTEST_COUNT, LONGEST_COUNT] = [5 * MINUTE, DAY];

/** How CloudWatch looks at a window of time: at so many periods of such a length. */
export interface Evaluation {
  readonly period: Duration;
  readonly evaluationPeriods: number;
}

/**
 * Looks at a window in the shortest periods that it can be looked at in. CloudWatch reads some periods more where values are missing, so that an alarm
 * comes and goes by those later than its window says.
 */
export function evaluationOf(seconds: number): Evaluation {
  const period = seconds <= DAY ? MINUTE : HOUR;
  return { period: Duration.seconds(period), evaluationPeriods: Math.ceil(seconds / period) };
}

/**
 * How long to wait for a success before data is stale: three intervals, or two where three are more than a day. A week where two are more than that,
 * and undefined where a week is not longer than one by enough.
 */
export function staleAfter(times: RunTimes): number | undefined {
  const [one, two, three] = [times.longest(1), times.longest(2), times.longest(3)];
  const longest = LONGEST_WINDOW.toSeconds();
  if (three <= DAY) {
    return Math.max(three, SHORTEST_DEFAULT);
  }
  return two <= longest ? two : one + LEAST_SLACK <= longest ? longest : undefined;
}

/** How long to count something that single runs do: for as long as it takes to the next one, so that the alarm does not come and go in between. */
export function countedOver(times: RunTimes | undefined, runs: number): number {
  return Math.min(Math.max(times?.longest(runs) ?? 0, SHORTEST_COUNT), LONGEST_COUNT);
}
