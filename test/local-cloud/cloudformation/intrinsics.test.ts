import { evaluate, evaluateCondition, Scope } from './intrinsics';

const SCOPE: Scope = {
  ref: (name) => `ref-${name}`,
  getAtt: (logicalId, attribute) => `${logicalId}/${attribute}`,
  condition: (name) => name === 'Yes',
  mapped: (map, first, second) => `${map}:${first}:${second}`,
  importValue: (name) => `imported-${name}`,
  zones: (region) => [`${region}a`],
};

test.each<[string, unknown, unknown]>([
  ['Ref', { Ref: 'A' }, 'ref-A'],
  ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['A', 'Arn'] }, 'A/Arn'],
  ['Fn::GetAtt as text, with a nested attribute', { 'Fn::GetAtt': 'A.B.C' }, 'A/B.C'],
  ['Fn::Sub', { 'Fn::Sub': '${A}-${B.Arn}-${!Literal}-${AWS::Region}' }, 'ref-A-B/Arn-${Literal}-ref-AWS::Region'],
  ['Fn::Sub with variables', { 'Fn::Sub': ['${x}-${A}', { x: { Ref: 'B' } }] }, 'ref-B-ref-A'],
  ['Fn::Join', { 'Fn::Join': ['/', ['a', { Ref: 'A' }, 3]] }, 'a/ref-A/3'],
  ['Fn::Join over a split', { 'Fn::Join': ['', { 'Fn::Split': ['-', 'a-b'] }] }, 'ab'],
  ['Fn::Select', { 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
  ['Fn::If', [{ 'Fn::If': ['Yes', 1, 2] }, { 'Fn::If': ['No', 1, 2] }], [1, 2]],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['M', { Ref: 'A' }, 'k'] }, 'M:ref-A:k'],
  ['Fn::Base64', { 'Fn::Base64': 'a' }, 'YQ=='],
  ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': 'x-${A}' } }, 'imported-x-ref-A'],
  ['Fn::GetAZs', { 'Fn::GetAZs': '' }, ['a']],
  ['AWS::NoValue', { a: { Ref: 'AWS::NoValue' }, b: [{ 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] }, 2] }, { b: [2] }],
  ['what is no function', { Condition: { StringEquals: { a: true } }, Null: null, Ref: 'A', Other: 1 }, { Condition: { StringEquals: { a: true } }, Null: null, Ref: 'A', Other: 1 }],
])('%s is evaluated', (_, value, expected) => {
  expect(evaluate(value, SCOPE)).toEqual(expected);
});

test.each<[string, unknown, boolean]>([
  ['Condition', { Condition: 'Yes' }, true],
  ['Fn::Equals', { 'Fn::Equals': [{ Ref: 'A' }, 'ref-A'] }, true],
  ['Fn::And', { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] }, false],
  ['Fn::Or', { 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] }, true],
  ['Fn::Not', { 'Fn::Not': [{ Condition: 'No' }] }, true],
  ['Fn::Contains', { 'Fn::Contains': [['1', '2'], { 'Fn::Select': [0, ['2']] }] }, true],
])('the condition %s is evaluated', (_, value, expected) => {
  expect(evaluateCondition(value, SCOPE)).toBe(expected);
});

test.each<[string, unknown]>([
  ['Fn::Transform', { 'Fn::Transform': { Name: 'AWS::Include' } }],
  ['Fn::Cidr', { 'Fn::Cidr': ['10.0.0.0/8', 1, 8] }],
  ['Fn::Join', { 'Fn::Join': [',', [{ a: 1 }]] }],
  ['Fn::Select', { 'Fn::Select': [2, ['a']] }],
  ['Fn::Split', { 'Fn::Split': ['a'] }],
])('%s is refused by name where it is not known or not well made', (name, value) => {
  expect(() => evaluate(value, SCOPE)).toThrow(name);
});
