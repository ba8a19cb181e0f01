import * as fc from 'fast-check';
import type { Configuration } from '../real-configurations/material';

/** Names that every object of JavaScript has, or that make it another object. */
export const INHERITED_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'length', 'prototype'];

/** What has no place in a flow or connector profile, or not in most places of one. */
export const oddity: fc.Arbitrary<Configuration> = fc.oneof(
  fc.constantFrom(...INHERITED_NAMES),
  fc.constantFrom('', ' ', '0', '-1', '1e999', 'NaN', 'true', 'null', '[]', '[1', '{}', 'rate(', 'rate(5minutes)', 'cron(', '${Token[TOKEN.1]}', '-1.8881545897087970e+289'),
  fc.constantFrom(null, true, false, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER),
  fc.constantFrom<Configuration>([], {}, [null], [[]], { Ref: 5 }, { Ref: [] }, { 'Fn::If': 5 }, { 'Fn::Sub': [] }, { 'Fn::Join': [',', 5] }, { 'Fn::GetAtt': {} }),
  fc.constantFrom(...INHERITED_NAMES).map((name) => Object.fromEntries([[name, name]])),
  fc.constantFrom(...INHERITED_NAMES).map((name) => JSON.parse(`{"${name}":{"${name}":null}}`)),
  fc.constantFrom<Configuration>([{ Key: 'a' }], [{ Key: 5, Value: 5 }], [{ Key: 'constructor', Value: 'toString' }], [{ Value: 'b' }, 'c']),
  fc.jsonValue(),
);

/** Functions of templates whose values are known only at deploy time. */
export const unknownValue: fc.Arbitrary<Configuration> = fc.constantFrom<Configuration>(
  { Ref: 'Parameter' },
  { 'Fn::If': ['Condition', 'one', 'other'] },
  { 'Fn::If': ['Condition', 'one', { Ref: 'AWS::NoValue' }] },
  { 'Fn::Sub': '${Parameter}-of-all' },
  { 'Fn::GetAtt': ['Resource', 'Arn'] },
  { 'Fn::GetAtt': 'Resource.Arn' },
  { 'Fn::ImportValue': 'exported' },
  { 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'key'] },
  { 'Fn::Join': ['-', ['a', { Ref: 'Parameter' }]] },
  { 'Fn::Split': [',', { Ref: 'Parameter' }] },
  { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/file' } } },
  '{{resolve:ssm:name}}',
);
