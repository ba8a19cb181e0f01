import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { STANDARD_INPUT } from './arguments';
import type { FileFinding, Report } from './finding';

/** The package that the command is of. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  readonly repository: { readonly url: string };
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** The page in the source of a fact, which may say more than that. */
const PAGE = /https:\/\/[^\s()<>;,]+/;

/**
 * What was found as SARIF, for what shows the findings of tools.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport({ findings, unreadable }: Report, { name, version, repository }: Tool): string {
  const rules = new Map<string, { index: number; finding: FileFinding }>();
  for (const finding of findings) {
    rules.set(finding.code, rules.get(finding.code) ?? { index: rules.size, finding });
  }
  const run = {
    tool: {
      driver: {
        name,
        version,
        informationUri: repository.url.replace(/\.git$/, ''),
        rules: [...rules.values()].map(({ finding }) => ruleOf(finding)),
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [{
      executionSuccessful: unreadable.length === 0,
      toolExecutionNotifications: unreadable.map(({ file, message }) => ({
        level: 'error',
        message: { text: message },
        locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) } } }],
      })),
    }],
    results: findings.map((finding) => resultOf(finding, rules.get(finding.code)!.index)),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

function ruleOf({ code, source }: FileFinding) {
  return {
    id: code,
    shortDescription: { text: code.slice(code.indexOf(':') + 1).replaceAll('-', ' ') },
    help: { text: source },
    helpUri: PAGE.exec(source)?.[0],
  };
}

function resultOf({ code, severity, message, source, file, position, resource, path, constructPath }: FileFinding, ruleIndex: number) {
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: message },
    locations: [{
      physicalLocation: {
        artifactLocation: { uri: uriOf(file) },
        region: position !== undefined ? { startLine: position.line, startColumn: position.column } : undefined,
      },
      logicalLocations: [{
        name: resource,
        fullyQualifiedName: [resource, path].filter((part) => part !== '').join('.'),
        decoratedName: constructPath,
        kind: 'resource',
      }],
    }],
    properties: { source },
  };
}

/** The URI of a file, relative to the working directory where the file is below that. */
function uriOf(file: string): string {
  if (file === STANDARD_INPUT) {
    return file;
  }
  const path = relative('', file);
  const isBelow = path !== '' && !isAbsolute(path) && path.split(sep)[0] !== '..';
  // Names on Windows may hold halves of characters, for which there is no encoding.
  return isBelow ? path.replace(/\p{Surrogate}/gu, '\ufffd').split(sep).map(encodeURIComponent).join('/') : pathToFileURL(resolve(file)).href;
}
