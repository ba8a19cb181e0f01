import { parseArgs } from 'node:util';
import { describeProblem, type Problem } from '../private/errors';
import { didYouMean } from '../private/rules/did-you-mean';
import { quote, quoteAll } from '../private/values';

export const FORMATS = ['text', 'json', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

export const STANDARD_INPUT = '-';

const COMMANDS = ['check'];
const FORMAT = 'format';
const OPTIONS = {
  [FORMAT]: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;
const SPELLINGS = [...Object.entries(OPTIONS).flatMap(([name, option]) => [`--${name}`, ...'short' in option ? [`-${option.short}`] : []]), '--'];

export const USAGE = `Usage: appflow-constructs check [--format text|json|sarif] FILE…

Checks flows and connector profiles of Amazon AppFlow before they are deployed.

Each FILE is one of
  a CloudFormation template, in JSON or YAML
  a cdk.out directory: all templates in it, also of nested stacks and stages
  what CreateFlow or CreateConnectorProfile takes, in JSON or YAML, as for
  aws appflow create-flow --cli-input-json
  - for standard input

Options
  --format FORMAT  how to print what was found: text (the default), json, or
                   sarif (version 2.1.0)
  --help, -h       print this help
  --version, -v    print the version
  --               what follows are files, also where it looks like an option

Exit status
  0  no errors; there may be warnings
  1  errors
  2  bad usage, or an input that cannot be read
`;

/** What the command is asked to do. */
export type Request = { readonly action: 'help' | 'version' } | { readonly action: 'check'; readonly format: Format; readonly files: readonly string[] };

/** Arguments that ask for nothing that the command does. */
export class BadUsage extends Error {
  constructor(problem: Problem) {
    super(describeProblem(problem));
    this.name = 'BadUsage';
  }
}

/** Reads the arguments of the command. */
export function parseArguments(given: readonly string[]): Request {
  // What is wrong with them is said in our words.
  const { tokens, positionals } = parseArgs({ args: [...given], options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  const options = tokens.filter((token) => token.kind === 'option');
  for (const { name, rawName } of options) {
    if (!Object.hasOwn(OPTIONS, name)) {
      throw new BadUsage({ what: 'there is no such option', got: quote(rawName), allowed: quoteAll(SPELLINGS), remedy: didYouMean(rawName, SPELLINGS) });
    }
  }
  const asked = options.find(({ name }) => name === 'help' || name === 'version')?.name;
  if (asked !== undefined) {
    return { action: asked as 'help' | 'version' };
  }
  const formats = options.filter(({ name }) => name === FORMAT).map(({ value }) => formatOf(value));
  return { action: 'check', format: formats.at(-1) ?? 'text', files: filesOf(positionals) };
}

function formatOf(given: string | undefined): Format {
  const format = FORMATS.find((each) => each === given);
  if (format === undefined) {
    throw new BadUsage({
      what: given === undefined ? `--${FORMAT} needs a format` : 'there is no such format',
      got: given === undefined ? 'nothing after it' : quote(given),
      allowed: quoteAll(FORMATS),
      remedy: given === undefined ? `say which, as in --${FORMAT} json` : didYouMean(given, FORMATS),
    });
  }
  return format;
}

function filesOf([command, ...files]: readonly string[]): readonly string[] {
  const example = 'appflow-constructs check cdk.out';
  if (command === undefined || !COMMANDS.includes(command)) {
    throw new BadUsage({
      what: command === undefined ? 'the command is missing' : 'there is no such command',
      got: command === undefined ? 'no arguments' : quote(command),
      allowed: quoteAll(COMMANDS),
      remedy: command === undefined || /[./\\]/.test(command) || command === STANDARD_INPUT
        ? `say what to do first, as in ${example.replace('cdk.out', command ?? 'cdk.out')}`
        : didYouMean(command, COMMANDS),
    });
  }
  if (files.length === 0) {
    throw new BadUsage({
      what: 'nothing is given to check',
      got: 'no file',
      allowed: 'templates, cdk.out directories, requests in JSON or YAML, and - for standard input',
      remedy: `name at least one, as in ${example}`,
    });
  }
  return files;
}
