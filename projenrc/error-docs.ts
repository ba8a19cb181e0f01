import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { defaultRemedy, handlerErrors, remediesByAnswer } from './handler-errors';
import { lineDiff } from './line-diff';
import { anchor, escaped, table } from './markdown';
import { docComments, exampleIn, namesIn, parse } from './source';
import { CONNECTOR_TYPES, connectorRecord } from '../lib/private/connector-records';
import { checkDocument } from '../lib/private/documents';
import { fullCode, NAMESPACE } from '../lib/private/errors';
import { CONNECTOR_RULES } from '../lib/private/rules/connector';
import { CONNECTOR_PROFILE_RULES } from '../lib/private/rules/connector-profile';
import { END_RULES } from '../lib/private/rules/ends';
import { FLOW_RULES } from '../lib/private/rules/flow';
import type { Rule } from '../lib/private/rules/rule';
import { SCHEDULE_RULES } from '../lib/private/rules/schedule';
import { TAG_RULES } from '../lib/private/rules/tags';
import { TASK_RULES } from '../lib/private/rules/tasks';
import { EVERY_CODE, EVERY_MISTAKE, MISTAKES, reports, THROWN, VALIDATED, WARNED } from '../test/every-mistake';
import type { DocumentMistake, Mistake } from '../test/mistake';
import '../test/environment';

/**
 * Writes what the library reports down for people: docs/errors.md. Everything is from the rules, the messages and the tests of mistakes.
 */
const ROOT = resolve(__dirname, '..');
const DOCS = 'docs/errors.md';
const CONNECTORS = 'connectors.md';
const SAMPLES = 'test/samples.ts';

type AnyRule = Rule<never>;

/** The codes by what they are about. */
const SUBJECTS: Readonly<Record<string, { readonly about: string; readonly rules?: readonly AnyRule[]; readonly codes?: readonly string[] }>> = {
  'Flows': { about: 'A flow by itself.', rules: FLOW_RULES },
  'Schedules': { about: 'When a flow runs, and what a run reads.', rules: SCHEDULE_RULES },
  'Sources and destinations': { about: 'Where a flow reads and writes, each by itself and together.', rules: END_RULES },
  'Tasks': { about: 'What a flow maps, filters and changes.', rules: TASK_RULES },
  'Connector profiles': { about: 'How AppFlow signs in.', rules: CONNECTOR_PROFILE_RULES },
  'Custom connectors': { about: 'Connectors that are registered from an AWS Lambda function.', rules: CONNECTOR_RULES },
  'Tags': { about: 'Tags of flows, connector profiles and connectors.', rules: TAG_RULES },
  'Single connectors': {
    about: 'What AppFlow asks of one connector alone.',
    rules: CONNECTOR_TYPES.map((type) => connectorRecord(type)!).flatMap(({ rules = [], profileRules = [] }) => [...rules, ...profileRules]),
  },
  'Constructs': {
    about: 'How the constructs and the plugin are used, of which no template tells. The command reports none of these.',
    codes: [...THROWN, ...VALIDATED, ...WARNED],
  },
};

/** The severity of a rule about facts of which some are documented, and others are not. */
const EITHER = 'error or warning';

/** A code, with all that is to be said of it. */
interface Entry {
  readonly code: string;
  readonly severity: string;
  /** Whether the example is one. */
  readonly isWarning: boolean;
  readonly what: string;
  readonly remedy: string;
  readonly source: string;
  /** What the user reads. */
  readonly message: string;
  /** From the mistake to what is right. */
  readonly example: string;
}

