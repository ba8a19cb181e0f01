import { ConnectorProfile, GoogleAnalyticsSource, type IFlowTask, Mapping, OnDemandFlow, OutputFormat, RawTask, S3Destination } from 'appflow-constructs';
import { Template } from 'aws-cdk-lib/assertions';
import { lake } from '../samples';
import { errorsOf, newStack } from '../synthesis';

function flow(tasks: (source: GoogleAnalyticsSource) => IFlowTask[], format?: OutputFormat) {
  const stack = newStack();
  const source = new GoogleAnalyticsSource(ConnectorProfile.fromConnectorProfileName(stack, 'GoogleAnalytics', 'acme'), { object: '12345678' });
  new OnDemandFlow(stack, 'Flow', { source, destination: new S3Destination(lake(stack), { format }), tasks: tasks(source) });
  return stack;
}

test('projects, filters and maps with the operators that Google Analytics has', () => {
  const stack = flow((source) => [source.filter.between('ga:hits', 1, 2), Mapping.fields(['ga:country'])]);
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::AppFlow::Flow'));
  expect(Properties.Tasks).toEqual([
    { TaskType: 'Filter', SourceFields: ['ga:hits', 'ga:country'], ConnectorOperator: { GoogleAnalytics: 'PROJECTION' } },
    expect.objectContaining({ TaskType: 'Filter', SourceFields: ['ga:hits'], ConnectorOperator: { GoogleAnalytics: 'BETWEEN' } }),
    { TaskType: 'Map', SourceFields: ['ga:country'], DestinationField: 'ga:country' },
  ]);
});

test.each<[string, OutputFormat | undefined, string[]]>([
  ['no format', undefined, []],
  ['JSON', OutputFormat.json(), []],
  ['CSV', OutputFormat.csv(), [expect.stringContaining('google-analytics-without-json')]],
  ['Parquet', OutputFormat.parquet(), [expect.stringContaining('google-analytics-without-json')]],
])('takes JSON alone: %s', (_, format, errors) => {
  expect(errorsOf(flow(() => [Mapping.all()], format))).toEqual(errors);
});

test('can be a flow that projects and maps nothing, which AppFlow took', () => {
  const projection = new RawTask({ taskType: 'Filter', sourceFields: ['ga:country', 'ga:hits'], operator: 'PROJECTION' });
  expect(errorsOf(flow(() => [projection]))).toEqual([]);
});
