import { Mapping, RawTask } from 'appflow-constructs';
import { CfnParameter } from 'aws-cdk-lib';
import { renderedTasks } from '../samples';
import { newStack } from '../synthesis';

test('all members are sent as they are', () => {
  const task = new RawTask({
    taskType: 'Map',
    sourceFields: ['Id'],
    connectorOperator: { Salesforce: 'NO_OP' },
    destinationField: 'id',
    taskProperties: { SUBFIELD_CATEGORY_MAP: '{}' },
  });
  expect(renderedTasks(newStack(), [Mapping.all(), task])[0]).toEqual({
    TaskType: 'Map',
    SourceFields: ['Id'],
    ConnectorOperator: { Salesforce: 'NO_OP' },
    DestinationField: 'id',
    TaskProperties: [{ Key: 'SUBFIELD_CATEGORY_MAP', Value: '{}' }],
  });
});

test('an operator is keyed by the connector of the source', () => {
  expect(renderedTasks(newStack(), [new RawTask({ taskType: 'Map_all', operator: 'NO_OP' })])).toEqual([
    { TaskType: 'Map_all', SourceFields: [], ConnectorOperator: { Salesforce: 'NO_OP' } },
  ]);
});

test('a task can go without an operator', () => {
  expect(renderedTasks(newStack(), [new RawTask({ taskType: 'Map_all' })])).toEqual([{ TaskType: 'Map_all', SourceFields: [] }]);
});

test.each<[string, object]>([
  ['operator', { operator: 'PROJECTION' }],
  ['connectorOperator', { connectorOperator: { Salesforce: 'PROJECTION' } }],
])('a raw projection by %s replaces the one that the flow would make', (_, operator) => {
  const tasks = renderedTasks(newStack(), [Mapping.field('Id'), new RawTask({ taskType: 'Filter', sourceFields: ['Id', 'Name'], ...operator })]);
  expect(tasks.map((task) => [task.TaskType, task.SourceFields])).toEqual([['Filter', ['Id', 'Name']], ['Map', ['Id']]]);
});

test('every member can be a token', () => {
  const stack = newStack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const fields = new CfnParameter(stack, 'Fields', { type: 'CommaDelimitedList' }).valueAsList;
  const tasks = renderedTasks(stack, [
    Mapping.all(),
    new RawTask({ taskType: text, sourceFields: fields, operator: text, destinationField: text, taskProperties: { [text]: text } }),
  ]);
  const ref = { Ref: 'Text' };
  expect(tasks[1]).toEqual({
    TaskType: ref,
    SourceFields: { Ref: 'Fields' },
    ConnectorOperator: { Salesforce: ref },
    DestinationField: ref,
    TaskProperties: [{ Key: ref, Value: ref }],
  });
});
