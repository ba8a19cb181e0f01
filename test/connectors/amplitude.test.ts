import {
  AmplitudeSource, Arithmetic, ConnectorProfile, type IFlowTask, Mapping, Mask, Merge, OnDemandFlow, S3Destination, Truncate, Validation,
  ValidationAction,
} from 'appflow-constructs';
import { Template } from 'aws-cdk-lib/assertions';
import { lake } from '../samples';
import { errorsOf, newStack, warningsOf } from '../synthesis';

function flow(tasks: (source: AmplitudeSource) => IFlowTask[]) {
  const stack = newStack();
  const source = new AmplitudeSource(ConnectorProfile.fromConnectorProfileName(stack, 'Amplitude', 'acme'), { object: 'events' });
  new OnDemandFlow(stack, 'Flow', { source, destination: new S3Destination(lake(stack)), tasks: tasks(source) });
  return stack;
}

test.each<[string, (source: AmplitudeSource) => IFlowTask[], unknown[]]>([
  ['mappings', () => [Mapping.fields(['event_type', 'user_id'])], [
    { TaskType: 'Map', SourceFields: ['event_type'], DestinationField: 'event_type' },
    { TaskType: 'Map', SourceFields: ['user_id'], DestinationField: 'user_id' },
  ]],
  ['a mapping of all fields', () => [Mapping.all()], [
    { TaskType: 'Map_all', SourceFields: [], TaskProperties: [{ Key: 'EXCLUDE_SOURCE_FIELDS_LIST', Value: '[]' }] },
  ]],
  ['a truncation', () => [Truncate.field('event_type', 8), Mapping.all()], [
    { TaskType: 'Map_all', SourceFields: [], TaskProperties: [{ Key: 'EXCLUDE_SOURCE_FIELDS_LIST', Value: '[]' }] },
    { TaskType: 'Truncate', SourceFields: ['event_type'], TaskProperties: [{ Key: 'TRUNCATE_LENGTH', Value: '8' }] },
  ]],
  ['a filter, which has the operator that there is', (source) => [source.filter.between('day', 1, 2), Mapping.fields(['day'])], [
    {
      TaskType: 'Filter',
      SourceFields: ['day'],
      ConnectorOperator: { Amplitude: 'BETWEEN' },
      TaskProperties: [{ Key: 'DATA_TYPE', Value: 'double' }, { Key: 'LOWER_BOUND', Value: '1' }, { Key: 'UPPER_BOUND', Value: '2' }],
    },
    { TaskType: 'Map', SourceFields: ['day'], DestinationField: 'day' },
  ]],
])('sends %s without projection and NO_OP, which Amplitude does not have', (_, tasks, expected) => {
  const stack = flow(tasks);
  expect([...errorsOf(stack), ...warningsOf(stack)]).toEqual([]);
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::AppFlow::Flow'));
  expect(Properties.Tasks).toEqual(expected);
});

test.each<[string, IFlowTask]>([
  ['a formula', Arithmetic.add('a', 'b', { destinationField: 'sum' })],
  ['a mask', Mask.all('user_id')],
  ['a validation', Validation.notNull('user_id', ValidationAction.DROP_RECORD)],
])('refuses %s, for which Amplitude has no operator', (_, task) => {
  expect(errorsOf(flow(() => [Mapping.all(), task]))).toEqual([expect.stringContaining('operator-not-of-connector')]);
});

test('does not mind a concatenation, which needs no operator', () => {
  expect(errorsOf(flow(() => [Merge.concatenate(['a', 'b'], { destinationField: 'text' })]))).toEqual([]);
});
