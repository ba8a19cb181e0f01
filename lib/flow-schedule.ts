import { type Duration, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { AppFlowError } from './private/errors';
import type { StartPlan, TriggerPlan } from './private/flow-plan';
import { parseRate } from './private/schedule-rate';
import { literalString, quote } from './private/values';
import { ScheduleTime } from './schedule-time';

/** When a scheduled flow starts, ends, and gives up. */
export interface FlowScheduleOptions {
  /**
   * When the first run is due. Must lie ahead when the flow is deployed, which `ScheduleTime.nextPeriod` and `ScheduleTime.nextUtc` see to.
   *
   * @default - as soon as the flow is activated
   */
  readonly startTime?: ScheduleTime;

  /**
   * When the flow stops to run.
   *
   * @default - never
   */
  readonly endTime?: ScheduleTime;

  /**
   * The time zone that AppFlow shows the schedule in, such as `America/New_York`. A label only: it shifts no run.
   *
   * @default - none
   */
  readonly timeZone?: string;

  /**
   * How far the window of records of each incremental run lies back, at most 10 hours, to leave the source time to settle.
   * The runs themselves are not moved.
   *
   * @default Duration.seconds(0)
   */
  readonly offset?: Duration;

  /**
   * Where the first incremental run starts to read.
   *
   * @default - 30 days before the run
   */
  readonly firstExecutionFrom?: ScheduleTime;

  /**
   * After how many failed runs in a row AppFlow deactivates the flow, from 1 to 100.
   *
   * @default - AppFlow decides
   */
  readonly deactivationThreshold?: number;
}

/** Stands for a time until there is a resource that works it out: for rules, one that they do not know. */
const WORKED_OUT_ON_DEPLOYMENT = Token.asNumber({ resolve: () => undefined });

/**
 * When a scheduled flow runs.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ScheduledTriggerProperties.html
 */
export class FlowSchedule {
  /**
   * A run each time the interval has passed, such as `Duration.minutes(15)`. At least one minute; some connectors allow
   * only hours or days.
   */
  public static every(interval: Duration, options: FlowScheduleOptions = {}): FlowSchedule {
    // AppFlow's own spelling: no blank and a plural unit, `rate(5minutes)`.
    return new FlowSchedule(`rate(${interval.formatTokenToNumber().replace(' ', '')})`, options);
  }

  /**
   * Runs at the times of a cron expression, in UTC. AppFlow's API takes it, though its console cannot edit such a schedule.
   */
  public static cron(cron: events.CronOptions, options: FlowScheduleOptions = {}): FlowSchedule {
    return new FlowSchedule(events.Schedule.cron(cron).expressionString, options);
  }

  /**
   * A schedule by its expression, sent as it is: `rate(5minutes)` or `cron(0 7 ? * TUE *)`.
   */
  public static expression(expression: string, options: FlowScheduleOptions = {}): FlowSchedule {
    return new FlowSchedule(expression, options);
  }

  /** The expression, as AppFlow takes it. */
  public readonly expressionString: string;

  private readonly options: FlowScheduleOptions;

  private constructor(expression: string, options: FlowScheduleOptions) {
    refuseStarts(options);
    if (options.startTime?._start?.at === 'NextPeriod') {
      refuseWithoutPeriod(expression);
    }
    this.expressionString = expression;
    this.options = options;
  }

  /**
   * The start of the schedule, where that is worked out on deployment.
   *
   * @internal
   */
  public get _start(): StartPlan | undefined {
    return this.options.startTime?._start;
  }

  /**
   * The same schedule, with another place where the first incremental run starts to read.
   *
   * @internal
   */
  public _readingFrom(firstExecutionFrom: ScheduleTime): FlowSchedule {
    return new FlowSchedule(this.expressionString, { ...this.options, firstExecutionFrom });
  }

  /**
   * The same schedule, starting later by a share of a span of time, so that flows with the same schedule do not run all at once. One that says itself
   * when it starts, or that has no fixed interval, is spread over a given span alone. Where a cron expression starts does not move its runs.
   *
   * @param share from 0 to below 1
   * @internal
   */
  public _spread(share: number, seconds?: number): FlowSchedule {
    const { startTime } = this.options;
    const rate = parseRate(this.expressionString);
    const span = seconds ?? (startTime === undefined ? rate?.seconds : undefined);
    const isKnownOtherwise = rate === undefined && literalString(this.expressionString) !== undefined;
    return span === undefined || isKnownOtherwise ? this : new FlowSchedule(this.expressionString, {
      ...this.options, startTime: (startTime ?? ScheduleTime.nextPeriod())._later(Math.floor(share * span)),
    });
  }

  /** @internal */
  public _plan(): Omit<TriggerPlan, 'type'> {
    return {
      scheduleExpression: this.expressionString,
      scheduleStartTime: this._start !== undefined ? WORKED_OUT_ON_DEPLOYMENT : this.options.startTime?.seconds,
      scheduleEndTime: this.options.endTime?.seconds,
      firstExecutionFrom: this.options.firstExecutionFrom?.seconds,
      timezone: this.options.timeZone,
      scheduleOffset: this.options.offset?.toSeconds(),
      flowErrorDeactivationThreshold: this.options.deactivationThreshold,
    };
  }
}

/** A time that is worked out on deployment is one to start at. */
function refuseStarts(options: FlowScheduleOptions) {
  for (const member of ['endTime', 'firstExecutionFrom'] as const) {
    if (options[member]?._start !== undefined) {
      throw new AppFlowError('start-time-misplaced', {
        what: `the ${member} of a schedule cannot be worked out on deployment`,
        got: 'ScheduleTime.nextPeriod() or ScheduleTime.nextUtc()',
        allowed: 'ScheduleTime.at(), iso() or epochSeconds(), and these two as startTime alone',
        remedy: 'give a point in time',
      });
    }
  }
}

/** An expression that is known only at deploy time is looked at then. */
function refuseWithoutPeriod(expression: string) {
  const rate = parseRate(expression);
  if (literalString(expression) !== undefined && (rate === undefined || rate.seconds === undefined)) {
    throw new AppFlowError('next-period-without-rate', {
      what: 'a schedule can start at its next full period only if it runs at a fixed rate',
      got: quote(expression),
      allowed: 'a rate in minutes, hours, days or weeks',
      remedy: 'use FlowSchedule.every, or start with ScheduleTime.nextUtc',
    });
  }
}
