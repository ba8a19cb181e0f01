import { resolveParameters } from './parameters';
import { Template } from './template';
import { SsmService } from '../ssm';

const TEMPLATE: Template = {
  Parameters: {
    Text: { Type: 'String', AllowedPattern: '[a-z]+' },
    Number: { Type: 'Number', Default: 3 },
    List: { Type: 'List<Number>', Default: '1, 2' },
    Secret: { Type: 'String', Default: 'hush', NoEcho: true },
    Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
    Bucket: { Type: 'AWS::S3::Bucket::Name', Default: 'b' },
  },
  Resources: {},
};

function resolve(given: Record<string, string>, previous = new Map()) {
  return resolveParameters(TEMPLATE, new Map(Object.entries(given).map(([name, value]) => [name, { value }])), previous, new SsmService());
}

test('parameters have the values of their types', () => {
  const values = Object.fromEntries([...resolve({ Text: 'a' })].map(([name, { value }]) => [name, value]));
  expect(values).toEqual({ Text: 'a', Number: '3', List: ['1', '2'], Secret: 'hush', Version: expect.stringMatching(/^\d+$/), Bucket: 'b' });
});

test('an update may keep the previous value', () => {
  const previous = resolve({ Text: 'kept' });
  const values = resolveParameters(TEMPLATE, new Map([['Text', { usePrevious: true }]]), previous, new SsmService());
  expect(values.get('Text')?.value).toBe('kept');
});

test.each([
  [{}, 'Parameters: [Text] must have values'],
  [{ Text: 'A' }, "Parameter 'Text' must match pattern"],
  [{ Text: 'a', Number: 'x' }, "Parameter 'Number' must be a number"],
  [{ Text: 'a', Version: '/none' }, 'parameter /none not found'],
])('%j is refused', (given, message) => {
  expect(() => resolve(given as unknown as Record<string, string>)).toThrow(message);
});

test('a type that is not known is refused by name', () => {
  expect(() => resolveParameters({ Parameters: { A: { Type: 'Strange', Default: 'x' } }, Resources: {} }, new Map(), new Map(), new SsmService())).toThrow('Strange');
});
