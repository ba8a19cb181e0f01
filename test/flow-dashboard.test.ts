import { Flow, FlowAlarms, FlowDashboard, type FlowDashboardProps, FlowSchedule, Mapping, ScheduledFlow } from 'appflow-constructs';
import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { salesforceToS3 } from './samples';
import { newStack } from './synthesis';

const GRAPHS = ['Successful runs', 'Failed runs', 'Records processed', 'Longest run'];

const importedFlows = (stack: Stack, count: number) =>
  Array.from({ length: count }, (_, index) => Flow.fromFlowName(stack, `Flow${index}`, `flow-${index}`));

/** The dashboards of a stack, their bodies read, with an intrinsic function in a body as its JSON. */
function dashboardsIn(stack: Stack): { name: unknown; body: any }[] {
  return Object.values<any>(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard')).map(({ Properties: { DashboardName, DashboardBody } }) => {
    const parts = typeof DashboardBody === 'string' ? [DashboardBody] : DashboardBody['Fn::Join'][1];
    const text = parts.map((part: unknown) => typeof part === 'string' ? part : JSON.stringify(part).replaceAll('"', '\'')).join('');
    return { name: DashboardName, body: JSON.parse(text) };
  });
}

function bodyOf(props: (stack: Stack) => FlowDashboardProps, stack = newStack()): any {
  new FlowDashboard(stack, 'Dashboard', props(stack));
  return dashboardsIn(stack)[0].body;
}

test('has graphs with a line for each flow', () => {
  const { widgets } = bodyOf((stack) => ({ flows: importedFlows(stack, 2) }));

  expect(widgets.map(({ properties }: any) => properties.title)).toEqual(GRAPHS);
  expect(widgets.map(({ properties }: any) => properties.metrics)).toEqual(([
    ['FlowExecutionsSucceeded', 'Sum'], ['FlowExecutionsFailed', 'Sum'], ['FlowExecutionRecordsProcessed', 'Sum'], ['FlowExecutionTime', 'Maximum'],
  ]).map(([metric, stat]) => ['flow-0', 'flow-1'].map((name) => ['AWS/AppFlow', metric, 'FlowName', name, { stat, period: 3600, label: name }])));
});

test('has the states of the alarms above the graphs, whenever they are added, and their flows', () => {
  const stack = newStack();
  const [one, other] = importedFlows(stack, 2);
  const expectedInterval = Duration.hours(1);
  const dashboard = new FlowDashboard(stack, 'Dashboard', { flows: [one], alarms: [new FlowAlarms(one, 'Alarms', { flow: one, expectedInterval })] });
  dashboard.addAlarms(new FlowAlarms(other, 'Alarms', { flow: other, expectedInterval }));
  dashboard.dashboard.addWidgets(new TextWidget({ markdown: 'Call us' }));

  const { widgets } = dashboardsIn(stack)[0].body;
  expect(widgets.map(({ type }: any) => type)).toEqual(['alarm', 'metric', 'metric', 'metric', 'metric', 'text']);
  const [alarms, ...graphs] = widgets;
  expect(alarms).toMatchObject({ x: 0, y: 0, width: 24, properties: { sortBy: 'stateUpdatedTimestamp' } });
  expect(alarms.properties.alarms).toHaveLength(10);
  expect(graphs.map(({ x, y }: any) => [x, y - alarms.height])).toEqual([[0, 0], [12, 0], [0, 8], [12, 8], [0, 16]]);
  expect(graphs[0].properties.metrics).toHaveLength(2);
});

test('has a flow once', () => {
  const stack = newStack();
  const [flow] = importedFlows(stack, 1);
  const dashboard = new FlowDashboard(stack, 'Dashboard', { flows: [flow, flow] });
  dashboard.addFlow(flow);

  expect(dashboardsIn(stack)[0].body.widgets[0].properties.metrics).toHaveLength(1);
});

test('can begin with nothing', () => {
  const stack = newStack();
  new FlowDashboard(stack, 'Dashboard');
  expect(dashboardsIn(stack)).toEqual([{ name: undefined, body: { start: '-P7D', widgets: [] } }]);
});

test('has the name, the time and the periods that are given', () => {
  const stack = newStack();
  const props = { dashboardName: 'flows', period: Duration.minutes(5), defaultInterval: Duration.hours(12) };
  new FlowDashboard(stack, 'Dashboard', { ...props, flows: importedFlows(stack, 1) });

  const [{ name, body }] = dashboardsIn(stack);
  expect([name, body.start]).toEqual(['flows', '-PT12H']);
  expect(body.widgets[0].properties.metrics[0][4]).toEqual({ stat: 'Sum', label: 'flow-0' });
});

test('shows flows of the stack, and flows whose names are tokens', () => {
  const { widgets } = bodyOf((stack) => ({
    flows: [
      new ScheduledFlow(stack, 'Flow', { ...salesforceToS3(stack), schedule: FlowSchedule.every(Duration.hours(1)), tasks: [Mapping.all()] }),
      Flow.fromFlowName(stack, 'Imported', new CfnParameter(stack, 'Name').valueAsString),
    ],
  }));
  expect(widgets[0].properties.metrics.map(([, , , name]: string[]) => name)).toEqual([expect.stringMatching(/^\{'Ref':'Flow/), '{\'Ref\':\'Name\'}']);
});

test('keeps within the limits of CloudWatch with as many flows as an account has', () => {
  const stack = newStack();
  const dashboard = new FlowDashboard(stack, 'Dashboard', { dashboardName: 'flows' });
  importedFlows(stack, 1000).forEach((flow, index) => {
    if (index < 21) {
      dashboard.addAlarms(new FlowAlarms(flow, 'Alarms', { flow, expectedInterval: Duration.hours(1) }));
    } else {
      dashboard.addFlow(flow);
    }
  });

  const dashboards = dashboardsIn(stack);
  expect(dashboards.map(({ name }) => name)).toEqual(['flows', 'flows-2']);
  expect(dashboard.dashboards).toHaveLength(2);
  const all = dashboards.map(({ body }) => body.widgets.filter(({ type }: any) => type === 'metric').map(({ properties }: any) => properties.metrics));
  for (const graphs of all) {
    expect(Math.max(...graphs.map(({ length }: any) => length))).toBeLessThanOrEqual(500);
    expect(graphs.flat().length).toBeLessThanOrEqual(2500);
  }
  expect(new Set(all.flat(2).map(([, , , name]: string[]) => name)).size).toBe(1000);
  const alarms = dashboards.flatMap(({ body }) => body.widgets).filter(({ type }: any) => type === 'alarm').map(({ properties }: any) => properties.alarms);
  expect(alarms.map(({ length }: any) => length)).toEqual([100, 5]);
});
