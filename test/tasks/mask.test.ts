import { Mapping, Mask } from 'appflow-constructs';
import { CfnParameter } from 'aws-cdk-lib';
import { renderedTasks } from '../samples';
import { newStack } from '../synthesis';

test.each<[string, Mask, string, object]>([
  ['the whole value', Mask.all('Phone'), 'MASK_ALL', { MASK_VALUE: '*' }],
  ['the first characters', Mask.first('Phone', 4), 'MASK_FIRST_N', { MASK_LENGTH: '4', MASK_VALUE: '*' }],
  ['the last characters', Mask.last('Phone', 4), 'MASK_LAST_N', { MASK_LENGTH: '4', MASK_VALUE: '*' }],
  ['with another character', Mask.last('Phone', 4, { character: '#' }), 'MASK_LAST_N', { MASK_LENGTH: '4', MASK_VALUE: '#' }],
])('%s', (_, mask, operator, taskProperties) => {
  expect(mask.bind()).toEqual([{ taskType: 'Mask', sourceFields: ['Phone'], operator, taskProperties }]);
});

test('field, length and character can be tokens', () => {
  const stack = newStack();
  const length = new CfnParameter(stack, 'Length', { type: 'Number' }).valueAsNumber;
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const tasks = renderedTasks(stack, [Mapping.all(), Mask.first(text, length, { character: text })]);
  expect(tasks[1]).toMatchObject({
    SourceFields: [{ Ref: 'Text' }],
    TaskProperties: [{ Key: 'MASK_LENGTH', Value: { Ref: 'Length' } }, { Key: 'MASK_VALUE', Value: { Ref: 'Text' } }],
  });
});
