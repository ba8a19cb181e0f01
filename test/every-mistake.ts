import { readdirSync, readFileSync } from 'fs';
import { createRequire } from 'module';
import * as path from 'path';
import type { Stack } from 'aws-cdk-lib';
import { EVERY_RULE } from './every-rule';
import type { DocumentMistake, Mistake } from './mistake';
import { errorsOf, newStack, templateOf, warningsOf } from './synthesis';

export const MISTAKES = path.join(__dirname, 'mistakes');

/** The codes that constructs throw, report and warn with where there is no plan that a rule could look at. */
export const THROWN = codesInSource(/new AppFlowError\('([^']+)'/g);
export const VALIDATED = codesInSource(/\bvalidationError\('([^']+)'/g);
export const WARNED = codesInSource(/\bwarn\(\w+, '([^']+)'/g);

/** The codes of the library, each as often as it is used. */
export const EVERY_CODE = [...EVERY_RULE.map((rule) => rule.code), ...THROWN, ...VALIDATED, ...WARNED];

/** The codes that have a mistake. */
export const CODES = readdirSync(MISTAKES).map((file) => path.basename(file, '.ts')).sort();

const load = createRequire(__filename);

/** The mistakes by their codes. They are loaded by their paths, so that no list of files has to be kept. */
export const EVERY_MISTAKE: readonly (readonly [string, Mistake | DocumentMistake])[] =
  CODES.map((code) => [code, load(path.join(MISTAKES, code)).mistake as Mistake | DocumentMistake] as const);

/** What users see of a piece of code: the error that it throws, or what is reported, and thrown on synthesis. */
export function reports(code: (stack: Stack) => void): string[] {
  const stack = newStack();
  try {
    code(stack);
  } catch (error) {
    return [(error as Error).message];
  }
  const errors = errorsOf(stack);
  if (errors.length === 0) {
    templateOf(stack);
  }
  return [...errors, ...warningsOf(stack)];
}

function codesInSource(pattern: RegExp): string[] {
  const lib = path.join(__dirname, '..', 'lib');
  const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.includes('handlers'));
  return files.flatMap((file) => [...readFileSync(path.join(lib, file), 'utf8').matchAll(pattern)].map(([, code]) => code));
}
