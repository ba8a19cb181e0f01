import { Merge } from 'appflow-constructs';
import { CfnParameter } from 'aws-cdk-lib';
import { renderedTasks } from '../samples';
import { newStack } from '../synthesis';

test.each<[string, object, string]>([
  ['with a blank between them', {}, '${FirstName} ${LastName}'],
  ['with another separator', { separator: ', ' }, '${FirstName}, ${LastName}'],
  ['without a separator', { separator: '' }, '${FirstName}${LastName}'],
  ['in a format', { format: '${LastName} (${FirstName})' }, '${LastName} (${FirstName})'],
])('fields are joined %s', (_, options, format) => {
  expect(Merge.concatenate(['FirstName', 'LastName'], { destinationField: 'name', destinationDataType: 'string', ...options }).bind()).toEqual([
    {
      taskType: 'Merge',
      sourceFields: ['FirstName', 'LastName'],
      operator: 'NO_OP',
      destinationField: 'FirstName,LastName',
      taskProperties: { CONCAT_FORMAT: format },
    },
    {
      taskType: 'Map',
      sourceFields: ['FirstName,LastName'],
      operator: 'NO_OP',
      destinationField: 'name',
      taskProperties: { SOURCE_DATA_TYPE: 'string', DESTINATION_DATA_TYPE: 'string' },
      reads: [],
    },
  ]);
});

test('the projection has the joined fields, and not the temporary field', () => {
  const [projection] = renderedTasks(newStack(), [Merge.concatenate(['FirstName', 'LastName'], { destinationField: 'name' })]);
  expect(projection.SourceFields).toEqual(['FirstName', 'LastName']);
});

test('fields and separator can be tokens', () => {
  const stack = newStack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const [, merge] = renderedTasks(stack, [Merge.concatenate([text, 'LastName'], { destinationField: 'name', separator: text })]);
  expect(merge).toMatchObject({
    SourceFields: [{ Ref: 'Text' }, 'LastName'],
    TaskProperties: [{ Key: 'CONCAT_FORMAT', Value: { 'Fn::Join': ['', ['${', { Ref: 'Text' }, '}', { Ref: 'Text' }, '${LastName}']] } }],
  });
});

test('the fields cannot be a list that is known only at deploy time', () => {
  const fields = new CfnParameter(newStack(), 'Fields', { type: 'CommaDelimitedList' }).valueAsList;
  expect(() => Merge.concatenate(fields, { destinationField: 'name' }))
    .toThrow(expect.objectContaining({ code: 'appflow-constructs:list-known-only-at-deploy-time' }));
});
