import { Duration, Token } from 'aws-cdk-lib';
import { AppFlowError } from './private/errors';
import type { StartPlan } from './private/flow-plan';
import { quote } from './private/values';

/** Options of a start that is worked out on deployment. */
export interface NextStartOptions {
  /**
   * How far ahead the start has to lie when it is worked out, so that it still lies ahead when AppFlow creates the flow.
   *
   * @default Duration.minutes(5)
   */
  readonly margin?: Duration;
}

/** Options of a start at the next full period of a schedule. */
export interface NextPeriodOptions extends NextStartOptions {
  /**
   * How long after the start of a period the schedule starts, so that flows with the same interval do not run at the same time. Of a phase that is
   * longer than the interval, what is left over counts: 90 minutes are 30 minutes into an hour.
   *
   * It moves the runs, which `offset` of a schedule does not: that moves the window of the records that they read.
   *
   * @default Duration.seconds(0)
   */
  readonly phase?: Duration;
}

/**
 * A point in time of a schedule: one that is known, or the start of a schedule that is worked out when the flow is deployed.
 */
export class ScheduleTime {
  /**
   * The start of the next full period of the schedule, worked out on deployment. Takes a schedule with a rate, such as `FlowSchedule.every`.
   *
   * Periods are aligned to UTC: they are the multiples of the interval, counted from midnight UTC on 1 January 1970, a Thursday. With 5 minutes the
   * schedule starts at …:00, …:05, …:10; with 6 hours at 00:00, 06:00, 12:00 or 18:00 UTC; with 1 day at midnight UTC; with 7 days at midnight UTC on
   * a Thursday. An interval that a day is no multiple of, such as 5 hours, starts at another time each day. With a `phase` it is that much later.
   *
   * Later deployments keep the start. It is worked out again when the expression of the schedule or the options change, and when the flow is replaced
   * after it has begun to run. A deployment fails when the start would not lie before the end of the schedule.
   */
  public static nextPeriod(options: NextPeriodOptions = {}): ScheduleTime {
    return new ScheduleTime(undefined, { at: 'NextPeriod', marginSeconds: marginOf(options), phaseSeconds: options.phase?.toSeconds() });
  }

  /**
   * The next time that it is a time of day, UTC, worked out on deployment. Later deployments keep the start, as with `nextPeriod`.
   *
   * @param timeOfDay such as `02:00`, or `02:00:30` with seconds
   */
  public static nextUtc(timeOfDay: string, options: NextStartOptions = {}): ScheduleTime {
    const [, hours, minutes, seconds = '0'] = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(timeOfDay) ?? [];
    if (hours === undefined) {
      throw new AppFlowError('time-of-day-invalid', {
        what: 'the start of a schedule is not a time of day',
        got: Token.isUnresolved(timeOfDay) ? 'a text that is known only at deploy time' : quote(timeOfDay),
        allowed: 'hours and minutes, and seconds if need be, such as 02:00 or 14:30:15',
        remedy: 'give the time of day in UTC, with two digits each',
      });
    }
    return new ScheduleTime(undefined, {
      at: 'NextTimeOfDay', timeOfDay: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds), marginSeconds: marginOf(options),
    });
  }

  /** A date, to the second. */
  public static at(date: Date): ScheduleTime {
    if (Number.isNaN(date.getTime())) {
      throw invalidTime('an invalid date');
    }
    return new ScheduleTime(Math.floor(date.getTime() / 1000));
  }

  /** A time as ISO 8601 text with its offset from UTC, such as `2026-12-01T02:00:00Z`. */
  public static iso(text: string): ScheduleTime {
    if (!/(Z|[+-]\d{2}:?\d{2})$/i.test(text) || Number.isNaN(Date.parse(text))) {
      throw invalidTime(Token.isUnresolved(text) ? 'a text that is known only at deploy time' : quote(text));
    }
    return ScheduleTime.at(new Date(text));
  }

  /** Seconds since 1 January 1970, UTC, which can be a token, such as the value of a parameter. */
  public static epochSeconds(seconds: number): ScheduleTime {
    return new ScheduleTime(seconds);
  }

  /** Seconds since 1 January 1970, UTC; undefined for a start that is worked out on deployment. */
  public get seconds(): number | undefined {
    return this._seconds;
  }

  /**
   * How the time is worked out on deployment, if it is.
   *
   * @internal
   */
  public get _start(): StartPlan | undefined {
    return this.start;
  }

  private constructor(private readonly _seconds?: number, private readonly start?: StartPlan) {}

  /**
   * The time that is so much later; the same where it is known only at deploy time how late this one is.
   *
   * @internal
   */
  public _later(seconds: number): ScheduleTime {
    if (this.start !== undefined) {
      const phaseSeconds = later(this.start.phaseSeconds ?? 0, seconds);
      return new ScheduleTime(undefined, { ...this.start, phaseSeconds });
    }
    return new ScheduleTime(later(this._seconds!, seconds));
  }
}

function later(time: number, seconds: number): number {
  return Token.isUnresolved(time) ? time : time + seconds;
}

function marginOf({ margin = Duration.minutes(5) }: NextStartOptions): number {
  return margin.toSeconds();
}

function invalidTime(got: string): AppFlowError {
  return new AppFlowError('schedule-time-invalid', {
    what: 'a time of a schedule is not a point in time',
    got,
    allowed: 'a valid date, or ISO 8601 text with its offset from UTC, such as 2026-12-01T02:00:00Z',
    remedy: 'give one of these, or a token as ScheduleTime.epochSeconds',
  });
}
