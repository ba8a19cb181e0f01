import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import type { FlowAlarms } from './flow-alarms';
import { FlowMetrics } from './flow-metrics';

/** Properties of a dashboard of flows. */
export interface FlowDashboardProps {
  /**
   * The flows, which can be imported ones, of other Regions too, and L1s.
   *
   * @default - those of the alarms; `addFlow` and `addAlarms` add more
   */
  readonly flows?: appflow.IFlowRef[];

  /**
   * Alarms of flows. Their flows are on the dashboard, too.
   *
   * @default - none
   */
  readonly alarms?: FlowAlarms[];

  /**
   * The name of the dashboard: letters, digits, `-` and `_`. If there are more flows than one dashboard can have, the name of the next one ends with
   * `-2`, and so on.
   *
   * @default - CloudFormation makes the name
   */
  readonly dashboardName?: string;

  /**
   * How much time each point of the graphs stands for.
   *
   * @default Duration.hours(1)
   */
  readonly period?: Duration;

  /**
   * How much time the dashboard shows when it is opened.
   *
   * @default Duration.days(7)
   */
  readonly defaultInterval?: Duration;
}

/** A graph can be read with so many lines; CloudWatch takes 500. */
const FLOWS_PER_ROW = 25;

/** Each flow has four metrics, and CloudWatch shows 2,500 on a dashboard. */
const FLOWS_PER_DASHBOARD = 600;

/** CloudWatch takes so many in one widget. */
const ALARMS_PER_WIDGET = 100;

/** How many alarms fit side by side. */
const ALARMS_PER_LINE = 6;

const FULL_WIDTH = 24;

/**
 * A CloudWatch dashboard of flows: the states of their alarms, those that are on first, and then graphs of how many runs have succeeded and how many have
 * failed, how many records they have processed, and how long the longest of them have taken, with a line for each flow.
 *
 * There are four graphs for each 25 flows, and a dashboard for each 600, which keeps within the limits of CloudWatch: 500 metrics on a graph, 2,500 on a
 * dashboard. Other widgets go below what is there, by `dashboard.addWidgets`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 *
 * @example
 * declare const flow: ScheduledFlow;
 * new FlowDashboard(this, 'Dashboard', { flows: [flow] });
 */
@propertyInjectable
export class FlowDashboard extends Construct {
  /** Identifies the class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.FlowDashboard';

  private readonly props: FlowDashboardProps;
  private readonly pages: Page[];
  private readonly pageOf = new Map<appflow.IFlowRef, Page>();

  constructor(scope: Construct, id: string, props: FlowDashboardProps = {}) {
    super(scope, id);
    this.props = props;
    this.pages = [this.newPage('')];
    props.flows?.forEach((flow) => this.addFlow(flow));
    props.alarms?.forEach((alarms) => this.addAlarms(alarms));
  }

  /** The dashboard; the first one, if there are more flows than one can have. */
  public get dashboard(): cloudwatch.Dashboard {
    return this.pages[0].dashboard;
  }

  /** The dashboards: one, unless there are more flows than one can have. */
  public get dashboards(): cloudwatch.Dashboard[] {
    return this.pages.map(({ dashboard }) => dashboard);
  }

  /** Adds a flow, unless it is there. */
  public addFlow(flow: appflow.IFlowRef): void {
    this.pageWith(flow);
  }

  /** Adds alarms, and their flow, unless it is there. */
  public addAlarms(alarms: FlowAlarms): void {
    this.pageWith(alarms.flow).alarms.add(...alarms.alarms);
  }

  private pageWith(flow: appflow.IFlowRef): Page {
    const known = this.pageOf.get(flow);
    if (known !== undefined) {
      return known;
    }
    if (this.pageOf.size === this.pages.length * FLOWS_PER_DASHBOARD) {
      this.pages.push(this.newPage(String(this.pages.length + 1)));
    }
    const page = this.pages.at(-1)!;
    page.addFlow(flow);
    this.pageOf.set(flow, page);
    return page;
  }

  private newPage(number: string): Page {
    const { dashboardName, period = Duration.hours(1), defaultInterval = Duration.days(7) } = this.props;
    return new Page(new cloudwatch.Dashboard(this, `Dashboard${number}`, {
      dashboardName: dashboardName !== undefined && number !== '' ? `${dashboardName}-${number}` : dashboardName,
      defaultInterval,
    }), period);
  }
}

/** What one dashboard has. */
class Page {
  public readonly alarms = new AlarmOverview();
  private graphs: FlowGraphs[] = [];

  constructor(public readonly dashboard: cloudwatch.Dashboard, private readonly period: Duration) {
    dashboard.addWidgets(this.alarms);
  }

  public addFlow(flow: appflow.IFlowRef): void {
    let graphs = this.graphs.at(-1);
    if (graphs === undefined || graphs.isFull) {
      graphs = new FlowGraphs(this.period);
      this.graphs.push(graphs);
      this.dashboard.addWidgets(...graphs.widgets);
    }
    graphs.add(flow);
  }
}

/** The graphs of some flows, each with a line for each flow. */
class FlowGraphs {
  private readonly succeeded = graph('Successful runs', 'Runs');
  private readonly failed = graph('Failed runs', 'Runs');
  private readonly records = graph('Records processed', 'Records');
  private readonly duration = graph('Longest run', 'Milliseconds');
  private size = 0;

  constructor(private readonly period: Duration) {}

  public get widgets(): cloudwatch.IWidget[] {
    return [this.succeeded, this.failed, this.records, this.duration];
  }

  public get isFull(): boolean {
    return this.size === FLOWS_PER_ROW;
  }

  public add(flow: appflow.IFlowRef): void {
    const metrics = FlowMetrics.fromFlow(flow);
    const options = { period: this.period, label: flow.flowRef.flowName };
    this.succeeded.addLeftMetric(metrics.executionsSucceeded(options));
    this.failed.addLeftMetric(metrics.executionsFailed(options));
    this.records.addLeftMetric(metrics.executionRecordsProcessed(options));
    this.duration.addLeftMetric(metrics.executionTime({ ...options, statistic: cloudwatch.Stats.MAXIMUM }));
    this.size++;
  }
}

function graph(title: string, unit: string): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({ title, leftYAxis: { label: unit, min: 0, showUnits: false }, width: FULL_WIDTH / 2, height: 8 });
}

/** The states of all alarms of a dashboard, above the graphs, also of those that are added after graphs. It is not there until there are some. */
class AlarmOverview implements cloudwatch.IWidget {
  public readonly width = FULL_WIDTH;
  private readonly alarms: cloudwatch.Alarm[] = [];
  private place = { x: 0, y: 0 };

  public add(...alarms: cloudwatch.Alarm[]): void {
    this.alarms.push(...alarms);
  }

  public get height(): number {
    return this.parts.height;
  }

  public position(x: number, y: number): void {
    this.place = { x, y };
  }

  public toJson(): any[] {
    const { parts } = this;
    parts.position(this.place.x, this.place.y);
    return parts.toJson();
  }

  private get parts(): cloudwatch.Column {
    const chunks = Array.from({ length: Math.ceil(this.alarms.length / ALARMS_PER_WIDGET) }, (_, index) =>
      this.alarms.slice(index * ALARMS_PER_WIDGET, (index + 1) * ALARMS_PER_WIDGET));
    return new cloudwatch.Column(...chunks.map((alarms) => new cloudwatch.AlarmStatusWidget({
      title: 'Alarms',
      alarms,
      sortBy: cloudwatch.AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
      width: FULL_WIDTH,
      height: 1 + Math.ceil(alarms.length / ALARMS_PER_LINE),
    })));
  }
}
