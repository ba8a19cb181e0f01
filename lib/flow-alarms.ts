import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import { FlowEventType } from './flow-event-type';
import { FlowEvents } from './flow-events';
import { FlowMetrics } from './flow-metrics';
import { countedOver, evaluationOf, LONGEST_WINDOW, staleAfter } from './private/alarm-window';
import { isElsewhere } from './private/environment';
import { AppFlowError } from './private/errors';
import { warn } from './private/report';
import { everySeconds, type RunTimes } from './private/run-times';
import { literalNumber } from './private/values';
import { TRIGGER_TYPE } from './private/vocabulary';
import { watchedFlow, type WatchedFlow } from './private/watched-flow';

/** The alarms that a flow can have. */
export enum FlowAlarmKind {
  /** A run has failed. */
  FAILED = 'Failed',

  /** AppFlow has deactivated the flow after failures. */
  DEACTIVATED = 'Deactivated',

  /** No run has succeeded for too long. */
  STALE = 'Stale',

  /** Runs have processed no records for too long. */
  NO_RECORDS = 'NoRecords',

  /** A run has taken too long. */
  SLOW = 'Slow',
}

/** When failed runs are an alarm. */
export interface FailedAlarmOptions {
  /**
   * How many runs have to fail, each in a minute of its own.
   *
   * @default 1
   */
  readonly runs?: number;

  /**
   * Within which time they have to fail, from 1 minute to 1 day. The alarm is over when fewer than that have failed for so long.
   *
   * @default - as long as the schedule takes for so many runs, from 5 minutes to 1 day; 5 minutes without a schedule
   */
  readonly within?: Duration;
}

/** What happens besides the alarm when AppFlow deactivates a flow. */
export interface DeactivatedAlarmOptions {
  /**
   * What gets the event that AppFlow sends, with the reason for the deactivation in it.
   *
   * @default - nothing: the event is counted for the alarm alone
   * @see https://docs.aws.amazon.com/appflow/latest/userguide/flow-notifications.html
   */
  readonly targets?: events.IRuleTarget[];
}

/** When data is stale. */
export interface StaleAlarmOptions {
  /**
   * How long the flow may be without a successful run, from 5 minutes to 7 days. It has to be longer than the interval of the schedule by what one run
   * can take longer than another.
   *
   * @default - three intervals of the schedule, or two where three are more than a day; at least 15 minutes, at most 7 days
   */
  readonly within?: Duration;
}

/** When the lack of records is an alarm. */
export interface NoRecordsAlarmOptions {
  /**
   * How long the flow may be without a record, from 5 minutes to 7 days.
   *
   * @default - 7 days, since there are nights and weekends without changes; for a flow that reads all records in each run, the same as for stale data
   */
  readonly within?: Duration;
}

/** When a run is slow. */
export interface SlowAlarmOptions {
  /**
   * How long a run may take, from 1 minute to 48 hours, which is the longest that AppFlow lets one take.
   *
   * @default - one interval of the schedule, and at most 24 hours; 24 hours without a schedule
   */
  readonly longest?: Duration;
}

/** Options of the alarms of a flow. */
export interface FlowAlarmsOptions {
  /**
   * How often the flow is expected to run, at least once a minute.
   *
   * @default - as often as its schedule says: that of a `ScheduledFlow`, or of an L1, where that is a rate or a cron expression whose runs can be told for sure
   */
  readonly expectedInterval?: Duration;

  /**
   * When failed runs are an alarm.
   *
   * @default - when one run fails
   */
  readonly failed?: FailedAlarmOptions;

  /**
   * What happens besides the alarm when AppFlow deactivates the flow.
   *
   * @default - nothing
   */
  readonly deactivated?: DeactivatedAlarmOptions;

  /**
   * When data is stale.
   *
   * @default - when no run succeeds for some intervals of the schedule; no alarm where the flow has no schedule
   */
  readonly stale?: StaleAlarmOptions;

  /**
   * When the lack of records is an alarm.
   *
   * @default - when no run processes a record for 7 days; no alarm where the flow has no schedule
   */
  readonly noRecords?: NoRecordsAlarmOptions;

