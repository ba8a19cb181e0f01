import { CfnParameter } from 'aws-cdk-lib';
import type { FlowTaskConfig } from '../../lib/integration';
import { taskList } from '../../lib/private/task-list';
import { newStack } from '../synthesis';

function task(taskType: string, sourceFields: string[], more: Partial<FlowTaskConfig> = {}): FlowTaskConfig {
  return { taskType, sourceFields, operator: 'NO_OP', ...more };
}

const projection = (sourceFields: string[]) => task('Filter', sourceFields, { operator: 'PROJECTION' });

describe('the projection', () => {
  test('has the fields of all tasks once, in the order in which they come', () => {
    const [first] = taskList([task('Map', ['B']), task('Mask', ['A']), task('Filter', ['C', 'B'], { operator: 'EQUAL_TO' })], 'Salesforce');
    expect(first).toMatchObject({ taskType: 'Filter', sourceFields: ['B', 'A', 'C'], connectorOperator: { Salesforce: 'PROJECTION' } });
  });

  test('has what a task says that it reads, in place of its source fields', () => {
    const [first] = taskList([task('Map', ['a,b'], { reads: [] }), task('Map', ['C'], { reads: ['D'] })], 'Salesforce');
    expect(first.sourceFields).toEqual(['D']);
  });

  test.each<[string, FlowTaskConfig[]]>([
    ['no task', []],
    ['no task that reads a field', [task('Partition', [])]],
    ['a task that maps all fields', [task('Map_all', []), task('Mask', ['A'])]],
  ])('is left out with %s', (_, configs) => {
    expect(taskList(configs, 'Salesforce').map(({ taskType }) => taskType)).not.toContain('Filter');
  });

  test.each<[string, FlowTaskConfig]>([
    ['by operator', projection(['A', 'B'])],
    ['by connector', task('Filter', ['A', 'B'], { operator: undefined, connectorOperator: { S3: 'PROJECTION' } })],
  ])('is left to the user who gives one %s', (_, given) => {
    const tasks = taskList([task('Map', ['C']), given], 'S3');
    expect(tasks.map(({ taskType, sourceFields }) => [taskType, sourceFields])).toEqual([['Filter', ['A', 'B']], ['Map', ['C']]]);
  });

  test('keeps a list that is known only at deploy time, alone and with others', () => {
    const stack = newStack();
    const list = new CfnParameter(stack, 'Fields', { type: 'CommaDelimitedList' }).valueAsList;
    const [alone] = taskList([task('Passthrough', list)], 'Salesforce');
    const [joined] = taskList([task('Map', ['A']), task('Passthrough', list), task('Map', ['A'])], 'Salesforce');
    expect(stack.resolve(alone.sourceFields)).toEqual({ Ref: 'Fields' });
    expect(stack.resolve(joined.sourceFields)).toEqual({
      'Fn::Split': ['\n', { 'Fn::Join': ['\n', ['A', { 'Fn::Join': ['\n', { Ref: 'Fields' }] }]] }],
    });
  });
});

describe('the order', () => {
  const ALL = ['Passthrough', 'Partition', 'Validate', 'Truncate', 'Mask', 'Map_all', 'Map', 'Merge', 'Arithmetic', 'Filter'];

  test('is that of the task types, with the projection first', () => {
    const tasks = taskList([task('Unheard_of', []), ...ALL.map((type) => task(type, ['A'])), projection(['A'])], 'Salesforce');
    expect(tasks.map(({ taskType }) => taskType)).toEqual(['Filter', ...ALL.reverse(), 'Unheard_of']);
    expect(tasks[0].connectorOperator).toEqual({ Salesforce: 'PROJECTION' });
  });

  test('is the one given within a task type', () => {
    const tasks = taskList(['C', 'A', 'B'].map((field) => task('Map', [field])), 'Salesforce');
    expect(tasks.slice(1).map(({ sourceFields }) => sourceFields)).toEqual([['C'], ['A'], ['B']]);
  });
});

test('operators are keyed by the source, unless they are given by connector', () => {
  const [, first, second, third] = taskList([
    task('Map', ['A']),
    task('Map', ['B'], { connectorOperator: { Zendesk: 'NO_OP' } }),
    task('Map', ['C'], { operator: undefined }),
  ], 'Salesforce');
  expect(first.connectorOperator).toEqual({ Salesforce: 'NO_OP' });
  expect(second.connectorOperator).toEqual({ Zendesk: 'NO_OP' });
  expect(third.connectorOperator).toBeUndefined();
});
