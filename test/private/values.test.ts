import { CfnParameter, Fn, Lazy, Token } from 'aws-cdk-lib';
import { compact, isPlainObject, jsonArray, knownElements, literalLength, literalNumber, literalString, literalStrings, quote, quoteAll } from '../../lib/private/values';
import { newStack } from '../synthesis';

const stack = newStack();
const text = new CfnParameter(stack, 'Text').valueAsString;
const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
const object = Lazy.any({ produce: () => ({}) });

test.each([
  ['text', 'text'],
  ['', ''],
  [text, undefined],
  [`a${text}`, undefined],
  [`rate(${number}minutes)`, undefined],
  ['a {Token[ that is none', 'a {Token[ that is none'],
  [1, undefined],
  [object, undefined],
  [undefined, undefined],
])('the literal string of %p is %p', (value, expected) => {
  expect(literalString(value)).toBe(expected);
});

test.each([
  [0, 0],
  [1.5, 1.5],
  [number, undefined],
  ['1', undefined],
  [object, undefined],
  [undefined, undefined],
])('the literal number of %p is %p', (value, expected) => {
  expect(literalNumber(value)).toBe(expected);
});

test.each<[unknown, string[], number | undefined]>([
  [['a', 'b'], ['a', 'b'], 2],
  [[], [], 0],
  [['a', text], ['a'], 2],
  [list, [], undefined],
  [Fn.split(',', text), [], undefined],
  [undefined, [], undefined],
  ['ab', [], undefined],
])('the literal strings of %p', (values, strings, length) => {
  expect(literalStrings(values)).toEqual(strings);
  expect(literalLength(values)).toBe(length);
});

test('values are quoted for messages', () => {
  expect(quote('a')).toBe("'a'");
  expect(quote(1)).toBe('1');
  expect(quote(undefined)).toBe('undefined');
  expect(quoteAll(['a', 1])).toBe("'a', 1");
  expect(quoteAll([])).toBe('none');
});

test.each<[unknown, unknown]>([
  [{ a: undefined }, undefined],
  [{ a: {}, b: [], c: [{}], d: { e: { f: undefined } } }, undefined],
  [{ a: 0, b: false, c: '', d: null }, { a: 0, b: false, c: '', d: null }],
  [{ a: { b: [1, undefined, 2] } }, { a: { b: [1, 2] } }],
  ['a', 'a'],
  [undefined, undefined],
])('%j without what is empty is %j', (value, expected) => {
  expect(compact(value)).toEqual(expected);
});

test('tokens are never taken for empty', () => {
  expect(compact({ text, number, list, object })).toEqual({ text, number, list, object });
  expect(compact({ object })!.object).toBe(object);
});

test.each<[unknown, boolean]>([
  [{}, true],
  [{ a: 1 }, true],
  [[], false],
  [null, false],
  [new Date(), false],
  [object, false],
  ['a', false],
])('whether %p is a plain object: %p', (value, expected) => {
  expect(isPlainObject(value)).toBe(expected);
});

test('lists become the text of a JSON array, whenever they are known', () => {
  expect(jsonArray([])).toBe('[]');
  expect(jsonArray(['a', 'b"c'])).toBe('["a","b\\"c"]');
  expect(stack.resolve(jsonArray(['a', text]))).toEqual({ 'Fn::Join': ['', ['["a","', { Ref: 'Text' }, '"]']] });
  expect(stack.resolve(jsonArray(list))).toEqual({ 'Fn::Join': ['', ['["', { 'Fn::Join': ['","', { Ref: 'List' }] }, '"]']] });
});

test('elements have to be known, though each can be a token', () => {
  expect(knownElements(['a', text], 'the fields')).toEqual(['a', text]);
  expect(() => knownElements(list, 'the fields')).toThrow(/^the fields cannot be a list that is known only at deploy time/);
  expect(() => knownElements(Token.asList(object), 'the fields')).toThrow(/list-known-only-at-deploy-time/);
});