  /**
   * When a run is slow.
   *
   * @default - when it takes longer than an interval of the schedule, or than 24 hours
   */
  readonly slow?: SlowAlarmOptions;

  /**
   * The alarms that are not made.
   *
   * @default - none
   */
  readonly leaveOut?: FlowAlarmKind[];

  /**
   * What happens when something is wrong. CloudWatch takes 5 actions at most.
   *
   * @default - nothing but the state of the alarm
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * What happens when it is right again. CloudWatch takes 5 actions at most.
   *
   * @default - nothing
   */
  readonly okActions?: cloudwatch.IAlarmAction[];

  /**
   * What happens when CloudWatch cannot tell. CloudWatch takes 5 actions at most.
   *
   * @default - nothing
   */
  readonly insufficientDataActions?: cloudwatch.IAlarmAction[];

  /**
   * What the names of the alarms begin with. The kind of the alarm follows, as in `Opportunities-Failed`.
   *
   * @default - CloudFormation makes the names
   */
  readonly alarmNamePrefix?: string;
}

/** Properties of the alarms of a flow. */
export interface FlowAlarmsProps extends FlowAlarmsOptions {
  /** The flow, which can be an imported one or an L1. */
  readonly flow: appflow.IFlowRef;
}

/** What an alarm looks at, and what it says. */
interface AlarmPlan {
  readonly metric: cloudwatch.Metric;
  /** How far back it looks. */
  readonly seconds: number;
  /** In how many periods something has to be wrong; in all where it is the lack of values that is wrong. */
  readonly datapointsToAlarm?: number;
  readonly comparisonOperator?: cloudwatch.ComparisonOperator;
  readonly threshold?: number;
  readonly description: string;
}

/** CloudWatch has no longer one. */
const LONGEST_WARM_UP_MINUTES = 2880;

const HISTORY = 'the run history of the flow in the AppFlow console';

/**
 * The alarms of a flow, with thresholds from its schedule:
 *
 * - `failed`: a run has failed.
 * - `deactivated`: AppFlow has deactivated the flow after failures. There is no metric for that, so that a rule of Amazon EventBridge counts the event.
 * - `stale`: no run has succeeded for three intervals of the schedule, or for two where three are more than a day.
 * - `noRecords`: no run has processed a record for 7 days.
 * - `slow`: a run has taken longer than one interval of the schedule.
 *
 * An on-demand flow has `failed` and `slow`, an event flow `deactivated`: AWS does not say which metrics event flows have. An imported flow has what needs
 * no schedule, and the rest with `expectedInterval`. Options of an alarm have it made for any flow. A flow that is left suspended on purpose has no `stale`
 * and no `noRecords`, with options or without: it does not run.
 *
 * `stale` and `noRecords` wait for as long as they look back after they were made or changed, but for 2 days at most, which is the longest warm-up that
 * CloudWatch has. They do not know of the start and the end of a schedule: leave them out of a flow that starts to run later than that, or that has ended.
 *
 * The alarms look at the account and Region of the flow from those of the stack. CloudWatch makes no alarm on metrics of another Region, and there is no
 * `deactivated` for a flow elsewhere, since rules get the events of their own account and Region alone.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 *
 * @example
 * declare const flow: ScheduledFlow;
 * new FlowAlarms(this, 'Alarms', { flow, alarmActions: [new SnsAction(topic)] });
 */
@propertyInjectable
export class FlowAlarms extends Construct {
  /** Identifies the class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.FlowAlarms';

  /** The flow that the alarms are for. */
  public readonly flow: appflow.IFlowRef;

  /** A run has failed. */
  public readonly failed?: cloudwatch.Alarm;

  /** AppFlow has deactivated the flow after failures. */
  public readonly deactivated?: cloudwatch.Alarm;

  /** The rule that counts the events of `deactivated`, to which targets can be added. */
  public readonly deactivatedRule?: events.Rule;

  /** No run has succeeded for too long. */
  public readonly stale?: cloudwatch.Alarm;

