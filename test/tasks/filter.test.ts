import { type ComparisonFilters, type Filter, Mapping, S3Source, SalesforceSource } from 'appflow-constructs';
import { CfnParameter, Fn, Lazy } from 'aws-cdk-lib';
import { lake, renderedTasks, salesforceProfile } from '../samples';
import { newStack } from '../synthesis';

const filter = new SalesforceSource(salesforceProfile(newStack()), { object: 'Opportunity' }).filter;

describe('operators', () => {
  const comparisons: [keyof ComparisonFilters & string, string][] = [
    ['equalTo', 'EQUAL_TO'],
    ['notEqualTo', 'NOT_EQUAL_TO'],
    ['lessThan', 'LESS_THAN'],
    ['lessThanOrEqualTo', 'LESS_THAN_OR_EQUAL_TO'],
    ['greaterThan', 'GREATER_THAN'],
    ['greaterThanOrEqualTo', 'GREATER_THAN_OR_EQUAL_TO'],
  ];

  test.each(comparisons)('%s is %s of one field and one value', (method, operator) => {
    expect((filter as any)[method]('Amount', 5).bind()).toEqual([expect.objectContaining({
      taskType: 'Filter',
      sourceFields: ['Amount'],
      operator,
      taskProperties: { DATA_TYPE: 'double', VALUE: '5' },
    })]);
  });

  test('contains compares text', () => {
    expect(filter.contains('Name', 'Acme').bind()).toMatchObject([{ operator: 'CONTAINS', taskProperties: { DATA_TYPE: 'string', VALUE: 'Acme' } }]);
  });

  test.each<[string, Filter, string]>([
    ['equalToAny', filter.equalToAny('StageName', ['Won', 'Lost']), 'EQUAL_TO'],
    ['containsAny', filter.containsAny('StageName', ['Won', 'Lost']), 'CONTAINS'],
  ])('%s joins alternatives with commas', (_, made, operator) => {
    expect(made.bind()).toMatchObject([{ operator, taskProperties: { DATA_TYPE: 'string', VALUES: 'Won,Lost' } }]);
  });

  test('between has two bounds and no value', () => {
    expect(filter.between('Amount', 1, 10).bind()[0]).toMatchObject({
      operator: 'BETWEEN',
      taskProperties: { DATA_TYPE: 'double', LOWER_BOUND: '1', UPPER_BOUND: '10' },
    });
  });
});

describe('values', () => {
  test.each<[unknown, string, string]>([
    ['Won', 'string', 'Won'],
    [10_000, 'double', '10000'],
    [-0.5, 'double', '-0.5'],
    [0, 'double', '0'],
    [true, 'boolean', 'true'],
    [false, 'boolean', 'false'],
    [new Date('2026-01-01T00:00:00Z'), 'datetime', '1767225600000'],
  ])('%p is sent as %s %s', (value, dataType, text) => {
    expect(filter.equalTo('Field', value).bind()[0].taskProperties).toEqual({ DATA_TYPE: dataType, VALUE: text });
  });

  test('the data type can be given', () => {
    expect(filter.equalTo('AccountId', '0015g00000A', { dataType: 'id' }).bind()[0].taskProperties).toMatchObject({ DATA_TYPE: 'id' });
    expect(filter.equalToAny('AccountId', ['0015g00000A'], { dataType: 'id' }).bind()[0].taskProperties).toMatchObject({ DATA_TYPE: 'id' });
    expect(filter.between('Amount', 1, 2, { dataType: 'currency' }).bind()[0].taskProperties).toMatchObject({ DATA_TYPE: 'currency' });
  });

  test('alternatives and bounds can be dates', () => {
    const day = new Date('2026-01-01T00:00:00Z');
    expect(filter.equalToAny('CloseDate', [day, day]).bind()[0].taskProperties).toEqual({ DATA_TYPE: 'datetime', VALUES: '1767225600000,1767225600000' });
    expect(filter.between('CloseDate', day, day).bind()[0].taskProperties).toMatchObject({ DATA_TYPE: 'datetime', LOWER_BOUND: '1767225600000' });
  });

  test.each<[string, unknown]>([
    ['an invalid date', new Date('tomorrow')],
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['null', null],
    ['undefined', undefined],
    ['object', { amount: 1 }],
  ])('%s cannot be compared with', (got, value) => {
    const unsupported = expect.objectContaining({ code: 'appflow-constructs:filter-value-unsupported', message: expect.stringContaining(`got ${got}, `) });
    expect(() => filter.equalTo('Amount', value)).toThrow(unsupported);
    expect(() => filter.between('Amount', 1, value)).toThrow(unsupported);
    expect(() => filter.equalToAny('Amount', [1, value])).toThrow(unsupported);
  });

  test('an alternative with a comma is refused, a single value with a comma is not', () => {
    expect(() => filter.equalToAny('Name', ['Acme, Inc.'])).toThrow(expect.objectContaining({ code: 'appflow-constructs:filter-alternative-with-comma' }));
    expect(filter.equalTo('Name', 'Acme, Inc.').bind()[0].taskProperties).toMatchObject({ VALUE: 'Acme, Inc.' });
  });
});

describe('tokens', () => {
  test('stand for strings and numbers, alone and as alternatives', () => {
    const stack = newStack();
    const name = new CfnParameter(stack, 'Name').valueAsString;
    const amount = new CfnParameter(stack, 'Amount', { type: 'Number' }).valueAsNumber;
    const tasks = renderedTasks(stack, [
      Mapping.all(),
      filter.equalTo('Name', name),
      filter.greaterThan('Amount', amount),
      filter.equalToAny('Name', [name, 'Acme']),
      filter.between('Amount', amount, Lazy.any({ produce: () => 7 })),
      filter.equalTo(Fn.importValue('field'), Lazy.number({ produce: () => 5 })),
    ]);
    expect(tasks.slice(0, 5).map((task) => Object.fromEntries(task.TaskProperties.map(({ Key, Value }: any) => [Key, Value])))).toEqual([
      { DATA_TYPE: 'string', VALUE: { Ref: 'Name' } },
      { DATA_TYPE: 'double', VALUE: { Ref: 'Amount' } },
      { DATA_TYPE: 'string', VALUES: { 'Fn::Join': ['', [{ Ref: 'Name' }, ',Acme']] } },
      { DATA_TYPE: 'double', LOWER_BOUND: { Ref: 'Amount' }, UPPER_BOUND: '7' },
      { DATA_TYPE: 'double', VALUE: '5' },
    ]);
    expect(tasks[4].SourceFields).toEqual([{ 'Fn::ImportValue': 'field' }]);
  });
});

test('filters keep the order given, since AppFlow runs them in order', () => {
  const tasks = renderedTasks(newStack(), [filter.equalTo('B', 1), Mapping.all(), filter.equalTo('C', 1), filter.equalTo('A', 1)]);
  expect(tasks.map((task) => task.SourceFields)).toEqual([['B'], ['C'], ['A'], []]);
});

test('a filter knows the connector that it was made for', () => {
  const files = new S3Source(lake(newStack()), { prefix: 'in' });
  expect(filter.equalTo('A', 1).bind()[0].madeFor?.name).toBe('Salesforce');
  expect(files.filter.equalTo('A', 1).bind()[0].madeFor?.name).toBe('S3');
});
