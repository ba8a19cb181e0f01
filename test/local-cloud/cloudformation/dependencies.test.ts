import { dependenciesOf, inOrder } from './dependencies';

const isResource = (name: string) => /^[A-Z]$/.test(name);
const condition = (name: string) => name === 'Yes';

test('a resource needs what it refers to, in whichever way', () => {
  const definition = {
    Type: 'T',
    DependsOn: ['A', 'B'],
    Properties: {
      ref: { Ref: 'C' },
      att: [{ 'Fn::GetAtt': ['D', 'Arn'] }, { 'Fn::GetAtt': 'E.Arn' }],
      sub: { 'Fn::Sub': '${F} ${G.Arn} ${!H} ${AWS::Region}' },
      subWithVariables: { 'Fn::Sub': ['${I} ${x}', { I: 'text', x: { Ref: 'J' } }] },
      branches: { 'Fn::If': ['Yes', { Ref: 'K' }, { Ref: 'L' }] },
      joined: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'M' }, ':SecretString:k}}']] },
      parameter: { Ref: 'parameter' },
    },
  };
  expect(dependenciesOf(definition, isResource, condition).join('')).toBe('ABCDEFGJKM');
});

test('the order of the template is kept where nothing is needed first', () => {
  const needs: Record<string, string[]> = { B: ['D'], D: ['A'] };
  expect(inOrder(['C', 'B', 'A', 'D'], (name) => needs[name] ?? [])).toEqual(['C', 'A', 'D', 'B']);
});

test('a circle is refused with its members', () => {
  const needs: Record<string, string[]> = { A: ['B'], B: ['C'], C: ['B'] };
  expect(() => inOrder(['A', 'B', 'C'], (name) => needs[name])).toThrow('Circular dependency between resources: [B, C]');
});
