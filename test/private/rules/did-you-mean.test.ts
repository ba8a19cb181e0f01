import { didYouMean } from '../../../lib/private/rules/did-you-mean';
import { growsTooFast } from '../../processor-time';

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

test.each([
  ['s3', "did you mean 'S3'?"],
  ['S4', "did you mean 'S3'?"],
  ['ab', 'use one of these'],
  ['', 'use one of these'],
])('a short word has to have a letter in common: %p', (given, remedy) => {
  expect(didYouMean(given, ['S3'])).toBe(remedy);
});

test('of words that are as close, the first is named', () => {
  expect(didYouMean('MASK_FIRS_N', ['MASK_FIRST_N', 'MASK_FIRE_N'])).toBe("did you mean 'MASK_FIRST_N'?");
  expect(didYouMean('upsert', ['Upsert', 'UPSERT'])).toBe("did you mean 'Upsert'?");
});

test('another case is no other word, however long it is', () => {
  expect(didYouMean('a'.repeat(1000), ['A'.repeat(1000)])).toBe(`did you mean '${'A'.repeat(1000)}'?`);
});

test('a long text costs no more than reading it', async () => {
  const [once, fourTimes] = ['E'.repeat(1_000_000), 'E'.repeat(4_000_000)];
  expect(didYouMean(once, WORDS)).toBe('use one of these');
  expect(await growsTooFast(() => didYouMean(once, WORDS), () => didYouMean(fourTimes, WORDS))).toBe(false);
});