/** The whole of docs/errors.md. */
export function errorDocs(): string {
  const subjects = Object.entries(SUBJECTS).map(([title, { about, rules = [], codes = [] }]) => ({
    title,
    about,
    entries: [...rules.map((rule) => entry(rule.code, rule)), ...codes.map((code) => entry(code))].sort(byCode),
  }));
  const known = subjects.flatMap(({ entries }) => entries.map(({ code }) => code));
  const left = EVERY_CODE.filter((code) => !known.includes(code));
  if (left.length > 0) {
    throw new Error(`no subject has the rules ${left.join(', ')}`);
  }
  return `# Errors and warnings

What the library reports, by its codes. This page is written by \`npm run docs:errors\`, from the rules, and from the tests of mistakes: the messages below are what
the library really says of the examples.

- [How to read a message](#how-to-read-a-message)
- [What is an error, and what a warning](#what-is-an-error-and-what-a-warning)
- [How to acknowledge a warning](#how-to-acknowledge-a-warning)
- [All codes](#all-codes)
- [Examples](#examples)
${[...subjects.map(({ title }) => title), 'Errors of a deployment'].map((title) => `- [${title}](#${anchor(title)})`).join('\n')}

## How to read a message

\`\`\`text
${entryOf('schedule-rate-too-high', subjects).message}
\`\`\`

It says where (the path of the construct), what is wrong, what was given (\`got\`), what is allowed, what to do (after the semicolon), and the code. A warning has
\`[ack: …]\` around its code. All that is wrong in an app is reported together. Only the errors under [Constructs](#constructs) are thrown at once.

The command says of a template, or of a request, where in it the mistake is:

\`\`\`text
${entryOf('trigger-type-unknown', subjects).message}
\`\`\`

Codes stay as they are from one release to the next. The words of a message may change.

## What is an error, and what a warning

An error is what AppFlow is documented to refuse, or has refused on record. It stops the synthesis, and the command exits with 1. A warning is what is inferred, or
was seen to be taken to no avail. What is unknown is left to AppFlow, and nothing is said of a value that is known only at deploy time.

## How to acknowledge a warning

Give its code at the construct, or at a scope around it, and say why:

\`\`\`ts
Annotations.of(flow).acknowledgeWarning('${fullCode('schedule-start-in-past')}', 'the start only sets the minute');
\`\`\`

What \`AppFlowValidationPlugin\` reports is acknowledged with its name in front of the short code, as CDK's report says it. That holds for errors, too, where you know better:

\`\`\`ts
Validations.of(flow).acknowledge({ id: '${NAMESPACE}::schedule-rate-too-high', reason: 'agreed with AWS Support' });
\`\`\`

\`new AppFlowValidationPlugin({ suppress: ['schedule-rate-spelling'] })\` leaves a rule out for the whole app. \`AppFlowCheck.stack\` leaves out what is acknowledged. The
command leaves out nothing.

## All codes

The full code of each has \`${fullCode('')}\` in front.

${subjects.map(index).join('\n')}
## Examples

Lines with \`-\` are the mistake, lines with \`+\` put it right. \`stack\` is the stack that all is defined in. What the examples share is in
[${SAMPLES}](../${SAMPLES}):

${samples()}

${subjects.map(({ title, about, entries }) => `## ${title}\n\n${about}\n\n${entries.map(section).join('\n')}`).join('\n')}
${deployment()}`;
}

function byCode(one: Entry, other: Entry): number {
  return one.code < other.code ? -1 : 1;
}

function index({ title, entries }: { title: string; entries: readonly Entry[] }): string {
  const rows = entries.map(({ code, severity, what }) => [`[${code}](#${code})`, severity, what]);
  return `[${title}](#${anchor(title)})\n\n${table(['Code', 'Severity', 'What is wrong, in the example'], rows)}`;
}

function section({ code, severity, isWarning, what, remedy, source, message, example }: Entry): string {
  const facts = table(['', ''], [
    ['Code', `\`${fullCode(code)}\``],
    ['Severity', severity === EITHER ? `error where the fact is documented, else warning; here ${isWarning ? 'a warning' : 'an error'}` : severity],
    ['Cause', escaped(what)],
    ['Remedy', escaped(remedy)],
    ['Source', source],
  ]);
  return `### ${code}\n\n${facts}\n\`\`\`text\n${message}\n\`\`\`\n\n\`\`\`diff\n${example}\n\`\`\`\n`;
}

function entry(code: string, rule?: AnyRule): Entry {
  const mistake = EVERY_MISTAKE.find(([name]) => name === code)?.[1];
  if (mistake === undefined) {
    throw new Error(`${code} has no test/mistakes/${code}.ts`);
  }
  const { message, isWarning, text } = 'kind' in mistake ? saidOfDocument(mistake) : saidOfConstructs(mistake);
  const [, what, remedy] = /^(.*?)(?:: (?:got|allowed) .*)?; (?:.*; )?(.*)$/s.exec(text)!;
  const stated = rule?.source ?? (mistake as Mistake).source!;
  return {
    code,
    what,
    // A statement of a policy is in the message.
    remedy: remedy.replace(/: \{.*\}$/, ''),
    message,
    severity: varies(rule) ? EITHER : isWarning ? 'warning' : 'error',
    isWarning,
    source: linked(stated) + (varies(rule) ? `; what is known of each connector stands in [Connectors](${CONNECTORS})` : ''),
    example: 'kind' in mistake ? lineDiff(documentText(mistake.wrong), documentText(mistake.right)) : lineDiff(...codeOf(code)),
  };
}

/** Whether the facts that a rule is about differ in how sure they are: its findings say so then, and where they are from. */
function varies(rule: AnyRule | undefined): boolean {
  return rule !== undefined && /\bevidence\s*[:,}]/.test(String(rule.broken));
}

function saidOfConstructs({ wrong }: Mistake) {
  const [message] = reports(wrong);
  const [, text] = /^(?:\[[^\]]*\] )?(.*) (?:\[ack: [^\]]*\]|\([^()]*\))$/s.exec(message)!;
  return { message, text, isWarning: message.startsWith('[Warning ') };
}

