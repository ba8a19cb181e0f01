import { Composer, type Document, isAlias, isMap, isScalar, isSeq, Lexer, type LineCounter, type Node, type Pair, Parser, type YAMLMap } from 'yaml';
import { expandShortTags } from './short-tags';

/** What a text is not YAML for. */
export interface Mistake {
  readonly kind: string;
  readonly offset: number;
}

/** As often may the aliases of a document repeat one thing. A few that repeat each other make documents of any size. */
const MAX_ALIASES = 1_000;

const OPTIONS = {
  // CloudFormation's YAML has no merge keys, but what prepares templates for it resolves them.
  merge: true,
  strict: false,
  // Looking for duplicates takes time quadratic in the number of keys.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** A document in YAML, with CloudFormation's short forms of intrinsic functions written out. */
export class YamlDocument {
  /** Reads a text, unless it is nested deeper than is allowed: the parser calls itself, and can bring the process down. */
  public static parse(text: string, lines: LineCounter, maxDepth: number): YamlDocument | 'too deep' {
    const parser = new Parser(lines.addNewLine);
    const composer = new Composer(OPTIONS);
    const documents: Document[] = [];
    lines.addNewLine(0);
    for (const lexeme of new Lexer().lex(text)) {
      for (const token of parser.next(lexeme)) {
        documents.push(...composer.next(token));
      }
      if (parser.stack.length > maxDepth) {
        return 'too deep';
      }
    }
    for (const token of parser.end()) {
      documents.push(...composer.next(token));
    }
    documents.push(...composer.end(true, text.length));
    documents.forEach(expandShortTags);
    return new YamlDocument(documents);
  }

  /** The first mistake in the text. */
  public readonly mistake: Mistake | undefined;
  private readonly document: Document;

  private constructor([document, another]: Document[]) {
    const [error] = document.errors;
    this.document = document;
    // The message of an error may quote the text, which may hold credentials.
    this.mistake = error !== undefined ? { kind: error.code.toLowerCase().replaceAll('_', ' '), offset: error.pos[0] }
      : another !== undefined ? { kind: 'another document', offset: another.range?.[0] ?? 0 }
        : undefined;
  }

  /**
   * The document as a value.
   *
   * @throws ReferenceError for aliases that cannot be resolved
   */
  public value(): unknown {
    return this.document.toJS({ maxAliasCount: MAX_ALIASES });
  }

  /** Where the last of the steps that are there begins: names of members, and positions in lists. */
  public offset(steps: readonly string[]): number {
    let node: unknown = this.document.contents;
    let offset = startOf(node) ?? 0;
    for (const step of steps) {
      const container = isAlias(node) ? node.resolve(this.document) : node;
      const member = isMap(container) ? memberOf(container, step) : undefined;
      node = isSeq(container) ? container.items[Number(step)] : member?.value;
      offset = startOf(member?.key) ?? startOf(node) ?? offset;
    }
    return offset;
  }
}

function memberOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.filter(({ key }) => isScalar(key) && String(key.value) === name).at(-1);
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
