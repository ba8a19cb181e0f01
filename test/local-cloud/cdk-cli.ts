import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ASSET_RESOURCE_METADATA_ENABLED_CONTEXT, PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';
import { LocalCloud } from './local-cloud';

/** What the CLI tells an app that it runs, for one that it does not run. */
export const CLI_CONTEXT = { [PATH_METADATA_ENABLE_CONTEXT]: true, [ASSET_RESOURCE_METADATA_ENABLED_CONTEXT]: true };

export interface CdkResult {
  readonly status: number;
  /** What the CLI wrote; empty where its output was shown instead. */
  readonly output: string;
}

export interface CdkCliOptions {
  readonly cloud: LocalCloud;
  /** The command that runs the app, or a directory with what it has made, unless a call names another with `--app`. */
  readonly app?: string;
  /** Shows the CLI's output as it comes, instead of keeping it. @default false */
  readonly show?: boolean;
  readonly workingDirectory?: string;
  /** More for the environment of the CLI and the app. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The real CDK CLI, talking to a local cloud. What it writes, its cache included, is in a directory of its own. */
export class CdkCli {
  private readonly directory = mkdtempSync(join(tmpdir(), 'local-cloud-cdk-'));
  private child?: ChildProcess;

  constructor(private readonly options: CdkCliOptions) {}

  async deploy(stackName: string, ...more: string[]): Promise<CdkResult> {
    return this.run('deploy', stackName, '--require-approval', 'never', '--progress', 'events', ...more);
  }

  async destroy(stackName: string, ...more: string[]): Promise<CdkResult> {
    return this.run('destroy', stackName, '--force', ...more);
  }

  async diff(stackName: string, ...more: string[]): Promise<CdkResult> {
    return this.run('diff', stackName, ...more);
  }

  /** Ends a run that is under way, the app included, and removes what they have written. */
  dispose(): void {
    if (this.child?.pid !== undefined) {
      killGroup(this.child.pid);
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async run(...args: string[]): Promise<CdkResult> {
    const { cloud, app, show = false, workingDirectory, env } = this.options;
    const options = [...app !== undefined && !args.includes('--app') ? ['--app', app] : [], '--output', join(this.directory, 'cdk.out'), '--no-notices'];
    const child = this.child = spawn(process.execPath, [require.resolve('aws-cdk/bin/cdk'), ...args, ...options], {
      cwd: workingDirectory,
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that the app that the CLI runs can be ended with it.
      detached: true,
      env: {
        ...withoutProfile(process.env), ...cloud.env, CDK_HOME: this.directory, TMPDIR: this.directory, CDK_DISABLE_VERSION_CHECK: 'true', ...env,
      },
    });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => { output += text; });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => { output += text; });
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status, signal) => {
        this.child = undefined;
        resolve({ status: status ?? 1, output: signal ? `${output}\n(ended by ${signal})` : output });
      });
    });
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** A profile in the environment would win over the credentials of the local cloud. */
function withoutProfile({ AWS_PROFILE: profile, AWS_SESSION_TOKEN: token, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env;
}
