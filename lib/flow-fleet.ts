import { CfnResource, type Duration, Stack } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { aws_kms as kms } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import type { DataPull } from './data-pull';
import type { FlowActivation } from './flow-activation';
import { FlowAlarms, type FlowAlarmsOptions } from './flow-alarms';
import type { FlowDashboard } from './flow-dashboard';
import type { FlowSchedule } from './flow-schedule';
import type { IFlowDestination, IFlowSource, IFlowTask } from './integration';
import { connectorRecord } from './private/connector-records';
import { AppFlowError, validationError } from './private/errors';
import { warn } from './private/report';
import { didYouMean } from './private/rules/did-you-mean';
import { runTimes } from './private/run-times';
import { shortHash } from './private/short-hash';
import { literalNumber, literalString, quote, quoteAll } from './private/values';
import { ScheduledFlow } from './scheduled-flow';
import { Mapping } from './tasks/mapping';

/** What the flow of one object has of its own. Whatever is left out is as the fleet has it. */
export interface FleetFlowOptions {
  /**
   * Where the flow writes its records to, as it is: without a folder for the object.
   *
   * @default - the destination of the fleet
   */
  readonly destination?: IFlowDestination;

  /**
   * When the flow runs.
   *
   * @default - the schedule of the fleet
   */
  readonly schedule?: FlowSchedule;

  /**
   * Which records each run reads.
   *
   * @default - the pull of the fleet
   */
  readonly pull?: DataPull;

  /**
   * What the flow does to the records, in place of what the fleet does.
   *
   * @default - the tasks of the fleet
   */
  readonly tasks?: IFlowTask[];

  /**
   * Who activates the flow, and whether it is to run.
   *
   * @default - the activation of the fleet
   */
  readonly activation?: FlowActivation;

  /**
   * The key that AppFlow encrypts the flow's data with on its way.
   *
   * @default - the key of the fleet
   */
  readonly encryptionKey?: kms.IKeyRef;

  /**
   * The name of the flow.
   *
   * @default - the `flowNamePrefix` of the fleet and the id; without that prefix, a name made from the construct's path
   */
  readonly flowName?: string;

  /**
   * What the flow is for.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Options of the flow's alarms, each in place of the same option of the fleet.
   *
   * @default - the alarms of the fleet
   */
  readonly alarms?: FlowAlarmsOptions;
}

/** Properties of a fleet. */
export interface FlowFleetProps {
  /** When the flows run. Their starts are spread, as `spread` says. */
  readonly schedule: FlowSchedule;

  /**
   * Where the flows write their records to. In a bucket of Amazon S3, or of Upsolver, each has a folder of its own, with the id of its object as its
   * name, below the prefix of the destination.
   *
   * @default - each flow has a destination of its own
   */
  readonly destination?: IFlowDestination;

  /**
   * Over how much time the starts of the flows are spread, so that they do not all ask the source at once. Each flow starts later by a share of it, which
   * is made from its path in the stack: it stays the same whatever other flows are added, removed or changed.
   *
   * A start that is known only at deploy time is left as it is, and so are the runs of a cron expression. `Duration.seconds(0)` spreads nothing.
   *
   * @default - the interval of the schedule, from the start of its next period on; a schedule with a `startTime` is not spread
   */
  readonly spread?: Duration;

  /**
   * Which records each run reads.
   *
   * @default - not sent; AppFlow decides
   */
  readonly pull?: DataPull;

  /**
   * What the flows do to the records.
   *
   * @default [Mapping.all()]
   */
  readonly tasks?: IFlowTask[];

  /**
   * Who activates the flows, and whether they are to run.
   *
   * @default FlowActivation.byCustomResource()
   */
  readonly activation?: FlowActivation;

  /**
   * The key that AppFlow encrypts the flows' data with on its way.
   *
   * @default - a key that AppFlow manages
   */
  readonly encryptionKey?: kms.IKeyRef;

  /**
   * What the names of the flows begin with. The id of the object follows, so with `crm-` there is a flow `crm-Account`.
   *
   * @default - names made from the constructs' paths
   */
  readonly flowNamePrefix?: string;

  /**
   * Options of the alarms that each flow has; `{}` for those that `FlowAlarms` makes by itself. Of a flow's alarms, the `alarmNamePrefix` is this one, `-`
   * and the id of the object.
   *
   * @default - the flows have no alarms
   */
  readonly alarms?: FlowAlarmsOptions;

