import { Mapping } from 'appflow-constructs';
import { CfnParameter } from 'aws-cdk-lib';
import { renderedTasks } from '../samples';
import { newStack } from '../synthesis';

test.each<[string, Mapping, object]>([
  ['to the field of the same name', Mapping.field('Id'), { sourceFields: ['Id'], destinationField: 'Id', taskProperties: undefined }],
  ['to another field', Mapping.field('Id', { destinationField: 'id' }), { sourceFields: ['Id'], destinationField: 'id' }],
  [
    'with types',
    Mapping.field('Id', { sourceDataType: 'id', destinationDataType: 'string' }),
    { taskProperties: { SOURCE_DATA_TYPE: 'id', DESTINATION_DATA_TYPE: 'string' } },
  ],
  ['with one type', Mapping.field('Id', { destinationDataType: 'string' }), { taskProperties: { DESTINATION_DATA_TYPE: 'string' } }],
])('a field is mapped %s', (_, mapping, expected) => {
  expect(mapping.bind()).toEqual([expect.objectContaining({ taskType: 'Map', operator: 'NO_OP', ...expected })]);
});

test('several fields are mapped one by one', () => {
  expect(Mapping.fields(['Id', 'Name'], { sourceDataType: 'string' }).bind()).toMatchObject([
    { taskType: 'Map', sourceFields: ['Id'], destinationField: 'Id', taskProperties: { SOURCE_DATA_TYPE: 'string' } },
    { taskType: 'Map', sourceFields: ['Name'], destinationField: 'Name', taskProperties: { SOURCE_DATA_TYPE: 'string' } },
  ]);
});

test.each<[string, Mapping, string]>([
  ['nothing', Mapping.all(), '[]'],
  ['an empty list', Mapping.all({ exclude: [] }), '[]'],
  ['fields', Mapping.all({ exclude: ['Fax', 'Say "hi"'] }), '["Fax","Say \\"hi\\""]'],
])('all fields are mapped, with %s left out', (_, mapping, exclusions) => {
  expect(mapping.bind()).toEqual([{
    taskType: 'Map_all',
    sourceFields: [],
    operator: 'NO_OP',
    taskProperties: { EXCLUDE_SOURCE_FIELDS_LIST: exclusions },
  }]);
});

test('fields can be tokens', () => {
  const stack = newStack();
  const field = new CfnParameter(stack, 'Field').valueAsString;
  expect(renderedTasks(stack, [Mapping.fields([field])])).toMatchObject([
    { TaskType: 'Filter', SourceFields: [{ Ref: 'Field' }] },
    { TaskType: 'Map', SourceFields: [{ Ref: 'Field' }], DestinationField: { Ref: 'Field' } },
  ]);
});

test('exclusions can be a list that is known only at deploy time', () => {
  const stack = newStack();
  const exclude = new CfnParameter(stack, 'Exclude', { type: 'CommaDelimitedList' }).valueAsList;
  expect(renderedTasks(stack, [Mapping.all({ exclude })])[0].TaskProperties).toEqual([
    { Key: 'EXCLUDE_SOURCE_FIELDS_LIST', Value: { 'Fn::Join': ['', ['["', { 'Fn::Join': ['","', { Ref: 'Exclude' }] }, '"]']] } },
  ]);
});

test('mapped fields cannot be such a list, since each needs a task', () => {
  const fields = new CfnParameter(newStack(), 'Fields', { type: 'CommaDelimitedList' }).valueAsList;
  expect(() => Mapping.fields(fields)).toThrow(expect.objectContaining({ code: 'appflow-constructs:list-known-only-at-deploy-time' }));
});
