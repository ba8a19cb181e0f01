import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';

/**
 * The metrics of a flow, which AppFlow publishes to Amazon CloudWatch.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/monitoring-cloudwatch.html
 */
export class FlowMetrics {
  /** The metrics of a flow, which can be an L1. */
  public static fromFlow(flow: appflow.IFlowRef): FlowMetrics {
    return new FlowMetrics(flow);
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
    return new cloudwatch.Metric({
      namespace: 'AWS/AppFlow',
      metricName,
      dimensionsMap: { FlowName: this.flow.flowRef.flowName },
      ...options,
    }).attachTo(this.flow);
  }
}
