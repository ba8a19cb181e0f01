import { BadUsage, type Format, parseArguments, type Request, USAGE } from './arguments';
import { type FileFinding, located, type Report } from './finding';
import { type Input, inputsAt } from './input';
import { jsonReport } from './json-report';
import { parse } from './parsed-document';
import { sarifReport, type Tool } from './sarif-report';
import { printable, textReport } from './text-report';
import { UnreadableInput } from './unreadable';
import { checkDocument } from '../private/documents';
import { isPlainObject } from '../private/values';

/** What the command is part of, and what surrounds it. */
export interface Surroundings {
  readonly tool: Tool;
  readonly standardInput: () => Promise<Buffer>;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly isColoured: boolean;
}

/** Statuses with which the command ends. */
export const STATUS = { OK: 0, ERRORS: 1, UNUSABLE: 2 } as const;

/** A template that CDK has written has no resources where its stack has none. */
const TEMPLATE_OF_CDK = /\.template\.json$/;

/** Runs the command, and returns the status with which it ends. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { tool, print, complain } = surroundings;
  const say = (message: string) => complain(`${tool.name}: ${printable(message)}\n`);
  let request: Request;
  try {
    request = parseArguments(args);
  } catch (error) {
    if (!(error instanceof BadUsage)) {
      throw error;
    }
    say(error.message);
    complain(`Run "${tool.name} --help" for how to use it.\n`);
    return STATUS.UNUSABLE;
  }
  switch (request.action) {
    case 'help':
      print(USAGE);
      return STATUS.OK;
    case 'version':
      print(`${tool.version}\n`);
      return STATUS.OK;
    case 'check': {
      const report = await check(request.files, surroundings.standardInput);
      print(rendered(request.format, report, surroundings));
      report.unreadable.forEach(({ file, message }) => say(`${file}: ${message}`));
      return statusOf(report);
    }
  }
}

async function check(paths: readonly string[], standardInput: () => Promise<Buffer>): Promise<Report> {
  let findings: FileFinding[] = [];
  const unreadable: { file: string; message: string }[] = [];
  const orUnreadable = async (read: () => Promise<void>) => {
    try {
      await read();
    } catch (error) {
      if (!(error instanceof UnreadableInput)) {
        throw error;
      }
      unreadable.push({ file: error.file, message: error.message });
    }
  };
  for (const path of paths) {
    await orUnreadable(async () => {
      for (const input of await inputsAt(path, standardInput)) {
        await orUnreadable(async () => {
          findings = findings.concat(await findingsIn(input));
        });
      }
    });
  }
  return { findings, unreadable };
}

async function findingsIn({ file, environment, read }: Input): Promise<FileFinding[]> {
  const document = parse(file, await read());
  const findings = checkDocument(document.value, environment) ?? (TEMPLATE_OF_CDK.test(file) && isPlainObject(document.value) ? [] : undefined);
  if (findings === undefined) {
    throw new UnreadableInput(file, {
      what: 'this is nothing that can be checked',
      got: kindOf(document.value),
      allowed: 'a CloudFormation template with Resources, or a request of CreateFlow or CreateConnectorProfile',
      remedy: 'name one of these, or the cdk.out directory of an app',
    });
  }
  return findings.map((finding) => located(file, document, finding));
}

/** What a document is, without a word of what is in it: that may be a credential. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) {
    return 'nothing';
  }
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object with other members' : `a single ${typeof value}`;
}

function rendered(format: Format, report: Report, { tool, isColoured }: Surroundings): string {
  switch (format) {
    case 'json': return jsonReport(report);
    case 'sarif': return sarifReport(report, tool);
    case 'text': return textReport(report, isColoured);
  }
}

function statusOf({ findings, unreadable }: Report): number {
  if (unreadable.length > 0) {
    return STATUS.UNUSABLE;
  }
  return findings.some(({ severity }) => severity === 'error') ? STATUS.ERRORS : STATUS.OK;
}
