import { describeProblem, type Problem } from '../private/errors';
import { didYouMean } from '../private/rules/did-you-mean';
import { quote, quoteAll } from '../private/values';

export const FORMATS = ['text', 'json', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

export const STANDARD_INPUT = '-';

const COMMANDS = ['check'];
const FORMAT = '--format';
const HELP = ['--help', '-h'];
const VERSION = ['--version', '-v'];
const END_OF_OPTIONS = '--';
const OPTIONS = [FORMAT, ...HELP, ...VERSION, END_OF_OPTIONS];

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
  const words: string[] = [];
  let format: Format = 'text';
  for (let i = 0; i < given.length; i++) {
    const [option, ...value] = given[i].split('=');
    if (given[i] === END_OF_OPTIONS) {
      words.push(...given.slice(i + 1));
      break;
    } else if (!given[i].startsWith('-') || given[i] === STANDARD_INPUT) {
      words.push(given[i]);
    } else if (option === FORMAT) {
      format = formatOf(value.length > 0 ? value.join('=') : given[++i]);
    } else if (HELP.includes(given[i])) {
      return { action: 'help' };
    } else if (VERSION.includes(given[i])) {
      return { action: 'version' };
    } else {
      const remedy = didYouMean(option, OPTIONS);
      throw new BadUsage({ what: 'there is no such option', got: quote(given[i]), allowed: quoteAll(OPTIONS), remedy });
    }
  }
  return { action: 'check', format, files: filesOf(words) };
}

function formatOf(given: string | undefined): Format {
  const format = FORMATS.find((each) => each === given);
  if (format === undefined) {
    throw new BadUsage({
      what: given === undefined ? `${FORMAT} needs a format` : 'there is no such format',
      got: given === undefined ? 'nothing after it' : quote(given),
      allowed: quoteAll(FORMATS),
      remedy: given === undefined ? `say which, as in ${FORMAT} json` : didYouMean(given, FORMATS),
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
