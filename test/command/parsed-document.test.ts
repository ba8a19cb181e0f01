import fc from 'fast-check';
import { LineCounter, parseDocument } from 'yaml';
import { JsonPositions } from '../../lib/command/json-positions';
import { parse } from '../../lib/command/parsed-document';
import { UnreadableInput } from '../../lib/command/unreadable';

function read(text: string) {
  return parse('file', Buffer.from(text));
}

test.each<[string, unknown]>([
  ['!Ref Bucket', { Ref: 'Bucket' }],
  ['!Condition IsProd', { Condition: 'IsProd' }],
  ['!GetAtt Bucket.Arn', { 'Fn::GetAtt': ['Bucket', 'Arn'] }],
  ['!GetAtt Nested.Outputs.Bucket', { 'Fn::GetAtt': ['Nested', 'Outputs.Bucket'] }],
  ['!GetAtt [Bucket, !Ref Attribute]', { 'Fn::GetAtt': ['Bucket', { Ref: 'Attribute' }] }],
  ['!Sub "${Name}-x"', { 'Fn::Sub': '${Name}-x' }],
  ['!Sub ["${Name}", {Name: !Ref Other}]', { 'Fn::Sub': ['${Name}', { Name: { Ref: 'Other' } }] }],
  ['!Sub 5', { 'Fn::Sub': '5' }],
  ['!Sub |\n    text\n', { 'Fn::Sub': 'text\n' }],
  ['!If [A, !If [B, !Ref C, [!Ref D]], {E: !Ref AWS::NoValue}]',
    { 'Fn::If': ['A', { 'Fn::If': ['B', { Ref: 'C' }, [{ Ref: 'D' }]] }, { E: { Ref: 'AWS::NoValue' } }] }],
  ['!Not [!Equals [a, b]]', { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }],
  ['\n    !FindInMap [A, B, C]', { 'Fn::FindInMap': ['A', 'B', 'C'] }],
  ['!Join\n    - "-"\n    - - a\n      - !ImportValue b', { 'Fn::Join': ['-', ['a', { 'Fn::ImportValue': 'b' }]] }],
  ['!Transform {Name: AWS::Include, Parameters: {Location: !Ref L}}',
    { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: { Ref: 'L' } } } }],
  ['!Cidr [!GetAtt Vpc.CidrBlock, 2]', { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 2] }],
  ['!GetAZs ""', { 'Fn::GetAZs': '' }],
  ['!Select [0, !Split [",", !Base64 x]]', { 'Fn::Select': [0, { 'Fn::Split': [',', { 'Fn::Base64': 'x' }] }] }],
  ['!NoSuchFunction {a: !Neither b}', { 'Fn::NoSuchFunction': { a: { 'Fn::Neither': 'b' } } }],
  ['!!str 5', '5'],
  ['[&anchor !Ref A, *anchor]', [{ Ref: 'A' }, { Ref: 'A' }]],
  ['{<<: {a: 1}, b: 2}', { a: 1, b: 2 }],
  ['{a: 1, a: 2}', { a: 2 }],
  ['2026-11-22', '2026-11-22'],
])('%s in YAML', (text, value) => {
  expect(read(`value: ${text}\n`).value).toEqual({ value });
});

test.each([
  ['aliases that make a large thing of a small one', `a: &a [1,1,1,1,1,1,1,1,1,1]\n${[...'bcdefghi'].map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[i]}`).join()}]`).join('\n')}`],
  ['an alias of what it is in', 'a: &a [*a]'],
  ['an alias of nothing', 'a: *b'],
  ['deep lists in JSON', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['deep lists in YAML', `${'['.repeat(100_000)}!Ref x`],
  ['deep blocks in YAML', '- '.repeat(20_000)],
  ['a tab that indents', 'a:\n\tb: c\n\td: [e'],
  ['several documents', 'a: b\n---\nc: d\n'],
])('%s cannot be read', (_, text) => {
  expect(() => read(text)).toThrow(UnreadableInput);
});

const TEXT = `Resources:
  Flow: &flow
    Properties:
      Tasks:
        - !If
          - A
          - Type: x
        - { TaskType: Map, "Source Fields": [ a,
            b] }
      More: !GetAtt a.b
  Other: *flow
`;

test.each<[string[], [number, number]]>([
  [[], [1, 1]],
  [['Resources'], [1, 1]],
  [['Resources', 'Flow', 'Properties'], [3, 5]],
  [['Resources', 'Flow', 'Properties', 'Missing', 'TaskType'], [3, 5]],
  [['Resources', 'Flow', 'Properties', 'Tasks', '0'], [6, 11]],
  [['Resources', 'Flow', 'Properties', 'Tasks', '0', 'Fn::If', '1', 'Type'], [7, 13]],
  [['Resources', 'Flow', 'Properties', 'Tasks', '1', 'TaskType'], [8, 13]],
  [['Resources', 'Flow', 'Properties', 'Tasks', '1', 'Source Fields', '1'], [9, 13]],
  [['Resources', 'Flow', 'Properties', 'More', 'Fn::GetAtt', '0'], [10, 7]],
  [['Resources', 'Other', 'Properties', 'Tasks'], [4, 7]],
])('%j in YAML is at %j', (steps, [line, column]) => {
  expect(read(TEXT).position(steps)).toEqual({ line, column });
  expect(read(TEXT.replaceAll('\n', '\r\n')).position(steps)).toEqual({ line, column });
});

test('parts of JSON are found where a YAML parser finds them', () => {
  const spaces = fc.constantFrom(undefined, 1, 2, '\t');
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), spaces, (value, space) => {
    const text = JSON.stringify(value, undefined, space);
    const { contents } = parseDocument(text, { lineCounter: new LineCounter(), uniqueKeys: false });
    const positions = new JsonPositions(text);
    for (const { steps, offset } of placesIn(contents, [])) {
      expect(positions.offset(steps)).toBe(offset);
      expect(positions.offset([...steps, 'no such member'])).toBe(offset);
    }
  }));
});

/** The places of the parts of a document, where they begin. */
function placesIn(node: any, steps: string[]): { steps: string[]; offset: number }[] {
  return [
    ...steps.length === 0 ? [{ steps, offset: node.range[0] }] : [],
    ...(node.items ?? []).flatMap((item: any, i: number) => {
      const path = [...steps, item.key !== undefined ? item.key.value : String(i)];
      return [{ steps: path, offset: (item.key ?? item).range[0] }, ...placesIn(item.value?.range ? item.value : item, path)];
    }),
  ];
}
