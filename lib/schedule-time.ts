import { Token } from 'aws-cdk-lib';
import { AppFlowError } from './private/errors';
import { quote } from './private/values';

/** A point in time of a schedule. */
export class ScheduleTime {
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

  /** Seconds since 1 January 1970, UTC. */
  public get seconds(): number {
    return this._seconds;
  }

  private constructor(private readonly _seconds: number) {}
}

function invalidTime(got: string): AppFlowError {
  return new AppFlowError('schedule-time-invalid', {
    what: 'a time of a schedule is not a point in time',
    got,
    allowed: 'a valid date, or ISO 8601 text with its offset from UTC, such as 2026-12-01T02:00:00Z',
    remedy: 'give one of these, or a token as ScheduleTime.epochSeconds',
  });
}
