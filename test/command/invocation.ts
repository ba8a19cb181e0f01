import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { run } from '../../lib/command/command';

/** The script that users run. */
export const COMMAND = resolve(__dirname, '../../bin/appflow-constructs');

/** How a process of the command has ended. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A directory in which the command is run, with files for it. */
export class Folder {
  public readonly path = mkdtempSync(join(tmpdir(), 'appflow-constructs-command-'));

  /** Writes a file: text and bytes as they are, the rest as JSON. */
  public write(name: string, content: unknown): string {
    const file = join(this.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content, undefined, 2));
    return name;
  }

  /** Runs the command as users do. */
  public run(args: readonly string[], input: string | Buffer = ''): Outcome {
    return this.runOther(COMMAND, args, input);
  }

  /** Runs another script in the same way. */
  public runOther(script: string, args: readonly string[], input: string | Buffer = ''): Outcome {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: this.path, input, encoding: 'utf8', maxBuffer: 2 ** 26 });
    return { status, stdout, stderr };
  }

  /** What the command finds: severity, resource and path of each finding, by file. */
  public check(args: readonly string[], input?: string | Buffer): Record<string, string[]> {
    const found: Record<string, string[]> = {};
    for (const { file, severity, code, resource, path } of JSON.parse(this.run(['check', '--format', 'json', ...args], input).stdout).findings) {
      found[file] = [...found[file] ?? [], `${severity} ${code.replace('appflow-constructs:', '')} ${resource} ${path}`];
    }
    return found;
  }

  public remove() {
    rmSync(this.path, { recursive: true });
  }
}

/** Runs the command in this process, which takes a fraction of the time. */
export async function runHere(args: readonly string[], input: Uint8Array = Buffer.of(), isColoured = false): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  const status = await run(args, {
    tool: { name: 'appflow-constructs', version: '1.2.3', repository: { url: 'https://example.com' } },
    standardInput: async () => Buffer.from(input),
    print: (text) => stdout += text,
    complain: (text) => stderr += text,
    isColoured,
  });
  return { status, stdout, stderr };
}
