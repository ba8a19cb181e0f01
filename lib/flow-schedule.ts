import { type Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import type { StartPlan, TriggerPlan } from './private/flow-plan';
import type { ScheduleTime } from './schedule-time';

/** When a scheduled flow starts, ends, and gives up. */
export interface FlowScheduleOptions {
  /**
   * When the first run is due. Must lie ahead when the flow is deployed.
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
    this.expressionString = expression;
    this.options = options;
  }

  /**
   * The start of the schedule, where that is worked out on deployment.
   *
   * @internal
   */
  public get _start(): StartPlan | undefined {
    return undefined;
  }

  /** @internal */
  public _plan(): Omit<TriggerPlan, 'type'> {
    return {
      scheduleExpression: this.expressionString,
      scheduleStartTime: this.options.startTime?.seconds,
      scheduleEndTime: this.options.endTime?.seconds,
      firstExecutionFrom: this.options.firstExecutionFrom?.seconds,
      timezone: this.options.timeZone,
      scheduleOffset: this.options.offset?.toSeconds(),
      flowErrorDeactivationThreshold: this.options.deactivationThreshold,
    };
  }
}
