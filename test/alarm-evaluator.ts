/** A value of a metric. */
export interface DataPoint {
  /** Seconds. */
  readonly at: number;
  readonly value: number;
}

/** How many periods above those of the alarm CloudWatch reads. It does not say how many, and its example has two. */
const MORE_PERIODS = 2;

const AGGREGATES: Readonly<Record<string, (values: number[]) => number>> = {
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  Maximum: (values) => Math.max(...values),
};

const COMPARISONS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

/**
 * Whether an alarm of a template is on at a time, as CloudWatch documents that it evaluates alarms: it reads some more periods than it evaluates, takes
 * the newest values that there are, and fills up with missing ones only where those are too few.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function isInAlarm(alarm: any, points: readonly DataPoint[], now: number): boolean {
  const { Period: period, EvaluationPeriods: count, Threshold: threshold, TreatMissingData: missing } = alarm;
  const periods = new Map<number, number[]>();
  for (const { at, value } of points.filter((point) => point.at <= now)) {
    const index = Math.floor((now - at) / period);
    periods.set(index, [...periods.get(index) ?? [], value]);
  }
  const found = [...periods]
    .filter(([index]) => index < count + MORE_PERIODS)
    .sort(([one], [other]) => one - other)
    .slice(0, count)
    .map(([, values]) => COMPARISONS[alarm.ComparisonOperator](AGGREGATES[alarm.Statistic](values), threshold));
  const filled = [...found, ...Array(count - found.length).fill(missing === 'breaching')];
  return filled.filter((isBreaching) => isBreaching).length >= (alarm.DatapointsToAlarm ?? count);
}
