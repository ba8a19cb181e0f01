import { readdirSync, readFileSync } from 'fs';
import * as path from 'path';
import { Annotations, type Stack } from 'aws-cdk-lib';
import { EVERY_RULE } from './every-rule';
import { type DocumentMistake, type Mistake, TOKENS } from './mistake';
import { errorsOf, newStack, templateOf, warningsOf } from './synthesis';
import { checkDocument } from '../lib/private/documents';

const RULE_WARNINGS = EVERY_RULE.filter((rule) => rule.evidence !== 'documented').map((rule) => rule.code);
const THROWN = codesInSource(/new AppFlowError\('([^']+)'/g);
const WARNED = codesInSource(/\bwarn\(\w+, '([^']+)'/g);

const MISTAKES = path.join(__dirname, 'mistakes');
const CODES = readdirSync(MISTAKES).map((file) => path.basename(file, '.ts'));

/** What the parts of a message look like: words in lower case but for names, no full stop, and a remedy. */
const TEXT = '(?:[a-z]|AppFlow |CloudFormation |Parquet |Salesforce |S3 |AWS PrivateLink ).+; .*[^.]';

test('every code of the library has its mistake, and every mistake its code', () => {
  const codes = new Set([...EVERY_RULE.map((rule) => rule.code), ...THROWN, ...WARNED]);
  expect([...CODES].sort()).toEqual([...codes].sort());
});

test('no two rules share a code', () => {
  const codes = [...EVERY_RULE.map((rule) => rule.code), ...THROWN, ...WARNED];
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

// By their paths, so that no list of files has to be kept; nothing is mocked.
const MISTAKES_BY_CODE = CODES.map((code) =>
  [code, jest.requireActual<{ mistake: Mistake | DocumentMistake }>(path.join(MISTAKES, code)).mistake] as const);

describe.each(MISTAKES_BY_CODE.filter((entry): entry is [string, Mistake] => !('kind' in entry[1])))('%s', (code, mistake) => {
  const id = `appflow-constructs:${code}`;
  const isWarning = [...RULE_WARNINGS, ...WARNED].includes(code);

  test('is reported, and nothing else is', () => {
    const messages = reports(mistake.wrong);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchSnapshot();
    expect(messages[0]).toMatch(isWarning
      ? new RegExp(`^\\[Warning at /Stack/[\\w/]+\\] ${TEXT} \\[ack: ${id}\\]$`)
      : new RegExp(`^${THROWN.includes(code) ? '' : '\\[Stack/[\\w/]+\\] '}${TEXT} \\(${id}(?: at Stack/[\\w/]+)?\\)$`));
  });

  test(isWarning ? 'can be acknowledged' : 'stops the synthesis', () => {
    const stack = newStack();
    const synthesis = () => {
      mistake.wrong(stack);
      Annotations.of(stack).acknowledgeWarning(id);
      return templateOf(stack);
    };
    if (isWarning) {
      expect(synthesis).not.toThrow();
      expect(warningsOf(stack)).toEqual([]);
    } else {
      expect(synthesis).toThrow(reports(mistake.wrong)[0]);
    }
  });

  test('is gone when put right', () => {
    expect(reports(mistake.right)).toEqual([]);
  });

  test.each(TOKENS)('is not suspected in $kind', ({ of }) => {
    expect(reports((stack) => mistake.withTokens(stack, of(stack)))).toEqual([]);
  });
});

describe.each(MISTAKES_BY_CODE.filter((entry): entry is [string, DocumentMistake] => 'kind' in entry[1]))('%s', (code, mistake) => {
  test('is reported in a document, and nothing else is', () => {
    const findings = checkDocument(mistake.wrong)!;
    expect(findings).toEqual([expect.objectContaining({
      code: `appflow-constructs:${code}`,
      severity: RULE_WARNINGS.includes(code) ? 'warning' : 'error',
      message: expect.stringMatching(new RegExp(`^${TEXT}$`)),
    })]);
    expect(`${findings[0].severity} at ${findings[0].resource} ${findings[0].path}: ${findings[0].message}`).toMatchSnapshot();
  });

  test('is gone when put right', () => {
    expect(checkDocument(mistake.right)).toEqual([]);
  });

  test('is not suspected in intrinsic functions', () => {
    expect(checkDocument(mistake.withTokens)).toEqual([]);
  });
});

/** What users see of a piece of code: the error that it throws, or what is reported, and thrown on synthesis. */
function reports(code: (stack: Stack) => void): string[] {
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
