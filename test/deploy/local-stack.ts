import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { Flow } from '../local-cloud/appflow/flow';
import { LocalCloud, type LocalCloudOptions, type StackDescription, StackFailure } from '../local-cloud/local-cloud';

const NAME = 'Stack';
/** Short, so that calls without an answer are given up soon. */
const FUNCTION_TIMEOUT_SECONDS = 8;

export type Definition = (stack: Stack) => void;

/** A stack that a test deploys to a local cloud of its own, again and again. */
export class LocalStack {
  public static async start(options: LocalCloudOptions = {}): Promise<LocalStack> {
    return new LocalStack(await LocalCloud.start(options));
  }

  /** Synthesizes what `define` puts into the stack into a directory, for any number of deployments, and returns the directory. */
  public static synthesize(define: Definition, outdir: string): string {
    const app = new App({ outdir, treeMetadata: false });
    const stack = new Stack(app, NAME);
    define(stack);
    for (const child of stack.node.findAll()) {
      if (CfnFunction.isCfnFunction(child)) {
        child.timeout = FUNCTION_TIMEOUT_SECONDS;
      }
    }
    app.synth();
    return outdir;
  }

  private readonly directory = mkdtempSync(join(tmpdir(), 'local-stack-'));
  private revision = 0;

  private constructor(public readonly cloud: LocalCloud) {}

  /** Deploys what `define` puts into the stack, or what `synthesize` has made of that. Rejects with a `StackFailure` if the deployment fails. */
  public async deploy(define: Definition | string): Promise<StackDescription> {
    const cdkOutDirectory = typeof define === 'string' ? define : LocalStack.synthesize(define, join(this.directory, String(this.revision++)));
    return this.cloud.deploy({ stackName: NAME, cdkOutDirectory });
  }

  /** As `deploy`, for a deployment that may fail: returns the failure, if any. */
  public async tryDeploy(define: Definition | string): Promise<StackFailure | undefined> {
    return this.failure(this.deploy(define));
  }

  public async destroy(): Promise<void> {
    await this.cloud.destroy(NAME);
  }

  public async tryDestroy(): Promise<StackFailure | undefined> {
    return this.failure(this.cloud.destroy(NAME));
  }

  public flow(name: string): Flow | undefined {
    return this.cloud.appflow.flows.get(name);
  }

  /** The operations that were called on AppFlow since the last look, in order, by CloudFormation and by the handler. */
  public newCalls(): string[] {
    const operations = this.cloud.calls.all.filter(({ service }) => service === 'appflow').map(({ operation }) => operation ?? 'unknown');
    this.cloud.calls.clear();
    return operations;
  }

  public async stop(): Promise<void> {
    await this.cloud.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async failure(work: Promise<unknown>): Promise<StackFailure | undefined> {
    try {
      await work;
      return undefined;
    } catch (error) {
      if (error instanceof StackFailure) {
        return error;
      }
      throw error;
    }
  }
}
