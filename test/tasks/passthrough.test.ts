import { Passthrough } from 'appflow-constructs';
import { CfnParameter } from 'aws-cdk-lib';
import { renderedTasks } from '../samples';
import { newStack } from '../synthesis';

test('fields are read and passed on', () => {
  expect(renderedTasks(newStack(), [Passthrough.fields('Id', 'Name')])).toMatchObject([
    { TaskType: 'Filter', SourceFields: ['Id', 'Name'], ConnectorOperator: { Salesforce: 'PROJECTION' } },
    { TaskType: 'Passthrough', SourceFields: ['Id', 'Name'], ConnectorOperator: { Salesforce: 'NO_OP' } },
  ]);
});

test('fields can be a list that is known only at deploy time', () => {
  const stack = newStack();
  const fields = new CfnParameter(stack, 'Fields', { type: 'CommaDelimitedList' }).valueAsList;
  expect(renderedTasks(stack, [Passthrough.fields(...fields)])).toMatchObject([{ SourceFields: { Ref: 'Fields' } }, { SourceFields: { Ref: 'Fields' } }]);
});
