import { FlowSchedule, type IFlowSource, LookoutMetricsDestination, Mapping, OnDemandFlow, SalesforceSource, ScheduledFlow } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { salesforceProfile } from '../samples';
import { errorsOf, newStack } from '../synthesis';

let stack: Stack;
beforeEach(() => {
  stack = newStack();
});

function parts() {
  const source: IFlowSource = new SalesforceSource(salesforceProfile(stack), { object: 'Opportunity' });
  return { source, destination: new LookoutMetricsDestination(), tasks: [Mapping.fields(['Amount'])], encryptionKey: new Key(stack, 'Key') };
}

test('stands in the template, though it has no members', () => {
  new ScheduledFlow(stack, 'Flow', { ...parts(), schedule: FlowSchedule.every(Duration.days(1)) });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::AppFlow::Flow'));
  expect(Properties.DestinationFlowConfigList).toEqual([{
    ConnectorType: 'LookoutMetrics',
    DestinationConnectorProperties: { LookoutMetrics: {} },
  }]);
});

test.each([
  ['rate(5minutes)', true],
  ['rate(10minutes)', true],
  ['rate(60minutes)', true],
  ['rate(1hours)', true],
  ['rate(24hours)', true],
  ['rate(1days)', true],
  ['cron(0 * * * ? *)', true],
  ['rate(1minutes)', false],
  ['rate(15minutes)', false],
  ['rate(2hours)', false],
  ['rate(2days)', false],
])('takes the schedule %s: %s', (expression, taken) => {
  new ScheduledFlow(stack, 'Flow', { ...parts(), schedule: FlowSchedule.expression(expression) });
  expect(errorsOf(stack)).toEqual(taken ? [] : [expect.stringContaining('(appflow-constructs:lookout-metrics-interval)')]);
});

test('takes no flow on demand, and none without a key, of which it says both', () => {
  new OnDemandFlow(stack, 'Flow', { ...parts(), encryptionKey: undefined });
  expect(errorsOf(stack)).toEqual([
    expect.stringContaining('(appflow-constructs:destination-trigger-not-supported)'),
    expect.stringContaining('(appflow-constructs:lookout-metrics-without-key)'),
  ]);
});
