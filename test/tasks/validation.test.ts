import { Mapping, Validation, ValidationAction } from 'appflow-constructs';
import { CfnParameter } from 'aws-cdk-lib';
import { renderedTasks } from '../samples';
import { newStack } from '../synthesis';

test.each([
  ['notNull', 'VALIDATE_NON_NULL'],
  ['notZero', 'VALIDATE_NON_ZERO'],
  ['notNegative', 'VALIDATE_NON_NEGATIVE'],
  ['numeric', 'VALIDATE_NUMERIC'],
] as const)('%s', (method, operator) => {
  expect(Validation[method]('Amount', ValidationAction.DROP_RECORD).bind()).toEqual([
    { taskType: 'Validate', sourceFields: ['Amount'], operator, taskProperties: { VALIDATION_ACTION: 'DropRecord' } },
  ]);
});

test('field and action can be tokens, and the action any name', () => {
  const stack = newStack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const tasks = renderedTasks(stack, [Mapping.all(), Validation.numeric(text, ValidationAction.of(text)), Validation.numeric('Amount', ValidationAction.of('DropDataset'))]);
  expect(tasks.slice(1)).toMatchObject([
    { SourceFields: [{ Ref: 'Text' }], TaskProperties: [{ Key: 'VALIDATION_ACTION', Value: { Ref: 'Text' } }] },
    { SourceFields: ['Amount'], TaskProperties: [{ Key: 'VALIDATION_ACTION', Value: 'DropDataset' }] },
  ]);
});
