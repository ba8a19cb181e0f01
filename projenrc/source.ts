import { readFileSync } from 'node:fs';
import * as ts from 'typescript';

/** Reads the source of a module. */
export function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** The code of one member of an object that a module exports, with what it uses of the module, and without what stands around it. */
export function exampleIn(source: ts.SourceFile, object: string, member: string): string {
  const given = declarations(source).get(object)!;
  const { properties } = (given as ts.VariableDeclaration).initializer as ts.ObjectLiteralExpression;
  const body = bodyOf(properties.find((property) => property.name?.getText() === member)!);
  const used = statementsUsedBy(body, source);
  return [...used.map((statement) => statement.getText()), dedent(body.map((node) => textOf(node, source)).join('\n'))].join('\n\n');
}

/** The first sentence of the doc comments of what a module declares, by its name. */
export function docComments(source: ts.SourceFile): Map<string, string> {
  return new Map([...declarations(source)].map(([name, declaration]) => [name, docComment(declaration)]));
}

export function docComment(node: ts.Node): string {
  return ts.getJSDocCommentsAndTags(node).map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').join(' ').replace(/\s+/g, ' ').trim();
}

/** The names in a piece of source. */
export function namesIn(node: ts.Node): Set<string> {
  const names = new Set<string>();
  const visit = (each: ts.Node) => {
    if (ts.isIdentifier(each)) {
      names.add(each.text);
    }
    each.forEachChild(visit);
  };
  visit(node);
  return names;
}

function bodyOf(member: ts.ObjectLiteralElementLike): readonly ts.Node[] {
  const code = ts.isPropertyAssignment(member) ? member.initializer : member;
  const body = ts.isFunctionLike(code) ? (code as ts.FunctionLikeDeclaration).body! : code;
  return ts.isBlock(body) ? body.statements : [body];
}

function textOf(node: ts.Node, source: ts.SourceFile): string {
  const start = source.text.lastIndexOf('\n', node.getStart()) + 1;
  const indentation = source.text.slice(start, node.getStart());
  return `${/^\s*$/.test(indentation) ? indentation : ''}${node.getText()}${ts.isStatement(node) ? '' : ';'}`;
}

/** What a module declares of the names in a piece of it, and what these use in turn, as it is written. */
function statementsUsedBy(nodes: readonly ts.Node[], source: ts.SourceFile): ts.Statement[] {
  const declared = declarations(source);
  const used = new Set<ts.Statement>();
  const use = (node: ts.Node) => [...namesIn(node)].map((name) => statementOf(declared.get(name))).forEach((statement) => {
    if (statement !== undefined && !used.has(statement)) {
      used.add(statement);
      use(statement);
    }
  });
  nodes.forEach(use);
  return source.statements.filter((statement) => used.has(statement));
}

function statementOf(declaration: ts.Node | undefined): ts.Statement | undefined {
  return declaration === undefined || ts.isSourceFile(declaration.parent) ? declaration as ts.Statement | undefined : statementOf(declaration.parent);
}

/** What stands at the top of a module, by name. */
function declarations(source: ts.SourceFile): Map<string, ts.Declaration> {
  return new Map(source.statements.flatMap((statement): ts.NamedDeclaration[] => {
    if (ts.isVariableStatement(statement)) {
      return [...statement.declarationList.declarations];
    }
    return ts.isFunctionDeclaration(statement) || ts.isEnumDeclaration(statement) || ts.isClassDeclaration(statement) ? [statement] : [];
  }).map((declaration) => [declaration.name!.getText(), declaration]));
}

function dedent(code: string): string {
  const lines = code.split('\n');
  const indentation = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indentation)).join('\n');
}
