import { Mapping, Truncate } from 'appflow-constructs';
import { CfnParameter } from 'aws-cdk-lib';
import { renderedTasks } from '../samples';
import { newStack } from '../synthesis';

test('the length goes along as text', () => {
  expect(Truncate.field('Description', 100).bind()).toEqual([
    { taskType: 'Truncate', sourceFields: ['Description'], operator: 'NO_OP', taskProperties: { TRUNCATE_LENGTH: '100' } },
  ]);
});

test('field and length can be tokens', () => {
  const stack = newStack();
  const field = new CfnParameter(stack, 'Field').valueAsString;
  const length = new CfnParameter(stack, 'Length', { type: 'Number' }).valueAsNumber;
  expect(renderedTasks(stack, [Mapping.all(), Truncate.field(field, length)])[1]).toMatchObject({
    SourceFields: [{ Ref: 'Field' }],
    TaskProperties: [{ Key: 'TRUNCATE_LENGTH', Value: { Ref: 'Length' } }],
  });
});
