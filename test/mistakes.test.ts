import { Annotations } from 'aws-cdk-lib';
import { CODES, EVERY_CODE, EVERY_MISTAKE, reports, THROWN, WARNED } from './every-mistake';
import { EVERY_RULE } from './every-rule';
import { type DocumentMistake, type Mistake, TOKENS } from './mistake';
import { newStack, templateOf, warningsOf } from './synthesis';
import { checkDocument } from '../lib/private/documents';

const RULE_WARNINGS = EVERY_RULE.filter((rule) => rule.evidence !== 'documented').map((rule) => rule.code);

/** What the parts of a message look like: words in lower case but for names, no full stop, and a remedy. */
const TEXT = '(?:[a-z]|AppFlow |CloudFormation |Parquet |Salesforce |S3 |AWS PrivateLink ).+; .*[^.]';

test('every code of the library has its mistake, and every mistake its code', () => {
  expect(CODES).toEqual([...new Set(EVERY_CODE)].sort());
});

test('no two rules share a code', () => {
  expect(EVERY_CODE.filter((code, index) => EVERY_CODE.indexOf(code) !== index)).toEqual([]);
});

test.each(EVERY_RULE.map(({ code, source }) => [code, source]))('the rule %s says where the fact is from', (_code, source) => {
  expect(source).toMatch(/\S/);
});

test.each(EVERY_MISTAKE)('%s says where the fact is from, unless its rule does', (code, mistake) => {
  const isRule = EVERY_RULE.some((rule) => rule.code === code);
  expect('source' in mistake).toBe(!isRule);
});

describe.each(EVERY_MISTAKE.filter((entry): entry is readonly [string, Mistake] => !('kind' in entry[1])))('%s', (code, mistake) => {
  const id = `appflow-constructs:${code}`;
  const isWarning = [...RULE_WARNINGS, ...WARNED].includes(code);

  test('is reported, and nothing else is', () => {
    const messages = reports(mistake.wrong);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchSnapshot();
    expect(messages[0]).toMatch(isWarning
      ? new RegExp(`^\\[Warning at /Stack(?:/[\\w/]+)?\\] ${TEXT} \\[ack: ${id}\\]$`)
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

describe.each(EVERY_MISTAKE.filter((entry): entry is readonly [string, DocumentMistake] => 'kind' in entry[1]))('%s', (code, mistake) => {
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