function saidOfDocument({ wrong }: DocumentMistake) {
  const [{ severity, code, resource, path, message }] = checkDocument(wrong)!;
  return { message: `${severity} ${code}\n  ${resource} ${path}\n  ${message}`, text: message, isWarning: severity === 'warning' };
}

function codeOf(code: string): [string, string] {
  const source = parse(join(MISTAKES, `${code}.ts`));
  return [exampleIn(source, 'mistake', 'wrong'), exampleIn(source, 'mistake', 'right')];
}

function documentText(document: object): string {
  return stringify(document, { lineWidth: 0 }).trimEnd();
}

/** What the examples use without making it. */
function samples(): string {
  const used = new Set(EVERY_MISTAKE.flatMap(([code]) => [...namesIn(parse(join(MISTAKES, `${code}.ts`)))]));
  return [...docComments(parse(join(ROOT, SAMPLES)))].filter(([name, comment]) => used.has(name) && comment !== '')
    .map(([name, comment]) => `- \`${name}\`: ${comment}`).join('\n');
}

function deployment(): string {
  const rows = handlerErrors().map(({ code, meaning, remedies, isByAnswer }) => [
    `\`${fullCode(code)}\``,
    escaped(meaning),
    [...remedies.map(escaped), ...isByAnswer ? ['see what AppFlow [answered](#what-appflow-answers)'] : []].join('; or ')
      || 'report it to the authors of the library, with the log of the function',
  ]);
  const answers = [...remediesByAnswer()].map(([answer, remedies]) => [`\`${answer}\``, remedies.map(escaped).join('; or ')]);
  return `## Errors of a deployment

The custom resources of the library end with these. They are in the events of the stack in CloudFormation, which say what was wrong, with AppFlow's own
answer where there is one.

${table(['Code', 'What it means', 'What to do'], rows)}
### What AppFlow answers

${table(['Answer', 'What to do'], [...answers, ['any other', escaped(defaultRemedy())]])}`;
}

function entryOf(code: string, subjects: readonly { entries: readonly Entry[] }[]): Entry {
  return subjects.flatMap(({ entries }) => entries).find((each) => each.code === code)!;
}

/** A source with its pages as links. What follows an address may name another page beside it. */
function linked(source: string): string {
  let base: string | undefined;
  return source.split(/(https:\/\/[^\s,;)]+|\b\w+\.html\b)/).map((part, position) => {
    if (position % 2 === 0) {
      return escaped(part);
    }
    base = new URL(part, base).href;
    return `[${pageName(base)}](${base})`;
  }).join('');
}

/** A page by the last part of its address. */
function pageName(url: string): string {
  return new URL(url).pathname.split('/').filter((part) => part !== '').at(-1)!.replace(/\.html$/, '');
}

if (require.main === module) {
  mkdirSync(dirname(join(ROOT, DOCS)), { recursive: true });
  writeFileSync(join(ROOT, DOCS), errorDocs());
}
