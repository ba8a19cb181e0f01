import { LineCounter } from 'yaml';
import { JsonPositions } from './json-positions';
import { UnreadableInput } from './unreadable';
import { YamlDocument } from './yaml-document';

/** A place in a text; lines and columns count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A document, and where its parts are in the text. */
export interface ParsedDocument {
  readonly value: unknown;
  /** Where the last of the steps that are there begins: names of members, and positions in lists. */
  readonly position: (steps: readonly string[]) => Position | undefined;
}

/** As deep may a document be. Templates and requests do not go deeper than thirty levels. */
const MAX_DEPTH = 500;

/** Reads JSON or YAML, with CloudFormation's short forms of intrinsic functions. */
export function parse(file: string, content: Buffer): ParsedDocument {
  const text = decode(file, content);
  const parsed = parseJson(text) ?? parseYaml(file, text);
  if (isDeeperThan(MAX_DEPTH, parsed.value)) {
    throw tooDeep(file);
  }
  return parsed;
}

/** The text of a file, which Windows writes with a mark in front or in UTF-16. */
function decode(file: string, content: Buffer): string {
  const encoding = content[0] === 0xff && content[1] === 0xfe ? 'utf-16le' : content[0] === 0xfe && content[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch {
    throw new UnreadableInput(file, {
      what: 'this is no text',
      got: `bytes that are not ${encoding.toUpperCase()}`,
      allowed: 'JSON or YAML in UTF-8 or UTF-16',
      remedy: 'name a template or a request',
    });
  }
}

function parseJson(text: string): ParsedDocument | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What JSON.parse says of the mistake quotes the text, and it may well be YAML.
    return undefined;
  }
  let found: { positions: JsonPositions; lines: LineCounter } | undefined;
  return {
    value,
    position: (steps) => {
      found ??= { positions: new JsonPositions(text), lines: linesOf(text) };
      return positionAt(found.lines, found.positions.offset(steps));
    },
  };
}

function parseYaml(file: string, text: string): ParsedDocument {
  const lines = new LineCounter();
  const document = YamlDocument.parse(text, lines, MAX_DEPTH);
  if (document === 'too deep') {
    throw tooDeep(file);
  }
  const { mistake } = document;
  if (mistake !== undefined) {
    const { line, col } = lines.linePos(mistake.offset);
    throw new UnreadableInput(file, {
      what: 'this is neither JSON nor YAML',
      got: `${mistake.kind} in line ${line}, column ${col}`,
      remedy: 'correct the syntax there',
    });
  }
  return { value: valueOf(file, document), position: (steps) => positionAt(lines, document.offset(steps)) };
}

function valueOf(file: string, document: YamlDocument): unknown {
  try {
    return document.value();
  } catch (error) {
    // So says the parser that aliases refer to nothing, to what they are part of, or to too much.
    if (error instanceof ReferenceError) {
      throw new UnreadableInput(file, {
        what: 'the aliases of this YAML cannot be resolved',
        got: 'aliases of nothing, of what they are part of, or of too much',
        allowed: 'aliases of what stands before them',
        remedy: 'write out what they stand for',
      });
    }
    throw error;
  }
}

function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines.addNewLine(at + 1);
  }
  return lines;
}

function positionAt(lines: LineCounter, offset: number): Position | undefined {
  const { line, col } = lines.linePos(offset);
  return line > 0 ? { line, column: col } : undefined;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return levels === 0 || Object.values(value).some((each) => isDeeperThan(levels - 1, each));
}

function tooDeep(file: string): UnreadableInput {
  return new UnreadableInput(file, {
    what: 'this is nested too deeply',
    allowed: `at most ${MAX_DEPTH} levels`,
    remedy: 'name a template or a request',
  });
}