  /** Runs have processed no records for too long. */
  public readonly noRecords?: cloudwatch.Alarm;

  /** A run has taken too long. */
  public readonly slow?: cloudwatch.Alarm;

  private readonly props: FlowAlarmsProps;
  private readonly watched: WatchedFlow;
  private readonly times?: RunTimes;
  private readonly metrics: FlowMetrics;
  private readonly flowName: string;

  constructor(scope: Construct, id: string, props: FlowAlarmsProps) {
    super(scope, id);
    this.props = props;
    this.flow = props.flow;
    this.flowName = props.flow.flowRef.flowName;
    this.metrics = FlowMetrics.fromFlow(props.flow);
    this.watched = watchedFlow(props.flow);
    const interval = this.checkedSeconds('expectedInterval', props.expectedInterval, Duration.minutes(1));
    this.times = interval !== undefined ? everySeconds(interval) : this.watched.times;

    this.failed = this.create(FlowAlarmKind.FAILED, () => this.planFailed());
    this.deactivatedRule = this.makes(FlowAlarmKind.DEACTIVATED) ? this.createRule() : undefined;
    this.deactivated = this.create(FlowAlarmKind.DEACTIVATED, () => this.planDeactivated());
    this.stale = this.create(FlowAlarmKind.STALE, () => this.planStale());
    this.noRecords = this.create(FlowAlarmKind.NO_RECORDS, () => this.planNoRecords());
    this.slow = this.create(FlowAlarmKind.SLOW, () => this.planSlow());

    this.addAlarmAction(...props.alarmActions ?? []);
    this.addOkAction(...props.okActions ?? []);
    this.addInsufficientDataAction(...props.insufficientDataActions ?? []);
  }

  /** The alarms that were made. */
  public get alarms(): cloudwatch.Alarm[] {
    return [this.failed, this.deactivated, this.stale, this.noRecords, this.slow].filter((alarm) => alarm !== undefined);
  }

  /** Has something happen when something is wrong, besides what already does. */
  public addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void {
    this.alarms.forEach((alarm) => alarm.addAlarmAction(...actions));
  }

  /** Has something happen when it is right again, besides what already does. */
  public addOkAction(...actions: cloudwatch.IAlarmAction[]): void {
    this.alarms.forEach((alarm) => alarm.addOkAction(...actions));
  }

  /** Has something happen when CloudWatch cannot tell, besides what already does. */
  public addInsufficientDataAction(...actions: cloudwatch.IAlarmAction[]): void {
    this.alarms.forEach((alarm) => alarm.addInsufficientDataAction(...actions));
  }

  /** Whether an alarm is wanted, and makes sense for the kind of flow. */
  private makes(kind: FlowAlarmKind): boolean {
    const { leaveOut = [], failed, deactivated, stale, noRecords, slow } = this.props;
    const { triggerType, isSuspended } = this.watched;
    const isEvent = triggerType === TRIGGER_TYPE.EVENT;
    const isExpected = triggerType !== TRIGGER_TYPE.ON_DEMAND || this.times !== undefined;
    const isHere = !isElsewhere(this.flow.env, Stack.of(this));
    const isMade = {
      [FlowAlarmKind.FAILED]: failed !== undefined || !isEvent,
      [FlowAlarmKind.DEACTIVATED]: (deactivated !== undefined || triggerType !== TRIGGER_TYPE.ON_DEMAND) && isHere,
      [FlowAlarmKind.STALE]: (stale !== undefined || (!isEvent && isExpected)) && !isSuspended,
      [FlowAlarmKind.NO_RECORDS]: (noRecords !== undefined || (!isEvent && isExpected)) && !isSuspended,
      [FlowAlarmKind.SLOW]: slow !== undefined || !isEvent,
    };
    return isMade[kind] && !leaveOut.includes(kind);
  }

