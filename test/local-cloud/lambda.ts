import { ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Identities } from './iam';
import { S3Object } from './s3';
import { ServiceError } from './service';
import { extractZip } from './zip';

export interface FunctionConfiguration {
  /** The source of an inline function, or what was uploaded for it. */
  readonly source: { readonly inline: string } | S3Object;
  readonly arn: string;
  readonly name: string;
  readonly runtime: string;
  readonly handler: string;
  readonly roleArn: string;
  readonly timeoutSeconds: number;
  readonly memorySize: number;
  readonly environment: Record<string, string>;
  /** The least level of what the function writes that is kept, where its log is in JSON. */
  readonly logLevel?: string;
}

/** How one invocation of a function ended. */
export type InvocationResult = { readonly result: unknown } | { readonly error: InvocationError };

export interface InvocationError {
  readonly name: string;
  readonly message: string;
  /** The lines of the error's stack. */
  readonly trace?: readonly string[];
}

/** Runs the code of one function. */
export interface FunctionRunner {
  invoke(event: unknown, timeoutSeconds: number): Promise<InvocationResult>;
  dispose(): void;
}

/** Makes the runner of a function, whose calls to the services are those of the access key. */
export type MakeRunner = (configuration: FunctionConfiguration, accessKeyId: string) => FunctionRunner;

export interface LambdaOptions {
  readonly region: string;
  readonly identities: Identities;
  readonly endpoint: () => string;
  /** The Node.js binary that runs the functions. */
  readonly nodePath: string;
  /** @default - the code runs in a child process */
  readonly runner?: MakeRunner;
}

/** The line of a function's log. */
export interface LogLine {
  readonly functionName: string;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/**
 * Runs the deployed code of Lambda functions in child processes: a process serves the invocations of one function one after
 * another and is replaced when the function's code or configuration changes, when it times out, or when it ends by itself.
 */
export class Lambda {
  /** Everything that functions have written, in order. */
  readonly logs: LogLine[] = [];
  /**
   * How often an asynchronous invocation that ended in an error is tried again: twice, says
   * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html (there after one and two minutes, here at once).
   */
  maximumRetryAttempts = 2;
  /** Cuts the time of every function short, for tests in which a function runs out of it. */
  maximumTimeoutSeconds = 900;
  private readonly functions = new Map<string, { readonly configuration: FunctionConfiguration; readonly runner: FunctionRunner }>();
  private stopped = false;

  constructor(private readonly options: LambdaOptions) {}

  get functionNames(): string[] {
    return [...this.functions.values()].map(({ configuration }) => configuration.name);
  }

  deploy(configuration: FunctionConfiguration): void {
    if (!/^nodejs\d+\.x$/.test(configuration.runtime)) {
      throw new ServiceError('NotSupported', `the local cloud does not run the Lambda runtime ${configuration.runtime}`);
    }
    if (!this.options.identities.hasRole(configuration.roleArn)) {
      throw new ServiceError('InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.');
    }
    this.remove(configuration.arn);
    const accessKeyId = this.options.identities.issueKey(configuration.roleArn);
    const runner = this.options.runner?.(configuration, accessKeyId)
      ?? new ChildProcessRunner(configuration, accessKeyId, this.options, (line) => this.logs.push(line));
    this.functions.set(configuration.arn, { configuration, runner });
  }

  remove(arn: string): void {
    this.functions.get(arn)?.runner.dispose();
    this.functions.delete(arn);
  }

  configurationOf(arn: string): FunctionConfiguration | undefined {
    return this.functions.get(arn)?.configuration;
  }

  /** Invokes a function once and waits for the end of that invocation. */
  async invoke(arn: string, event: unknown): Promise<InvocationResult> {
    const deployed = this.functions.get(arn);
    if (!deployed) {
      throw new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
    }
    return deployed.runner.invoke(event, Math.min(this.maximumTimeoutSeconds, deployed.configuration.timeoutSeconds));
  }

  /** Invokes a function as an event, with the retries of asynchronous invocations; resolves when no attempt is left. */
  async invokeAsync(arn: string, event: unknown): Promise<void> {
    for (let attempt = 0; attempt <= this.maximumRetryAttempts && this.functions.has(arn) && !this.stopped; attempt += 1) {
      if ('result' in await this.invoke(arn, event)) {
        return;
      }
    }
  }

