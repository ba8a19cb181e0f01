/** Where a member or an element begins, and where its value does. */
interface Entry {
  readonly start: number;
  readonly value: number;
}

const SPACE = /[\s,]*/y;
const COLON = /\s*:\s*/y;
const PLAIN = /[^\s,\]}]*/y;

/** Finds members and elements in a text that is known to be JSON, and looks at each part of it at most once for that. */
export class JsonPositions {
  private readonly entries = new Map<number, ReadonlyMap<string, Entry>>();

  constructor(private readonly text: string) {}

  /** Where the last of the steps that are there begins: names of members, and positions in lists. */
  public offset(steps: readonly string[]): number {
    let found: Entry = { start: this.after(SPACE, 0), value: this.after(SPACE, 0) };
    for (const step of steps) {
      const next = this.entriesAt(found.value).get(step);
      if (next === undefined) {
        break;
      }
      found = next;
    }
    return found.start;
  }

  private entriesAt(value: number): ReadonlyMap<string, Entry> {
    const entries = this.entries.get(value) ?? this.read(value);
    this.entries.set(value, entries);
    return entries;
  }

  private read(value: number): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>();
    const isObject = this.text[value] === '{';
    if (!isObject && this.text[value] !== '[') {
      return entries;
    }
    let start = this.after(SPACE, value + 1);
    while (start < this.text.length && this.text[start] !== '}' && this.text[start] !== ']') {
      const nameEnd = isObject ? this.stringEnd(start) : start;
      const name = isObject ? JSON.parse(this.text.slice(start, nameEnd)) as string : String(entries.size);
      const entry = { start, value: isObject ? this.after(COLON, nameEnd) : start };
      // Of members of the same name, the last one counts, as it does for JSON.parse.
      entries.set(name, entry);
      start = this.after(SPACE, this.valueEnd(entry.value));
    }
    return entries;
  }

  private valueEnd(start: number): number {
    let depth = 0;
    let at = start;
    do {
      const character = this.text[at];
      if (character === '"') {
        at = this.stringEnd(at);
      } else if (character === '{' || character === '[') {
        depth++;
        at++;
      } else if (character === '}' || character === ']') {
        depth--;
        at++;
      } else {
        at = depth > 0 ? at + 1 : this.after(PLAIN, at);
      }
    } while (depth > 0);
    return at;
  }

  private stringEnd(start: number): number {
    let at = start + 1;
    while (this.text[at] !== '"') {
      at += this.text[at] === '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private after(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    pattern.test(this.text);
    return pattern.lastIndex;
  }
}
