import { Duration, Tokenization } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { aws_kms as kms } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import { FlowBackfill } from './custom-resources/flow-backfill';
import { DataPull } from './data-pull';
import type { FlowActivation } from './flow-activation';
import type { FlowSchedule } from './flow-schedule';
import type { IFlowDestination, IFlowSource, IFlowTask } from './integration';
import { OnDemandFlow } from './on-demand-flow';
import { connectorRecord } from './private/connector-records';
import { AppFlowError } from './private/errors';
import type { TaskPlan } from './private/flow-plan';
import { literalNumber, quoteAll } from './private/values';
import { CONTAINS, FILTER_OPERATORS, TASK_PROPERTY } from './private/vocabulary';
import { ScheduleTime } from './schedule-time';
import { ScheduledFlow } from './scheduled-flow';
import { Filter } from './tasks/filter';

/** Which history a flow loads, and how. */
export interface BackfillOptions {
  /**
   * Where the history begins. An earlier time in a later deployment loads what is missing before, and nothing again.
   */
  readonly from: ScheduleTime;

  /**
   * Where the history ends, and the increments begin.
   *
   * @default - the time of the deployment that creates the flow; later deployments keep it
   */
  readonly to?: ScheduleTime;

  /**
   * The source field whose time tells in which window a record is, such as `LastModifiedDate` of Salesforce. The increments go by it, too.
   */
  readonly timestampField: string;

  /**
   * The type of that field, as AppFlow's DescribeConnectorEntity reports it.
   *
   * @default 'datetime'
   */
  readonly dataType?: string;

  /**
   * How much time of the history each run loads, at least one hour. Each window takes at least half a minute of the deployment, and as long as AppFlow
   * takes for its run.
   *
   * @default Duration.days(30)
   */
  readonly window?: Duration;

  /**
   * How long the deployment waits for all windows together, at most 24 hours. CloudFormation gives a custom resource no more than an hour, so that
   * there is one for each 48 minutes.
   *
   * @default Duration.hours(4)
   */
  readonly timeout?: Duration;

  /**
   * Whether a window counts as loaded of which AppFlow could not write some records.
   *
   * @default false
   */
  readonly allowFailedRecords?: boolean;

  /**
   * Any text. Another one loads the whole history again, in the same deployment.
   *
   * @default - none
   */
  readonly revision?: string;
}

/** Properties of a backfilled flow. */
export interface BackfilledFlowProps {
  /** Where both flows take their records from. Its connector needs a filter between two values. */
  readonly source: IFlowSource;

  /** Where both flows write their records to. In Amazon S3 the keys of objects contain the name of the flow that has written them. */
  readonly destination: IFlowDestination;

  /** What both flows do to the records. The filter for the windows is added for the history. */
  readonly tasks: IFlowTask[];

  /** When the increments run. Where the first of them starts to read is the end of the history, so the schedule has no `firstExecutionFrom`. */
  readonly schedule: FlowSchedule;

  /** Which history is loaded, and how. */
  readonly backfill: BackfillOptions;

  /**
   * Who activates the increments, and whether they are to run.
   *
   * @default FlowActivation.byCustomResource()
   */
  readonly activation?: FlowActivation;

  /**
   * The name of the flow of the increments. The flow of the history has the same with `-history` at its end.
   *
   * @default - names made from the construct's path
   */
  readonly flowName?: string;

  /**
   * What the flows are for: letters, digits, blanks and `_ ! @ # - . ? ,`, at most 2,048 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The key that AppFlow encrypts the flows' data with on its way.
   *
   * @default - a key that AppFlow manages
   */
  readonly encryptionKey?: kms.IKeyRef;
}

const MIN_WINDOW = Duration.hours(1);
const MIN_TIMEOUT = Duration.minutes(2);
const MAX_TIMEOUT = Duration.hours(24);
/** How often the custom resource looks whether a run is over. */
const SECONDS_PER_WINDOW = 30;