  /**
   * The dashboard that shows the flows, and their alarms. Several fleets can share one.
   *
   * @default - none
   */
  readonly dashboard?: FlowDashboard;

  /**
   * How many of the flows CloudFormation creates, updates or deletes at a time. AppFlow throttles, and CloudFormation may give up: a deployment that
   * fails with `Too Many Requests` needs this.
   *
   * @default - CloudFormation decides
   */
  readonly maxConcurrentDeployments?: number;
}

/** What is assumed of the runs of a fleet. */
export interface FleetCallOptions {
  /**
   * How many pages of records a run reads.
   *
   * @default 1
   */
  readonly pagesPerRun?: number;

  /**
   * The same for the flows of some objects, by their ids.
   *
   * @default - `pagesPerRun` for all
   */
  readonly pagesPerRunOf?: { [id: string]: number };
}

/** What the runs of a fleet cost. */
export interface FleetCalls {
  /** How many runs the flows have in 24 hours, on average. */
  readonly runsPerDay: number;

  /** How many calls AppFlow makes to their sources in 24 hours, on average. */
  readonly callsPerDay: number;

  /** The ids of the objects whose flows are not counted, since it is known only at deploy time, or is not certain, how often they run. */
  readonly notCounted: string[];
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const RESOURCES_OF_A_STACK = 500;

/** @see https://docs.aws.amazon.com/appflow/latest/userguide/service-quotas.html */
const RUNS_PER_MONTH = 10_000_000;
const DAYS_OF_A_MONTH = 30;

/** A destination whose files can go to a folder of each flow. */
type FolderDestination = IFlowDestination & { _below(folder: string): IFlowDestination };

/**
 * Flows that have much in common: one for each object of an application, a line each. The objects can be of any connector, and of several.
 *
 * A flow depends on its id and on what it was given, and on no other flow: objects can be added, removed and put in another order, and the others keep
 * their logical ids, their names and their starts.
 *
 * @example
 * const crm = new FlowFleet(this, 'Crm', {
 *   destination: new S3Destination(bucket, { prefix: 'crm' }),
 *   schedule: FlowSchedule.every(Duration.hours(1)),
 *   pull: DataPull.incremental(),
 * });
 * crm.add('Account', new SalesforceSource(salesforce, { object: 'Account' }));
 * crm.add('Contact', new SalesforceSource(salesforce, { object: 'Contact' }), { schedule: FlowSchedule.every(Duration.minutes(15)) });
 */
@propertyInjectable
export class FlowFleet extends Construct {
  /** By what the property injectors of the AWS CDK know the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.FlowFleet';

  private readonly props: FlowFleetProps;
  private readonly byId = new Map<string, ScheduledFlow>();
  private readonly _alarms: FlowAlarms[] = [];
  /** By expressions, of which a fleet has few. Those of the calendar take a while to count. */
  private readonly perDay = new Map<string | undefined, number | undefined>();

  constructor(scope: Construct, id: string, props: FlowFleetProps) {
    super(scope, id);
    this.props = props;
    this.refuseSpread();
    this.refuseConcurrency();
    this.node.addValidation({ validate: () => this.validate() });
  }

  /** The flows, in the order in which they were added. */
  public get flows(): ScheduledFlow[] {
    return [...this.byId.values()];
  }

  /** The alarms, of each flow that has some. */
  public get alarms(): FlowAlarms[] {
    return [...this._alarms];
  }

  /**
   * Adds an object.
   *
   * @param id the id of the flow in the fleet: the name of the object, as a rule. Another id makes another flow
   * @param source where the flow takes its records from
   */
  public add(id: string, source: IFlowSource, options: FleetFlowOptions = {}): ScheduledFlow {
    this.refuseId(id);
    const { props } = this;
    const schedule = options.schedule ?? props.schedule;
    const flow = new ScheduledFlow(this, id, {
      source,
      destination: options.destination ?? this.destinationOf(id),
      schedule: schedule._spread(this.shareOf(id), props.spread?.toSeconds()),
      pull: options.pull ?? props.pull,
      tasks: options.tasks ?? props.tasks ?? [Mapping.all()],
      activation: options.activation ?? props.activation,
      encryptionKey: options.encryptionKey ?? props.encryptionKey,
      flowName: options.flowName ?? (props.flowNamePrefix !== undefined ? `${props.flowNamePrefix}${id}` : undefined),
      description: options.description,
    });
    this.takeTurns(flow);
    this.byId.set(id, flow);
    this.watch(id, flow, options.alarms);
    return flow;
  }

