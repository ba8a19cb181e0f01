import { Mapping, Partition } from 'appflow-constructs';
import { CfnParameter } from 'aws-cdk-lib';
import { renderedTasks } from '../samples';
import { newStack } from '../synthesis';

test('keys are nested in the order given', () => {
  expect(Partition.keys('year', 'month').bind()).toEqual([
    { taskType: 'Partition', sourceFields: [], operator: 'NO_OP', taskProperties: { ORDERED_PARTITION_KEYS_LIST: '["year","month"]' } },
  ]);
});

test('keys are destination fields, so that the projection does not have them', () => {
  const [projection] = renderedTasks(newStack(), [Mapping.field('CloseDate', { destinationField: 'day' }), Partition.keys('day')]);
  expect(projection.SourceFields).toEqual(['CloseDate']);
});

test.each([
  ['a key', { type: 'String' }, (parameter: CfnParameter) => Partition.keys(parameter.valueAsString), ['', ['["', { Ref: 'Keys' }, '"]']]],
  [
    'the list',
    { type: 'CommaDelimitedList' },
    (parameter: CfnParameter) => Partition.keys(...parameter.valueAsList),
    ['', ['["', { 'Fn::Join': ['","', { Ref: 'Keys' }] }, '"]']],
  ],
])('%s can be a token', (_, props, partition, join) => {
  const stack = newStack();
  const tasks = renderedTasks(stack, [Mapping.all(), partition(new CfnParameter(stack, 'Keys', props))]);
  expect(tasks[1].TaskProperties).toEqual([{ Key: 'ORDERED_PARTITION_KEYS_LIST', Value: { 'Fn::Join': join } }]);
});
