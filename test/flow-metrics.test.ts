import { Flow, FlowMetrics, Mapping, OnDemandFlow } from 'appflow-constructs';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { Alarm, Dashboard, GraphWidget, type IMetric, Stats, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { salesforceToS3 } from './samples';
import { newStack, warningsOf } from './synthesis';

const owned = (stack: Stack) => new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()] });
const l1 = (stack: Stack) => new CfnFlow(stack, 'Flow', {
  flowName: 'orders',
  sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties: { s3: { bucketName: 'in', bucketPrefix: 'in' } } },
  destinationFlowConfigList: [{ connectorType: 'S3', destinationConnectorProperties: { s3: { bucketName: 'out' } } }],
  tasks: [],
  triggerConfig: { triggerType: 'OnDemand' },
});
const imported = (stack: Stack) => Flow.fromFlowName(stack, 'Flow', 'orders');

/** What an alarm on a metric looks at. */
function alarmOn(stack: Stack, metric: IMetric): any {
  new Alarm(stack, 'Alarm', { metric, threshold: 1, evaluationPeriods: 1 });
  const [alarm] = Object.values<any>(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  return alarm.Properties;
}

/** What a dashboard shows of a metric. */
function graphOf(stack: Stack, metric: IMetric): any {
  const widget = new GraphWidget({ left: [metric] });
  new Dashboard(stack, 'Dashboard', { widgets: [[widget]] });
  return stack.resolve(widget.toJson())[0].properties.metrics[0];
}

describe.each<[string, (stack: Stack) => appflow.IFlowRef, unknown]>([
  ['a flow of the stack', owned, { Ref: expect.stringMatching(/^Flow/) }],
  ['an imported flow', imported, 'orders'],
  ['an L1', l1, { Ref: 'Flow' }],
  ['a flow whose name is a token', (stack) => Flow.fromFlowName(stack, 'Flow', new CfnParameter(stack, 'Name').valueAsString), { Ref: 'Name' }],
])('of %s', (_title, flowIn, name) => {
  test.each<[string, (metrics: FlowMetrics) => IMetric, string]>([
    ['FlowExecutionsStarted', (metrics) => metrics.executionsStarted(), 'Sum'],
    ['FlowExecutionsFailed', (metrics) => metrics.executionsFailed(), 'Sum'],
    ['FlowExecutionsSucceeded', (metrics) => metrics.executionsSucceeded(), 'Sum'],
    ['FlowExecutionTime', (metrics) => metrics.executionTime(), 'Average'],
    ['FlowExecutionRecordsProcessed', (metrics) => metrics.executionRecordsProcessed(), 'Sum'],
    ['Other', (metrics) => metrics.metric('Other'), 'Average'],
  ])('%s goes by the name of the flow alone, with any unit', (metricName, metricOf, statistic) => {
    const stack = newStack();
    const alarm = alarmOn(stack, metricOf(FlowMetrics.fromFlow(flowIn(stack))));

    expect(alarm).toMatchObject({ Namespace: 'AWS/AppFlow', MetricName: metricName, Statistic: statistic, Period: 300 });
    expect(alarm.Dimensions).toEqual([{ Name: 'FlowName', Value: name }]);
    expect(alarm).not.toHaveProperty('Unit');
  });
});

test('the metrics of a flow take the options of any metric', () => {
  const stack = newStack();
  const options = { statistic: Stats.p(99), period: Duration.minutes(1), unit: Unit.MILLISECONDS };
  expect(alarmOn(stack, owned(stack).metrics.executionTime(options))).toMatchObject({ ExtendedStatistic: 'p99', Period: 60, Unit: 'Milliseconds' });
});

describe('of a flow elsewhere', () => {
  const stackIn = (env?: { account: string; region: string }) => new Stack(new App(), 'Stack', { env });
  const elsewhere = (stack: Stack) => Flow.fromFlowArn(stack, 'Flow', 'arn:aws:appflow:eu-west-1:111111111111:flow/orders').metrics.executionsFailed();

  test.each([
    ['in another account and Region', { account: '222222222222', region: 'us-east-1' }, { accountId: '111111111111', region: 'eu-west-1' }],
    ['in another Region', { account: '111111111111', region: 'us-east-1' }, { region: 'eu-west-1' }],
    ['as far as is known', undefined, { accountId: '111111111111', region: 'eu-west-1' }],
  ])('%s, dashboards show the metrics that are there', (_title, env, options) => {
    const stack = stackIn(env);
    expect(graphOf(stack, elsewhere(stack))).toEqual(['AWS/AppFlow', 'FlowExecutionsFailed', 'FlowName', 'orders', { stat: 'Sum', ...options }]);
  });

  test('in the account and Region of the stack, nothing is said of them', () => {
    const stack = stackIn({ account: '111111111111', region: 'eu-west-1' });
    expect(graphOf(stack, elsewhere(stack))).toEqual(['AWS/AppFlow', 'FlowExecutionsFailed', 'FlowName', 'orders', { stat: 'Sum' }]);
  });

  test('in a place that is a token, they are taken to be in that of the stack', () => {
    const stack = stackIn();
    const flow = Flow.fromFlowArn(stack, 'Flow', new CfnParameter(stack, 'Arn').valueAsString);
    expect(alarmOn(stack, flow.metrics.executionsFailed())).toMatchObject({ MetricName: 'FlowExecutionsFailed' });
  });
});

describe('of all flows', () => {
  test.each<[string, IMetric]>([
    ['SELECT SUM(FlowExecutionsStarted) FROM SCHEMA("AWS/AppFlow", FlowName)', FlowMetrics.allExecutionsStarted()],
    ['SELECT SUM(FlowExecutionsFailed) FROM SCHEMA("AWS/AppFlow", FlowName)', FlowMetrics.allExecutionsFailed()],
    ['SELECT SUM(FlowExecutionsSucceeded) FROM SCHEMA("AWS/AppFlow", FlowName)', FlowMetrics.allExecutionsSucceeded()],
    ['SELECT AVG(FlowExecutionTime) FROM SCHEMA("AWS/AppFlow", FlowName)', FlowMetrics.allExecutionTime()],
    ['SELECT MAX(FlowExecutionTime) FROM SCHEMA("AWS/AppFlow", FlowName)', FlowMetrics.allExecutionTime({ statistic: Stats.MAXIMUM })],
    ['SELECT SUM(FlowExecutionRecordsProcessed) FROM SCHEMA("AWS/AppFlow", FlowName)', FlowMetrics.allExecutionRecordsProcessed()],
    [
      'SELECT SUM(FlowExecutionsFailed) FROM SCHEMA("AWS/AppFlow", FlowName) GROUP BY FlowName ORDER BY SUM() DESC',
      FlowMetrics.allExecutionsFailed({ byFlow: true }),
    ],
  ])('%s is fine for alarms and dashboards', (expression, metric) => {
    const stack = newStack();

    expect(alarmOn(stack, metric).Metrics).toEqual([expect.objectContaining({ Expression: expression, Period: 300, ReturnData: true })]);
    expect(graphOf(stack, metric)).toEqual([expect.objectContaining({ expression })]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('the metrics take the options of any expression', () => {
    const stack = newStack();
    const metric = FlowMetrics.allExecutionsFailed({ period: Duration.hours(1), label: 'Failures', searchRegion: 'eu-west-1' });
    expect(graphOf(stack, metric)).toEqual([expect.objectContaining({ label: 'Failures', period: 3600, region: 'eu-west-1' })]);
  });

  test.each(['Sum', 'sum', 'SampleCount', 'n', 'Average', 'avg', 'Minimum', 'min', 'Maximum', 'max'])('%s is a statistic', (statistic) => {
    expect(FlowMetrics.allExecutionTime({ statistic }).expression).toMatch(/^SELECT (SUM|COUNT|AVG|MIN|MAX)\(FlowExecutionTime\) FROM/);
  });
});