  /** The flow of an object that was added. */
  public flow(id: string): ScheduledFlow {
    const flow = this.byId.get(id);
    if (flow === undefined) {
      const ids = [...this.byId.keys()];
      throw new AppFlowError('fleet-object-unknown', {
        what: 'the fleet has no flow of that object',
        got: quote(id),
        allowed: quoteAll(ids),
        remedy: didYouMean(id, ids),
      }, this);
    }
    return flow;
  }

  /**
   * What the runs cost the sources: AppFlow makes a call for each page of records of each run, and the calls count against the limits of the application
   * for which it makes them. That a run without any new record makes one call is inferred, so without options this is the least that there can be.
   *
   * Flows count as if they were active. Failed calls that AppFlow makes again, sign-in, and calls for metadata are not counted.
   *
   * @see https://docs.aws.amazon.com/appflow/latest/userguide/general.html
   */
  public estimateCalls(options: FleetCallOptions = {}): FleetCalls {
    const runs = [...this.byId].map(([id, flow]) => ({ id, perDay: this.runsPerDay(flow) }));
    const counted = runs.filter((each): each is { id: string; perDay: number } => each.perDay !== undefined);
    return {
      runsPerDay: sum(counted.map(({ perDay }) => perDay)),
      callsPerDay: sum(counted.map(({ id, perDay }) => perDay * (options.pagesPerRunOf?.[id] ?? options.pagesPerRun ?? 1))),
      notCounted: runs.filter(({ perDay }) => perDay === undefined).map(({ id }) => id),
    };
  }

  private destinationOf(id: string): IFlowDestination {
    const { destination } = this.props;
    if (destination === undefined) {
      throw new AppFlowError('fleet-destination-missing', {
        what: `neither the fleet nor its object ${quote(id)} says where the records are written to`,
        got: 'no destination',
        remedy: 'give the fleet a destination, or the object one of its own',
      }, this);
    }
    return (destination as Partial<FolderDestination>)._below?.(id) ?? destination;
  }

  /** A number from 0 to below 1 that depends on nothing but what the logical id does. */
  private shareOf(id: string): number {
    const path = `${this.node.path.slice(Stack.of(this).node.path.length)}/${id}`;
    return parseInt(shortHash(path).slice(0, 8), 16) / 2 ** 32;
  }

  private takeTurns(flow: ScheduledFlow): void {
    const before = this.flows.at(-(this.props.maxConcurrentDeployments ?? Infinity));
    if (before !== undefined) {
      flow._resource.node.addDependency(before._resource);
    }
  }

  private watch(id: string, flow: ScheduledFlow, options: FlowAlarmsOptions | undefined): void {
    const common = this.props.alarms;
    if (common === undefined && options === undefined) {
      this.props.dashboard?.addFlow(flow);
      return;
    }
    const alarms = new FlowAlarms(flow, 'Alarms', {
      ...common,
      alarmNamePrefix: common?.alarmNamePrefix !== undefined ? `${common.alarmNamePrefix}-${id}` : undefined,
      ...options,
      flow,
    });
    this._alarms.push(alarms);
    this.props.dashboard?.addAlarms(alarms);
  }

  private refuseSpread(): void {
    const { spread, schedule } = this.props;
    const isCron = literalString(schedule.expressionString)?.startsWith('cron') === true;
    if (spread !== undefined && (isCron || literalNumber(spread.toSeconds()) === undefined)) {
      throw new AppFlowError('fleet-spread-invalid', {
        what: 'the starts of the flows cannot be spread',
        got: isCron ? `${quote(schedule.expressionString)}, which says itself when they run` : 'a length of time that is known only at deploy time',
        allowed: 'a schedule with a rate, and a length of time that is known now',
        remedy: 'use FlowSchedule.every and a spread such as Duration.hours(1), or leave the spread out',
      }, this);
    }
  }