/**
 * A flow that loads the history of its source, and then goes on with what is new or changed.
 *
 * On deployment an on-demand flow loads the history, one window of time after the other, oldest first. When all windows are loaded, a scheduled flow is
 * created that pulls incrementally from where they end. If a window cannot be loaded, the deployment fails with AppFlow's own message, and is rolled
 * back.
 *
 * No record between `from` and the increments is left out, and some can arrive twice: AWS does not say whether a filter between two values lets the
 * values themselves through, so each window reaches a second into its neighbours, and a record that changes while the history is loaded is in the
 * increments, too.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flow-triggers.html
 */
@propertyInjectable
export class BackfilledFlow extends Construct {
  /** By what the property injectors of the AWS CDK know the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.BackfilledFlow';

  /** The flow that loads the history. It has the filter of the window that it was run for last. */
  public readonly history: OnDemandFlow;

  /** The flow of the increments. */
  public readonly flow: ScheduledFlow;

  constructor(scope: Construct, id: string, props: BackfilledFlowProps) {
    super(scope, id);

    const { schedule, activation, flowName, backfill, ...common } = props;
    const { timestampField } = backfill;
    const window = backfill.window ?? Duration.days(30);
    const timeout = backfill.timeout ?? Duration.hours(4);
    this.refuseOtherStart(schedule);
    this.refuseRange(backfill);
    this.refuseDurations(backfill, window, timeout);
    this.refuseWithoutFilter(props.source);

    // Nobody has run it for a window yet: it lets next to nothing through.
    const bound = `${Tokenization.stringifyNumber(backfill.from.seconds!)}000`;
    const filter = Filter._of(props.source.connectorType, BETWEEN, timestampField, {
      [TASK_PROPERTY.DATA_TYPE]: backfill.dataType ?? 'datetime',
      [TASK_PROPERTY.LOWER_BOUND]: bound,
      [TASK_PROPERTY.UPPER_BOUND]: bound,
    });
    this.history = new OnDemandFlow(this, 'History', {
      ...common,
      tasks: [...props.tasks, filter],
      flowName: flowName !== undefined ? `${flowName}-history` : undefined,
    });

    const loading = new FlowBackfill(this, 'Backfill', {
      flow: this.history._resource,
      plan: this.history._plan,
      filterIndex: this.history._plan.tasks.findIndex((task) => isFilterOf(task, timestampField, bound)),
      from: backfill.from.seconds!,
      to: backfill.to?.seconds,
      revision: backfill.revision,
      windowSeconds: window.toSeconds(),
      timeoutSeconds: timeout.toSeconds(),
      allowFailedRecords: backfill.allowFailedRecords ?? false,
    });
    this.flow = new ScheduledFlow(this, 'Flow', {
      ...common,
      schedule: schedule._readingFrom(ScheduleTime.epochSeconds(loading.end)),
      pull: DataPull.incremental({ timestampField }),
      activation,
      flowName,
    });
    this.flow.node.addDependency(loading);
  }

  private refuseOtherStart(schedule: FlowSchedule) {
    if (schedule._plan().firstExecutionFrom !== undefined) {
      throw new AppFlowError('backfill-with-first-execution', {
        what: 'the schedule of a backfilled flow says itself where the first run starts to read',
        got: 'firstExecutionFrom',
        allowed: 'a schedule without it, since the first run starts where the history ends',
        remedy: 'leave it out, and say with \'to\' of the backfill where the history ends',
      }, this);
    }
  }

