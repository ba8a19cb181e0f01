import { type Node, parseTree } from 'jsonc-parser';

/** Finds members and elements in a text that is known to be JSON. */
export class JsonPositions {
  private readonly root?: Node;

  constructor(text: string) {
    this.root = parseTree(text);
  }

  /** Where the last of the steps that are there begins: names of members, and positions in lists. */
  public offset(steps: readonly string[]): number {
    let [offset, value] = [this.root?.offset ?? 0, this.root];
    for (const step of steps) {
      const found = value !== undefined ? partOf(value, step) : undefined;
      if (found === undefined) {
        break;
      }
      offset = found.offset;
      value = found.type === 'property' ? found.children?.[1] : found;
    }
    return offset;
  }
}

function partOf({ type, children = [] }: Node, step: string): Node | undefined {
  // Of members of the same name, the last one counts, as it does for JSON.parse.
  return type === 'array' ? children[Number(step)] : children.filter((member) => member.children?.[0].value === step).at(-1);
}