  private refuseConcurrency(): void {
    const { maxConcurrentDeployments: most } = this.props;
    if (most !== undefined && !(Number.isInteger(literalNumber(most)) && most > 0)) {
      throw new AppFlowError('fleet-concurrency-invalid', {
        what: 'there is no such number of flows to deploy at a time',
        got: literalNumber(most) === undefined ? 'a number that is known only at deploy time' : String(most),
        allowed: 'a whole number from 1 on',
        remedy: 'give such a number, or leave it out',
      }, this);
    }
  }

  private refuseId(id: string): void {
    const text = literalString(id);
    if (text === undefined || text === '' || text.includes('/')) {
      throw new AppFlowError('fleet-object-invalid', {
        what: 'an object of a fleet has an id that no construct can have',
        got: text === undefined ? 'a text that is known only at deploy time' : quote(text),
        allowed: 'a text that is known now, without a slash',
        remedy: 'give another id, such as the last part of the object\'s name',
      }, this);
    }
    if (this.byId.has(text)) {
      throw new AppFlowError('fleet-object-repeated', {
        what: 'the fleet has that object already',
        got: quote(text),
        remedy: 'leave it out, or give it another id if it is to have another flow',
      }, this);
    }
  }

  private validate(): string[] {
    if (this.byId.size === 0) {
      warn(this, 'fleet-empty', { what: 'the fleet has no flows', remedy: 'add its objects, or acknowledge this if it is to have none here' });
    }
    this.warnOfRuns();
    this.warnOfDailyLimits();
    return this.tooManyResources();
  }

  private warnOfRuns(): void {
    const runs = Math.round(this.estimateCalls().runsPerDay * DAYS_OF_A_MONTH);
    if (runs > RUNS_PER_MONTH) {
      warn(this, 'fleet-runs-over-quota', {
        what: 'the flows of the fleet run more often than an account may in a Region, unless its quota was raised',
        got: `${count(runs)} runs in ${DAYS_OF_A_MONTH} days`,
        allowed: `at most ${count(RUNS_PER_MONTH)} a month`,
        remedy: 'run them less often, or acknowledge this where the quota is higher',
      });
    }
  }

  private warnOfDailyLimits(): void {
    const used = new Map<string, { readonly title: string; readonly most: number; runs: number }>();
    for (const flow of this.flows) {
      const { connectorType, connectorProfileName, properties } = flow._plan.source;
      for (const { title, most, counts } of connectorRecord(connectorType)?.source?.dailyLimits ?? []) {
        if (counts?.(properties) !== false) {
          const key = JSON.stringify([title, connectorProfileName]);
          used.set(key, { title, most: most.value, runs: (used.get(key)?.runs ?? 0) + (this.runsPerDay(flow) ?? 0) });
        }
      }
    }
    for (const { title, most, runs } of used.values()) {
      if (runs > most) {
        warn(this, 'fleet-calls-over-limit', {
          what: `the flows of the fleet need more ${title} than the application allows`,
          got: `${count(Math.round(runs))} runs in 24 hours, which need one each at least`,
          allowed: `at most ${count(most)}`,
          remedy: 'run them less often, or acknowledge this where the limit is higher',
        });
      }
    }
  }

  /** How many runs a flow has in 24 hours, on average, where its schedule tells. */
  private runsPerDay(flow: ScheduledFlow): number | undefined {
    const { scheduleExpression } = flow._plan.trigger;
    if (!this.perDay.has(scheduleExpression)) {
      this.perDay.set(scheduleExpression, runTimes(scheduleExpression)?.perDay);
    }
    return this.perDay.get(scheduleExpression);
  }

  private tooManyResources(): string[] {
    const stack = Stack.of(this);
    const resourcesIn = (scope: Construct) => scope.node.findAll().filter((each) => CfnResource.isCfnResource(each) && each.stack === stack).length;
    const resources = resourcesIn(stack);
    return resources > RESOURCES_OF_A_STACK
      ? [validationError('fleet-too-large', {
        what: 'the stack of the fleet has more resources than CloudFormation takes',
        got: `${resources}, of which ${resourcesIn(this)} are of the fleet`,
        allowed: `at most ${RESOURCES_OF_A_STACK}`,
        remedy: 'give some of the objects to a fleet with the same properties in another stack, such as a NestedStack',
      })]
      : [];
  }
}


function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function count(number: number): string {
  return number.toLocaleString('en-GB');
}