  private create(kind: FlowAlarmKind, planAlarm: () => AlarmPlan | undefined): cloudwatch.Alarm | undefined {
    const plan = this.makes(kind) ? planAlarm() : undefined;
    if (plan === undefined) {
      return undefined;
    }
    const { metric, seconds, datapointsToAlarm, threshold = 1, description } = plan;
    const { period, evaluationPeriods } = evaluationOf(seconds);
    const isOnSilence = datapointsToAlarm === undefined;
    const { LESS_THAN_THRESHOLD, GREATER_THAN_OR_EQUAL_TO_THRESHOLD } = cloudwatch.ComparisonOperator;
    const { alarmNamePrefix } = this.props;
    const alarm = new cloudwatch.Alarm(this, kind, {
      metric: metric.with({ period }),
      evaluationPeriods,
      datapointsToAlarm,
      comparisonOperator: plan.comparisonOperator ?? (isOnSilence ? LESS_THAN_THRESHOLD : GREATER_THAN_OR_EQUAL_TO_THRESHOLD),
      threshold,
      treatMissingData: isOnSilence ? cloudwatch.TreatMissingData.BREACHING : cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmName: alarmNamePrefix !== undefined ? `${alarmNamePrefix}-${kind}` : undefined,
      alarmDescription: description,
    });
    if (isOnSilence) {
      warmUp(alarm, seconds / 60);
    }
    return alarm;
  }

  private planFailed(): AlarmPlan {
    const { runs = 1, within } = this.props.failed ?? {};
    const seconds = this.checkedSeconds('failed.within', within, Duration.minutes(1), Duration.days(1)) ?? countedOver(this.times, literalNumber(runs) ?? 1);
    this.refuseRuns(runs, seconds);
    return {
      metric: this.metrics.executionsFailed(),
      seconds,
      datapointsToAlarm: runs,
      description: `${runs === 1 ? 'A run' : `${runs} runs`} of the flow ${this.flowName} failed within ${inWords(seconds)}. `
        + `Read in ${HISTORY} why. Then put it right, and see that the next run succeeds.`,
    };
  }

