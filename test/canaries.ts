import { randomBytes } from 'crypto';
import { readdirSync, readFileSync } from 'fs';
import { join, relative } from 'path';
import { inspect } from 'util';

/** Half of a canary. */
const PART_BYTES = 6;
const HALF = new RegExp(`[0-9a-f]{${2 * PART_BYTES}}`, 'g');

/** A credential that is nowhere else, since it is made anew for each run, and each half of which is recognised alone. */
export function canary(): string {
  return randomBytes(2 * PART_BYTES).toString('hex');
}

/** What gives a text away: the text as it is, or in an encoding in which texts travel. */
const formsOf = (part: string) => [
  part,
  Buffer.from(part).toString('hex'),
  // What precedes a text decides where the groups of three bytes begin that base64 is made of; their ends mix with what surrounds them.
  ...[0, 1, 2].map((before) => Buffer.from(part).subarray(before).toString('base64').slice(0, 12)),
];

/** Where canaries, by their names, were found, by the names of places and the texts there. */
export function leaksOf(canaries: Readonly<Record<string, string>>, places: Readonly<Record<string, string>>): string[] {
  const traces = Object.entries(canaries).flatMap(([name, value]) => value.match(HALF)!.flatMap(formsOf).map((trace) => ({ name, trace })));
  return Object.entries(places).flatMap(([place, content]) => [
    ...new Set(traces.filter(({ trace }) => content.includes(trace)).map(({ name }) => `${name} in ${place}`)),
  ]);
}

/** A value with all that is in it, as text. */
export function textOf(value: unknown): string {
  return inspect(value, { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity, breakLength: Infinity });
}

/** All files below a directory, as names of places and the texts there. */
export function filesIn(root: string, wanted: (name: string) => boolean = () => true): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && wanted(entry.name));
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(paths.map((path) => [relative(root, path), readFileSync(path, 'latin1')]));
}
