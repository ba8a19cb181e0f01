import { quote } from '../values';

/** What is longer than this is no name that somebody misspelt; comparing it would take long. */
const MAX_LENGTH = 64;

/** A remedy that names the word that was probably meant: the closest one, and of several that are as close the first. */
export function didYouMean(given: string, words: readonly string[]): string {
  const meant = wordMeant(given.toLowerCase(), words);
  return meant !== undefined ? `did you mean ${quote(meant)}?` : 'use one of these';
}

function wordMeant(given: string, words: readonly string[]): string | undefined {
  const same = words.find((word) => word.toLowerCase() === given);
  if (same !== undefined || given.length > MAX_LENGTH) {
    return same;
  }
  const allowed = Math.max(2, given.length / 3);
  const [closest] = words
    .filter((word) => Math.abs(word.length - given.length) <= allowed)
    .map((word) => ({ word, distance: editDistance(given, word.toLowerCase()) }))
    // Words of which every letter has to be changed have nothing to do with each other, however short they are.
    .filter(({ word, distance }) => distance <= allowed && distance < Math.max(given.length, word.length))
    .sort((a, b) => a.distance - b.distance);
  return closest?.word;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      current[j] = Math.min(current[j - 1] + 1, previous[j] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    previous = current;
  }
  return previous[b.length];
}
