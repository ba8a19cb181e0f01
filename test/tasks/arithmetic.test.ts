import { Arithmetic } from 'appflow-constructs';
import { CfnParameter } from 'aws-cdk-lib';
import { renderedTasks } from '../samples';
import { newStack } from '../synthesis';

test.each([
  ['add', 'ADDITION'],
  ['subtract', 'SUBTRACTION'],
  ['multiply', 'MULTIPLICATION'],
  ['divide', 'DIVISION'],
] as const)('%s calculates a temporary field and maps it', (method, operator) => {
  expect(Arithmetic[method]('Price', 'Quantity', { destinationField: 'total', destinationDataType: 'double' }).bind()).toEqual([
    {
      taskType: 'Arithmetic',
      sourceFields: ['Price', 'Quantity'],
      operator,
      destinationField: 'Price,Quantity',
      taskProperties: { MATH_OPERATION_FIELDS_ORDER: 'Price,Quantity' },
    },
    {
      taskType: 'Map',
      sourceFields: ['Price,Quantity'],
      operator: 'NO_OP',
      destinationField: 'total',
      taskProperties: { DESTINATION_DATA_TYPE: 'double' },
      reads: [],
    },
  ]);
});

test('the projection has the fields of the formula, and not its temporary field', () => {
  const [projection] = renderedTasks(newStack(), [Arithmetic.add('Price', 'Tax', { destinationField: 'total' })]);
  expect(projection).toMatchObject({ TaskType: 'Filter', SourceFields: ['Price', 'Tax'], ConnectorOperator: { Salesforce: 'PROJECTION' } });
});

test('fields can be tokens', () => {
  const stack = newStack();
  const field = new CfnParameter(stack, 'Field').valueAsString;
  const [projection, formula, mapping] = renderedTasks(stack, [Arithmetic.add(field, 'Tax', { destinationField: field })]);
  const made = { 'Fn::Join': ['', [{ Ref: 'Field' }, ',Tax']] };
  expect(projection.SourceFields).toEqual([{ Ref: 'Field' }, 'Tax']);
  expect(formula).toMatchObject({ DestinationField: made, TaskProperties: [{ Key: 'MATH_OPERATION_FIELDS_ORDER', Value: made }] });
  expect(mapping).toMatchObject({ SourceFields: [made], DestinationField: { Ref: 'Field' } });
});
