import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, STATUS } from './command';
import type { Tool } from './sarif-report';

/** Runs the command of a process. */
export async function main(): Promise<void> {
  const tool: Tool = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
  process.stdout.on('error', onOutputError);
  process.stderr.on('error', onOutputError);
  let input: Promise<Buffer> | undefined;
  try {
    process.exitCode = await run(process.argv.slice(2), {
      tool,
      standardInput: () => input ??= readStandardInput(),
      print: (text) => process.stdout.write(text),
      complain: (text) => process.stderr.write(text),
      isColoured: process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
    });
  } catch (error) {
    const { name, message } = error as Error;
    process.stderr.write(`${tool.name}: this is a bug of ${tool.name} ${tool.version}: ${name}: ${message}; report it at ${tool.repository.url}\n`);
    process.exitCode = STATUS.UNUSABLE;
  }
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Who reads the output may stop before its end, as `head` does. */
function onOutputError(error: NodeJS.ErrnoException) {
  if (error.code !== 'EPIPE') {
    throw error;
  }
}