  stop(): void {
    this.stopped = true;
    for (const arn of [...this.functions.keys()]) {
      this.remove(arn);
    }
  }
}

interface Invocation {
  readonly id: string;
  readonly resolve: (result: InvocationResult) => void;
  readonly timer: NodeJS.Timeout;
}

class ChildProcessRunner implements FunctionRunner {
  private readonly directory = mkdtempSync(join(tmpdir(), 'local-cloud-lambda-'));
  private child?: ChildProcess;
  private running?: Invocation;
  private queue: Promise<unknown> = Promise.resolve();
  private disposed = false;

  constructor(
    private readonly configuration: FunctionConfiguration,
    private readonly accessKeyId: string,
    private readonly options: LambdaOptions,
    private readonly log: (line: LogLine) => void,
  ) {
    // The task root is a copy outside of any project, so that a handler finds no module that its bundle lacks.
    const { source } = configuration;
    if ('inline' in source) {
      writeFileSync(join(this.directory, 'index.js'), source.inline);
    } else if ('directory' in source) {
      cpSync(source.directory, this.directory, { recursive: true });
    } else {
      extractZip(source.bytes, this.directory);
    }
  }

  async invoke(event: unknown, timeoutSeconds: number): Promise<InvocationResult> {
    const turn = this.queue.then(async () => this.run(event, timeoutSeconds));
    this.queue = turn;
    return turn;
  }

  dispose(): void {
    this.disposed = true;
    this.child?.kill('SIGKILL');
    this.settle({ error: { name: 'Runtime.Stopped', message: 'the function was removed' } });
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async run(event: unknown, timeoutSeconds: number): Promise<InvocationResult> {
    if (this.disposed) {
      return { error: { name: 'Runtime.Stopped', message: 'the function was removed' } };
    }
    const child = this.child ??= this.start();
    const id = randomUUID();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.log({ functionName: this.configuration.name, stream: 'stderr', text: `${id} Task timed out after ${timeoutSeconds}.00 seconds` });
        this.child = undefined;
        child.kill('SIGKILL');
        this.settle({ error: { name: 'Sandbox.Timedout', message: `Task timed out after ${timeoutSeconds}.00 seconds` } });
      }, timeoutSeconds * 1000);
      this.running = { id, resolve, timer };
      child.send({ id, event, deadline: Date.now() + timeoutSeconds * 1000 });
    });
  }

  private start(): ChildProcess {
    const { name, arn, handler, memorySize, environment, logLevel } = this.configuration;
    // The environment that https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html lists, and nothing of the parent's.
    const child = spawn(this.options.nodePath, [join(__dirname, 'lambda-bootstrap.mjs')], {
      cwd: this.directory,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...environment,
        PATH: process.env.PATH,
        TZ: ':UTC',
        LAMBDA_TASK_ROOT: this.directory,
        _HANDLER: handler,
        AWS_EXECUTION_ENV: `AWS_Lambda_${this.configuration.runtime}`,
        AWS_REGION: this.options.region,
        AWS_DEFAULT_REGION: this.options.region,
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
        AWS_LAMBDA_LOG_STREAM_NAME: 'local',
        ...logLevel !== undefined ? { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: logLevel } : {},
        AWS_ACCESS_KEY_ID: this.accessKeyId,
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_SESSION_TOKEN: 'local',
        AWS_ENDPOINT_URL: this.options.endpoint(),
        LOCAL_CLOUD_FUNCTION_ARN: arn,
      },
    });
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream]!.setEncoding('utf8').on('data', (text: string) => this.log({ functionName: name, stream, text }));
    }
    child.on('message', (message: { id: string } & InvocationResult) => {
      if (message.id === this.running?.id) {
        this.settle('error' in message ? { error: message.error } : { result: message.result });
      }
    });
    const ended = (reason: unknown) => {
      if (this.child === child) {
        this.child = undefined;
        this.settle({ error: { name: 'Runtime.ExitError', message: `the process of the function ended: ${reason}` } });
      }
    };
    child.on('error', (error) => ended(error.message));
    child.on('close', (code, signal) => ended(signal ?? `exit status ${code}`));
    return child;
  }

  private settle(result: InvocationResult): void {
    const running = this.running;
    this.running = undefined;
    if (running) {
      clearTimeout(running.timer);
      running.resolve(result);
    }
  }
}
