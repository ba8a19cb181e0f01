import type { Configuration } from '../real-configurations/material';

/** Where something is in a document. */
export type Path = readonly (string | number)[];

/** The places of all values in a document, of structures and lists as well as of what is in them, from the outside in. */
export function placesIn(document: Configuration, path: Path = []): Path[] {
  const inside = typeof document === 'object' && document !== null
    ? Object.entries(document).flatMap(([name, member]) => placesIn(member, [...path, Array.isArray(document) ? Number(name) : name]))
    : [];
  return [path, ...inside];
}

/** The value at a place, or undefined where there is no such place. */
export function valueAt(document: Configuration, path: Path): Configuration {
  return path.reduce((value, step) => typeof value === 'object' && value !== null ? value[step] : undefined, document);
}

/** A copy of a document with another value at a place; undefined takes it away. */
export function replaced(document: Configuration, [step, ...rest]: Path, value: Configuration): Configuration {
  if (step === undefined) {
    return value;
  }
  const changed = replaced(document?.[step], rest, value);
  if (Array.isArray(document)) {
    const copy = [...document];
    copy.splice(Number(step), 1, ...changed === undefined ? [] : [changed]);
    return copy;
  }
  const { [step]: _, ...others } = document ?? {};
  // At its old position, as far as it has one.
  return changed === undefined ? others : Object.fromEntries(step in (document ?? {})
    ? Object.entries(document).map(([name, member]) => [name, name === String(step) ? changed : member])
    : [...Object.entries(others), [step, changed]]);
}
