/** A range of time, in epoch seconds: its first second, and the one after its last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const NONE = 'none';

/** Ranges as a text that CloudFormation can hand on. */
export function renderRanges(ranges: readonly Range[]): string {
  return ranges.length === 0 ? NONE : ranges.map(({ from, to }) => `${from}-${to}`).join(',');
}

/** The opposite of `renderRanges`; undefined for another text. */
export function parseRanges(text: string): Range[] | undefined {
  if (text === NONE) {
    return [];
  }
  const ranges = text.split(',').map(range => /^(\d+)-(\d+)$/.exec(range));
  return ranges.includes(null) ? undefined : ranges.map(range => ({ from: Number(range![1]), to: Number(range![2]) }));
}

/** What a range has before and after another. */
export function missing({ from, to }: Range, loaded: Range): Range[] {
  return [{ from, to: Math.min(to, loaded.from) }, { from: Math.max(from, loaded.to), to }].filter(range => range.from < range.to);
}

/** Ranges in windows of a length, oldest first. The last window of a range can be shorter. */
export function windowsOf(ranges: readonly Range[], seconds: number): Range[] {
  return ranges.flatMap(range => Array.from({ length: Math.ceil((range.to - range.from) / seconds) }, (_, index) => {
    const from = range.from + index * seconds;
    return { from, to: Math.min(from + seconds, range.to) };
  }));
}

/** A range as people read it. */
export function describeRange({ from, to }: Range): string {
  const [start, end] = [from, to].map(seconds => new Date(seconds * 1000).toISOString().replace('.000', ''));
  return `${start} to ${end}`;
}