  private planDeactivated(): AlarmPlan {
    return {
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'TriggeredRules',
        dimensionsMap: { RuleName: this.deactivatedRule!.ruleName },
        statistic: cloudwatch.Stats.SUM,
      }),
      // Nothing tells when somebody has activated the flow again.
      seconds: Duration.days(1).toSeconds(),
      datapointsToAlarm: 1,
      description: `AppFlow deactivated the flow ${this.flowName} within the last day, because it failed. It does not run any more. `
        + `Read in ${HISTORY} why. Then put it right, and activate the flow.`,
    };
  }

  private createRule(): events.Rule {
    return new events.Rule(this, 'DeactivatedRule', {
      description: `Counts how often AppFlow deactivates the flow ${this.flowName}`,
      eventPattern: FlowEvents.fromFlow(this.flow).pattern(FlowEventType.DEACTIVATED),
      targets: this.props.deactivated?.targets,
    });
  }

  private planStale(): AlarmPlan | undefined {
    const within = this.checkedSeconds('stale.within', this.props.stale?.within, Duration.minutes(5), LONGEST_WINDOW) ?? this.staleAfter;
    if (within === undefined) {
      this.warnOfStaleness();
      return undefined;
    }
    return {
      metric: this.metrics.executionsSucceeded(),
      seconds: within,
      description: `No run of the flow ${this.flowName} succeeded within ${inWords(within)}, so its destination lacks the newest data. `
        + `See whether the flow is active, and in ${HISTORY} whether it runs, and whether runs fail.`,
    };
  }

  private planNoRecords(): AlarmPlan | undefined {
    const { staleAfter: stale } = this;
    const byDefault = stale === undefined || this.watched.readsAll ? stale : LONGEST_WINDOW.toSeconds();
    const within = this.checkedSeconds('noRecords.within', this.props.noRecords?.within, Duration.minutes(5), LONGEST_WINDOW) ?? byDefault;
    return within === undefined ? undefined : {
      metric: this.metrics.executionRecordsProcessed(),
      seconds: within,
      description: `No run of the flow ${this.flowName} processed a record within ${inWords(within)}. If runs succeed, see whether the source has records `
        + 'that are new, whether its user may read them, and whether the filters of the flow let them through.',
    };
  }

  private planSlow(): AlarmPlan {
    const longest = this.checkedSeconds('slow.longest', this.props.slow?.longest, Duration.minutes(1), Duration.hours(48))
      ?? Math.min(this.times?.shortest ?? Infinity, Duration.hours(24).toSeconds());
    return {
      metric: this.metrics.executionTime({ statistic: cloudwatch.Stats.MAXIMUM }),
      seconds: countedOver(this.times, 1),
      datapointsToAlarm: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: longest * 1000,
      description: `A run of the flow ${this.flowName} took longer than ${inWords(longest)}. See in ${HISTORY} how many records it had. `
        + 'Then run the flow more often, or have it read less: increments in place of all records, a filter, or fewer fields.',
    };
  }

  private get staleAfter(): number | undefined {
    return this.times !== undefined ? staleAfter(this.times) : undefined;
  }

  private warnOfStaleness(): void {
    if (this.times === undefined) {
      warn(this, 'flow-interval-unknown', {
        what: 'no alarm tells when the flow stops running, since nothing says how often it runs',
        got: 'a flow without a schedule that can be told for sure',
        allowed: 'a schedule with a rate or a plain cron expression, or expectedInterval',
        remedy: 'give expectedInterval or stale.within, or leave FlowAlarmKind.STALE out',
      });
    } else {
      warn(this, 'flow-interval-too-long', {
        what: 'no alarm tells when the flow stops running, since CloudWatch does not look back for long enough',
        got: `up to ${inWords(this.times.longest(1))} from one run to the next`,
        allowed: 'up to 6 days, since alarms look back 7 days at most',
        remedy: 'leave FlowAlarmKind.STALE out, and watch the flow by its events',
      });
    }
  }

  private refuseRuns(runs: number, seconds: number): void {
    const literal = literalNumber(runs);
    const isReachable = literal === 1 || this.times === undefined || literal === undefined || this.times.shortest * (literal - 1) < seconds;
    if (literal !== undefined && !(Number.isInteger(literal) && literal >= 1 && isReachable)) {
      throw new AppFlowError('failed-runs-unreachable', {
        what: 'the flow never has so many failed runs',
        got: isReachable ? String(literal) : `${literal} within ${inWords(seconds)}, with ${inWords(this.times!.shortest)} or more from one run to the next`,
        allowed: 'a whole number from 1, and a time, at most 1 day, in which so many runs are due',
        remedy: 'give fewer runs or a longer time, or use stale.within, which looks back for up to 7 days',
      }, this);
    }
  }

  /** The seconds of a duration, in whole minutes, since CloudWatch counts in those. */
  private checkedSeconds(name: string, duration: Duration | undefined, min: Duration, max?: Duration): number | undefined {
    if (duration === undefined) {
      return undefined;
    }
    const seconds = duration.isUnresolved() ? undefined : duration.toSeconds();
    if (seconds === undefined || seconds < min.toSeconds() || seconds > (max?.toSeconds() ?? Infinity)) {
      throw new AppFlowError('alarm-duration-out-of-range', {
        what: `${name} is not a time that the alarms of a flow can have`,
        got: seconds === undefined ? 'a duration that is known only at deploy time' : duration.toHumanString(),
        allowed: max !== undefined ? `${min.toHumanString()} to ${max.toHumanString()}` : `${min.toHumanString()} or more`,
        remedy: 'give a duration in that range',
      }, this);
    }
    return Math.ceil(seconds / 60) * 60;
  }
}

/**
 * Has an alarm wait before it takes silence for a fault: a flow that is new has had no time to run. The oldest aws-cdk-lib that the library works with does
 * not know the property.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html
 */
function warmUp(alarm: cloudwatch.Alarm, minutes: number): void {
  (alarm.node.defaultChild as cloudwatch.CfnAlarm).addPropertyOverride('WarmUpConfiguration', {
    WarmUpPeriodDurationInMinutes: Math.min(minutes, LONGEST_WARM_UP_MINUTES),
  });
}

function inWords(seconds: number): string {
  return Duration.seconds(seconds).toHumanString();
}