  private refuseRange({ from, to }: BackfillOptions) {
    for (const [name, time] of [['from', from], ['to', to]] as const) {
      if (time !== undefined && time.seconds === undefined) {
        throw new AppFlowError('backfill-time-misplaced', {
          what: `the time '${name}' of a backfill cannot be a start of a schedule that is worked out on deployment`,
          got: 'ScheduleTime.nextPeriod() or ScheduleTime.nextUtc()',
          allowed: 'ScheduleTime.at(), iso() or epochSeconds()',
          remedy: name === 'to' ? 'give a point in time, or leave it out for the time of the deployment' : 'give a point in time',
        }, this);
      }
    }
    const [start, end] = [literalNumber(from.seconds), literalNumber(to?.seconds)];
    if (start !== undefined && end !== undefined && start >= end) {
      throw new AppFlowError('backfill-empty', {
        what: 'the history of a backfilled flow does not begin before it ends',
        got: `from ${isoTime(start)} to ${isoTime(end)}`,
        allowed: 'a \'from\' before \'to\'',
        remedy: 'give an earlier \'from\', or a later \'to\'',
      }, this);
    }
  }

  private refuseDurations({ from, to }: BackfillOptions, window: Duration, timeout: Duration) {
    if (!window.isUnresolved() && window.toSeconds() < MIN_WINDOW.toSeconds()) {
      throw new AppFlowError('backfill-window-too-short', {
        what: 'the windows of a backfill are too short',
        got: window.toHumanString(),
        allowed: `at least ${MIN_WINDOW.toHumanString()}`,
        remedy: 'give longer windows, so that there are fewer',
      }, this);
    }
    if (timeout.isUnresolved() || timeout.toSeconds() < MIN_TIMEOUT.toSeconds() || timeout.toSeconds() > MAX_TIMEOUT.toSeconds()) {
      throw new AppFlowError('backfill-timeout-out-of-range', {
        what: 'a deployment cannot wait for a backfill that long',
        got: timeout.isUnresolved() ? 'a time that is known only at deploy time' : timeout.toHumanString(),
        allowed: `from ${MIN_TIMEOUT.toHumanString()} to ${MAX_TIMEOUT.toHumanString()}`,
        remedy: 'give a timeout in that range, and load a longer history in several deployments, each with an earlier \'from\'',
      }, this);
    }
    const start = literalNumber(from.seconds);
    // Of a history up to a deployment nobody knows which one that was.
    const end = literalNumber(to?.seconds);
    if (start === undefined || end === undefined || window.isUnresolved()) {
      return;
    }
    const windows = Math.ceil((end - start) / window.toSeconds());
    if (windows * SECONDS_PER_WINDOW > timeout.toSeconds()) {
      throw new AppFlowError('backfill-timeout-too-short', {
        what: 'a backfill has more windows than can be loaded in its time, since each takes at least half a minute',
        got: `${windows} windows and a timeout of ${timeout.toHumanString()}`,
        allowed: `at most ${Math.floor(timeout.toSeconds() / SECONDS_PER_WINDOW)} windows in that time`,
        remedy: 'give longer windows or a longer timeout',
      }, this);
    }
  }

  private refuseWithoutFilter({ connectorType }: IFlowSource) {
    const record = connectorRecord(connectorType.name);
    if (record?.source !== undefined && !record.source.operators.includes(BETWEEN)) {
      throw new AppFlowError('backfill-without-filter', {
        what: `the history of ${record.title} cannot be loaded by windows of time, since its connector has no filter between two values`,
        got: `the filters ${quoteAll(record.source.operators.filter((operator) => FILTERS.includes(operator)))}`,
        allowed: BETWEEN,
        remedy: 'load the history with an OnDemandFlow as a whole, and use a ScheduledFlow for the increments',
      }, this);
    }
  }
}

const BETWEEN = 'BETWEEN';
const FILTERS: readonly string[] = [...FILTER_OPERATORS, CONTAINS];

function isFilterOf({ sourceFields, connectorOperator = {}, taskProperties = {} }: TaskPlan, field: string, bound: string): boolean {
  return Object.values(connectorOperator).includes(BETWEEN) && sourceFields[0] === field
    && taskProperties[TASK_PROPERTY.LOWER_BOUND] === bound && taskProperties[TASK_PROPERTY.UPPER_BOUND] === bound;
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
