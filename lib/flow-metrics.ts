import { type Duration, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { AppFlowError } from './private/errors';
import { quote } from './private/values';

/**
 * Options of a metric over all flows of an account in a Region. They are those of a math expression, written out: in Java, an interface that extended
 * CDK's own would have the members of one version of it.
 */
export interface AllFlowsMetricOptions {
  /**
   * What the metric is called in a graph.
   *
   * @default - the name of the metric, and whether it is by flow
   */
  readonly label?: string;

  /**
   * The colour of the metric in a graph, as hexadecimal RGB such as `#1f77b4`.
   *
   * @default - CloudWatch chooses one
   */
  readonly color?: string;

  /**
   * How much time each value stands for.
   *
   * @default Duration.minutes(5)
   */
  readonly period?: Duration;

  /**
   * The account whose flows are meant, for dashboards: alarms look at their own account.
   *
   * @default - the account of the stack
   */
  readonly searchAccount?: string;

  /**
   * The Region whose flows are meant, for dashboards: alarms look at their own Region.
   *
   * @default - the Region of the stack
   */
  readonly searchRegion?: string;

  /**
   * How the values of the flows are aggregated: `Stats.SUM`, `AVERAGE`, `MINIMUM`, `MAXIMUM` or `SAMPLE_COUNT`.
   *
   * @default - the sum; the average of times
   */
  readonly statistic?: string;

  /**
   * Whether each flow has a line of its own, the one with the highest values first, and an alarm tells which flows it is about. CloudWatch returns the
   * first 500.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Metrics_Insights_Alarm.html
   */
  readonly byFlow?: boolean;
}

const NAMESPACE = 'AWS/AppFlow';
const DIMENSION = 'FlowName';

/** What CloudWatch Metrics Insights calls the statistics, each of which has two spellings. */
const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['sum', 'SUM'],
  ['average', 'AVG'],
  ['avg', 'AVG'],
  ['minimum', 'MIN'],
  ['min', 'MIN'],
  ['maximum', 'MAX'],
  ['max', 'MAX'],
  ['samplecount', 'COUNT'],
  ['n', 'COUNT'],
]);

/**
 * The metrics of a flow, which AppFlow publishes to Amazon CloudWatch in the account and Region of the flow.
 *
 * None of them asks for a unit. AWS does not say which unit the counts have, and CloudWatch leaves out all values that have another unit than it is
 * asked for.
 *
 * `FlowMetrics.all…` are the same over all flows of an account in a Region, those included that are not in a stack. They are queries of CloudWatch
 * Metrics Insights, which dashboards and alarms take alike. An alarm on one of them looks at the last three hours at most.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/monitoring-cloudwatch.html
 */
export class FlowMetrics {
  /** The metrics of a flow, which can be an imported one or an L1. */
  public static fromFlow(flow: appflow.IFlowRef): FlowMetrics {
    return new FlowMetrics(flow);
  }

  /** How many runs have begun, of all flows of the account in the Region: a sum of counts. */
  public static allExecutionsStarted(options: AllFlowsMetricOptions = {}): cloudwatch.MathExpression {
    return overAllFlows('FlowExecutionsStarted', cloudwatch.Stats.SUM, options);
  }

  /** How many runs have failed, of all flows of the account in the Region: a sum of counts. */
  public static allExecutionsFailed(options: AllFlowsMetricOptions = {}): cloudwatch.MathExpression {
    return overAllFlows('FlowExecutionsFailed', cloudwatch.Stats.SUM, options);
  }

  /** How many runs have succeeded, of all flows of the account in the Region: a sum of counts. */
  public static allExecutionsSucceeded(options: AllFlowsMetricOptions = {}): cloudwatch.MathExpression {
    return overAllFlows('FlowExecutionsSucceeded', cloudwatch.Stats.SUM, options);
  }

  /** How long runs have taken from start to end, in milliseconds, of all flows of the account in the Region: an average. */
  public static allExecutionTime(options: AllFlowsMetricOptions = {}): cloudwatch.MathExpression {
    return overAllFlows('FlowExecutionTime', cloudwatch.Stats.AVERAGE, options);
  }

  /** How many records runs have attempted, of all flows of the account in the Region: a sum of counts. */
  public static allExecutionRecordsProcessed(options: AllFlowsMetricOptions = {}): cloudwatch.MathExpression {
    return overAllFlows('FlowExecutionRecordsProcessed', cloudwatch.Stats.SUM, options);
  }

  private constructor(private readonly flow: appflow.IFlowRef) {}

  /** How many runs have begun: a sum of counts. */
  public executionsStarted(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('FlowExecutionsStarted', { statistic: cloudwatch.Stats.SUM, ...options });
  }

  /** How many runs have failed: a sum of counts. */
  public executionsFailed(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('FlowExecutionsFailed', { statistic: cloudwatch.Stats.SUM, ...options });
  }

  /** How many runs have succeeded: a sum of counts. */
  public executionsSucceeded(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('FlowExecutionsSucceeded', { statistic: cloudwatch.Stats.SUM, ...options });
  }

  /** How long runs have taken from start to end, in milliseconds: an average. */
  public executionTime(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('FlowExecutionTime', { statistic: cloudwatch.Stats.AVERAGE, ...options });
  }

  /** How many records runs have attempted, those among them that failed runs did not deliver: a sum of counts. */
  public executionRecordsProcessed(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('FlowExecutionRecordsProcessed', { statistic: cloudwatch.Stats.SUM, ...options });
  }

  /** A metric of the flow by its name. */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    const { account, region } = this.flow.env;
    return new cloudwatch.Metric({
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: { [DIMENSION]: this.flow.flowRef.flowName },
      // An imported flow can be elsewhere.
      stackAccount: Token.isUnresolved(account) ? undefined : account,
      stackRegion: Token.isUnresolved(region) ? undefined : region,
      ...options,
    });
  }
}

function overAllFlows(metricName: string, defaultStatistic: string, options: AllFlowsMetricOptions): cloudwatch.MathExpression {
  const { statistic = defaultStatistic, byFlow = false, ...expression } = options;
  const aggregate = FUNCTIONS.get(statistic.toLowerCase());
  if (aggregate === undefined) {
    throw new AppFlowError('all-flows-statistic-unknown', {
      what: 'the metrics of all flows do not have this statistic',
      got: quote(statistic),
      allowed: 'Sum, Average, Minimum, Maximum or SampleCount',
      remedy: 'use one of these, which CloudWatch Metrics Insights has, or the metric of one flow',
    });
  }
  return new cloudwatch.MathExpression({
    label: `${metricName} ${byFlow ? 'by flow' : 'of all flows'}`,
    ...expression,
    // The name of the namespace needs quotes, since it has a slash.
    expression: `SELECT ${aggregate}(${metricName}) FROM SCHEMA("${NAMESPACE}", ${DIMENSION})`
      + (byFlow ? ` GROUP BY ${DIMENSION} ORDER BY ${aggregate}() DESC` : ''),
  });
}
