import { didYouMean } from '../../../lib/private/rules/did-you-mean';

const WORDS = ['EQUAL_TO', 'NOT_EQUAL_TO', 'LESS_THAN', 'GREATER_THAN'];

test.each([
  ['EQUALS_TO', "did you mean 'EQUAL_TO'?"],
  ['equal_to', "did you mean 'EQUAL_TO'?"],
  ['NOT_EQUALTO', "did you mean 'NOT_EQUAL_TO'?"],
  ['LESSTHAN', "did you mean 'LESS_THAN'?"],
  ['MULTIPLICATION', 'use one of these'],
  ['', 'use one of these'],
])('for %p: %s', (given, remedy) => {
  expect(didYouMean(given, WORDS)).toBe(remedy);
});

test('without words there is nothing to mean', () => {
  expect(didYouMean('EQUAL_TO', [])).toBe('use one of these');
});
