import { Mapping, OnDemandFlow, RawTask } from 'appflow-constructs';
import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { salesforceToS3 } from '../../samples';
import { errorsOf, newStack, warningsOf } from '../../synthesis';

function findings(tasks: (stack: Stack) => RawTask[]): string[] {
  const stack = newStack();
  new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.field('Id'), ...tasks(stack)] });
  return [...errorsOf(stack), ...warningsOf(stack)].map((message) => /appflow-constructs:([\w-]+)/.exec(message)![1]);
}

test('an operator that is misspelt is reported once', () => {
  const filter = new RawTask({ taskType: 'Filter', sourceFields: ['Id'], operator: 'EQUALS_TO', taskProperties: { DATA_TYPE: 'id', VALUE: '1' } });
  expect(findings(() => [filter])).toEqual(['operator-not-of-connector']);
});

test('operators of other connectors do no harm beside that of the source', () => {
  const both = new RawTask({ taskType: 'Map', sourceFields: ['Name'], connectorOperator: { Salesforce: 'NO_OP', S3: 'NO_OP' }, destinationField: 'name' });
  expect(findings(() => [both])).toEqual([]);
});

test('a task type that is misspelt is reported, and not that it maps nothing', () => {
  const stack = newStack();
  new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [new RawTask({ taskType: 'map_all' })] });
  expect([...errorsOf(stack), ...warningsOf(stack)]).toEqual([expect.stringContaining("did you mean 'Map_all'?")]);
});

test.each<[string, (text: string, list: string[]) => RawTask[]]>([
  ['type', (text) => [new RawTask({ taskType: text, sourceFields: ['Name'], operator: 'PROJECTION', destinationField: 'name' })]],
  ['operator', (text) => [new RawTask({ taskType: 'Filter', sourceFields: ['Name'], operator: text })]],
  ['a projected field', (text) => [new RawTask({ taskType: 'Filter', sourceFields: ['Name', text], operator: 'PROJECTION' })]],
  ['the projected fields', (_, list) => [new RawTask({ taskType: 'Filter', sourceFields: list, operator: 'PROJECTION' })]],
])('a projection whose %s is a token may hold any field', (_, projection) => {
  expect(findings((stack) => projection(
    new CfnParameter(stack, 'Text').valueAsString,
    new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList,
  ))).toEqual([]);
});

test('a field that is mapped and not projected is reported where the projection is known', () => {
  expect(findings(() => [new RawTask({ taskType: 'Filter', sourceFields: ['Name'], operator: 'PROJECTION' })])).toEqual(['map-not-projected']);
});
