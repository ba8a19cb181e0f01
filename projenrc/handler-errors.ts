import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as ts from 'typescript';
import { docComment, parse } from './source';

const HANDLERS = resolve(__dirname, '..', 'lib', 'custom-resources', 'handlers');
const CODES = 'ErrorCode';
const ERRORS = ['CustomResourceError', 'Refused'];
/** Makes the message of what AppFlow answered; the remedy is by the answer. */
const BY_ANSWER = 'refusal';
const REMEDIES = 'REMEDIES';
const DEFAULT_REMEDY = 'DEFAULT_REMEDY';
/** What is known only when it runs. */
const ELLIPSIS = '…';

/** An error that the custom resources of a stack end with. */
export interface HandlerError {
  readonly code: string;
  /** What it means. */
  readonly meaning: string;
  /** What to do about it, in one case or another. */
  readonly remedies: readonly string[];
  /** Whether what to do is by AppFlow's answer. */
  readonly isByAnswer: boolean;
}

const SOURCES = readdirSync(HANDLERS).sort().map((file) => parse(join(HANDLERS, file)));

/** The errors of the handler, as its sources say them. */
export function handlerErrors(): HandlerError[] {
  const messages = new Map<string, string[]>();
  everyNode().filter(ts.isNewExpression).filter(({ expression }) => ERRORS.includes(expression.getText())).forEach((error) => {
    const [code, message] = error.arguments!;
    const own = codesIn(code);
    const members = own.length > 0 ? own : codesIn(ts.findAncestor(error, ts.isFunctionLike)!);
    members.forEach((member) => messages.set(member, [...messages.get(member) ?? [], ...texts(message)]));
  });
  const { members } = everyNode().filter(ts.isEnumDeclaration).find(({ name }) => name.text === CODES)!;
  return members.map((member) => {
    const tails = (messages.get(member.name.getText()) ?? []).map((message) => message.split('; ').slice(1).at(-1)).filter((tail) => tail !== undefined);
    return {
      code: (member.initializer as ts.StringLiteral).text,
      meaning: docComment(member),
      // What is not known before it runs tells nothing here.
      remedies: [...new Set(tails.filter((tail) => tail !== BY_ANSWER && !tail.includes(ELLIPSIS)))],
      isByAnswer: tails.includes(BY_ANSWER),
    };
  });
}

/** What to do about what AppFlow answers, by the answer. */
export function remediesByAnswer(): Map<string, string[]> {
  const byAnswer = new Map<string, string[]>();
  everyNode().filter(ts.isVariableDeclaration).filter(({ name }) => name.getText() === REMEDIES).forEach(({ initializer }) => {
    (initializer as ts.ObjectLiteralExpression).properties.filter(ts.isPropertyAssignment).forEach(({ name, initializer: remedy }) => {
      byAnswer.set(name.getText(), [...new Set([...byAnswer.get(name.getText()) ?? [], ...texts(remedy)])]);
    });
  });
  return new Map([...byAnswer].sort(([one], [other]) => one < other ? -1 : 1));
}

/** What to do about all other answers. */
export function defaultRemedy(): string {
  return texts(everyNode().filter(ts.isVariableDeclaration).find(({ name }) => name.getText() === DEFAULT_REMEDY)!.initializer!).join();
}

function everyNode(): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node) => {
    nodes.push(node);
    node.forEachChild(visit);
  };
  SOURCES.forEach(visit);
  return nodes;
}

function codesIn(node: ts.Node): string[] {
  const codes: string[] = [];
  const visit = (each: ts.Node) => {
    if (ts.isPropertyAccessExpression(each) && each.expression.getText() === CODES) {
      codes.push(each.name.text);
    }
    each.forEachChild(visit);
  };
  visit(node);
  return codes;
}

/** The texts that an expression can be, with an ellipsis for what is known only when it runs. */
function texts(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) {
    return [node.text];
  }
  if (ts.isBinaryExpression(node)) {
    return joined(texts(node.left), texts(node.right));
  }
  if (ts.isConditionalExpression(node)) {
    return [...texts(node.whenTrue), ...texts(node.whenFalse)];
  }
  if (ts.isTemplateExpression(node)) {
    const rest = node.templateSpans.map(({ expression, literal }) => joined(texts(expression), [literal.text]));
    return rest.reduce(joined, [node.head.text]);
  }
  if (ts.isCallExpression(node) && node.expression.getText() === BY_ANSWER) {
    return [`${ELLIPSIS}; ${BY_ANSWER}`];
  }
  const local = ts.isIdentifier(node) ? localValue(node) : undefined;
  return local !== undefined && ts.isConditionalExpression(local) ? texts(local) : [ELLIPSIS];
}

function localValue(name: ts.Identifier): ts.Expression | undefined {
  const scope = ts.findAncestor(name, ts.isFunctionLike);
  const variables = everyNode().filter(ts.isVariableDeclaration).filter((variable) => variable.name.getText() === name.text);
  return variables.find((variable) => scope !== undefined && ts.findAncestor(variable, ts.isFunctionLike) === scope)?.initializer;
}

function joined(heads: readonly string[], tails: readonly string[]): string[] {
  return heads.flatMap((head) => tails.map((tail) => head + tail));
}
