import type { AppflowClient } from '@aws-sdk/client-appflow';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { NormalizedSchema } from '@smithy/core/schema';
import type { Assemblies } from './assemblies';
import { type Declaration, STACK } from './declaration';
import { pass, settled } from './simulated-time';
import { type Deliveries, type Fault, failureOf, type Misfortune, ONCE, type Surroundings } from './surroundings';
import type { CustomResourceEvent } from '../../../lib/custom-resources/handlers/cloudformation';
import type * as Handlers from '../../../lib/custom-resources/handlers/index';
import type { JsonObject } from '../../local-cloud/appflow/json';
import { OPERATIONS } from '../../local-cloud/appflow/operation';
import type { World } from '../../local-cloud/appflow/world';
import type { FunctionRunner, MakeRunner } from '../../local-cloud/lambda';
import { LocalCloud } from '../../local-cloud/local-cloud';
import { ServiceError } from '../../local-cloud/service';

/** A process with the handler in it. */
interface Process {
  readonly handlers: typeof Handlers;
  readonly clients: readonly { readonly prototype: { send: unknown } }[];
}

/** The error with which the SDK rejects a call. */
type SdkError = Error & { code?: string; $metadata?: { httpStatusCode: number } };

type RetryStrategy = Extract<Awaited<ReturnType<AppflowClient['config']['retryStrategy']>>, { acquireInitialRetryToken: unknown }>;

/** As long as the handler waits for an answer. */
const SILENCE = 20_000;
const RETRIED = [408, 429, 500, 502, 503, 504];
/** How often CDK's provider framework asks whether a request is done, and for how long. */
const QUERY_INTERVAL = 30_000;
const TOTAL_TIMEOUT = 3_600_000;
/** How many calls in a row may go wrong without a request failing of it. */
const SHORT = 3;
const SECRET = 'canary-secret-access-key';

const wait = async (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

function startProcess(): Process {
  let started: Process | undefined;
  jest.isolateModules(() => {
    /* eslint-disable @typescript-eslint/no-require-imports */
    const { AppflowClient: appflow } = require('@aws-sdk/client-appflow');
    const { CloudFormationClient: cloudformation } = require('@aws-sdk/client-cloudformation');
    started = { handlers: require('../../../lib/custom-resources/handlers/index'), clients: [appflow, cloudformation] };
    /* eslint-enable @typescript-eslint/no-require-imports */
  });
  return started!;
}

/**
 * The function behind the custom resources: its own code in this process. Only what the SDK does between a call and the service is left out, except for
 * its retries; CDK's provider framework is played.
 */
export class InProcessFunction {
  /** What was answered to each request, by its id. */
  private readonly answers = new Map<string, string[]>();
  /** What the function has written. */
  private readonly log: string[] = [];
  /** The longest invocation without a fault, as a share of the time that it had. */
  longestUntroubled = 0;
  calls = 0;
  private strikes = 0;
  private polledKey?: string;
  duplicates = 0;
  private cloud!: LocalCloud;
  private faults: (Fault & { seen: number })[] = [];
  private deliveries = ONCE;
  private delivered = 0;
  private puts = 0;
  private readonly processes = [startProcess(), startProcess()];

  constructor() {
    process.env.AWS_REGION = 'eu-west-1';
    process.env.AWS_SECRET_ACCESS_KEY = SECRET;
    process.env.AWS_SESSION_TOKEN = SECRET;
    jest.spyOn(console, 'log').mockImplementation((line) => { this.log.push(String(line)); });
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => this.put(String(url), String(init?.body)));
    for (const { clients: [appflow, cloudformation] } of this.processes) {
      const call = this.call.bind(this);
      const describeStacks = this.describeStacks.bind(this);
      appflow.prototype.send = async function (this: AppflowClient, command: Command, { abortSignal }: { abortSignal: AbortSignal }) {
        return call(this, command, abortSignal);
      };
      cloudformation.prototype.send = async function (this: CloudFormationClient, { input }: Command) {
        return describeStacks(String(input.StackName));
      };
    }
  }

  /** Makes the functions of a cloud. */
  private readonly runner: MakeRunner = (configuration, accessKeyId): FunctionRunner => {
    // The framework calls the library's function, which has a key of its own.
    this.polledKey = configuration.handler === 'index.isComplete' ? accessKeyId : this.polledKey;
    return this.runnerOf(configuration, accessKeyId);
  };

  private readonly runnerOf: MakeRunner = (configuration, accessKeyId): FunctionRunner => ({
    invoke: async (event, timeoutSeconds) => {
      const request = event as CustomResourceEvent;
      const isFramework = configuration.handler.startsWith('framework.');
      process.env.AWS_ACCESS_KEY_ID = isFramework ? this.polledKey : accessKeyId;
      this.delivered += 1;
      const isTwice = !isFramework && this.deliveries.twiceEach > 0 && this.delivered % this.deliveries.twiceEach === 0;
      const { elsewhere } = this.deliveries;
      for (const index of isTwice ? [0, elsewhere ? 1 : 0] : [0]) {
        this.puts = 0;
        await (isFramework ? this.poll(request) : this.handle(this.processes[index], request, timeoutSeconds));
        if (this.puts !== 1) {
          throw new Error(`${request.RequestType} of ${request.LogicalResourceId} was answered ${this.puts} times`);
        }
        if (isTwice && elsewhere && this.hasFailed(request)) {
          // Another process would do what the first was kept from, and nobody would take it back.
          break;
        }
      }
      this.duplicates += isTwice ? 1 : 0;
      return { result: null };
    },
    dispose: () => undefined,
  });

  /** The cloud that functions of this kind run in. */
  async open(world: Partial<World>): Promise<LocalCloud> {
    this.answers.clear();
    this.log.length = 0;
    this.delivered = 0;
    return this.cloud = await LocalCloud.start({ runner: this.runner, now: () => new Date(), world });
  }

  /** Begins anew, in an account of its own. */
  async enter(assemblies: Assemblies, runTime: number): Promise<Surroundings> {
    const cloud = await this.open({ bucketPolicies: undefined, runsSettleAfter: { milliseconds: runTime } });
    const before = this.strikes;
    const strikes = () => this.strikes - before;
    return {
      cloud,
      get strikes() { return strikes(); },
      deploy: async (declaration) => failureOf(settled(cloud.deploy({ stackName: STACK, template: this.staged(assemblies, declaration) }))),
      destroy: async () => failureOf(settled(cloud.destroy(STACK))),
      suffer: (faults, deliveries) => this.suffer(faults, deliveries),
      pass,
      secretsTold: () => this.secretsTold,
      close: async () => cloud.stop(),
    };
  }

  private staged(assemblies: Assemblies, declaration: Declaration): object {
    const { account, region, s3 } = this.cloud;
    const { template } = assemblies.of(declaration);
    for (const { Properties: { Code: code } } of Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function')) {
      // The function is looked for there, and not run from there.
      s3.putObject(code.S3Bucket['Fn::Sub'].replace('${AWS::AccountId}', account).replace('${AWS::Region}', region), code.S3Key, { bytes: Buffer.alloc(0) });
    }
    return template;
  }

  private suffer(faults: readonly Fault[], deliveries: Deliveries): void {
    this.faults = faults.map((fault) => ({ ...fault, seen: 0 }));
    this.deliveries = deliveries;
  }

  /** What nobody may read in what the function has written or answered. */
  private get secretsTold(): string[] {
    return [...this.log, ...[...this.answers.values()].flat()].filter((text) => text.includes(SECRET) || text.includes('/custom-resource-responses/'));
  }

  private async handle({ handlers }: Process, event: CustomResourceEvent, timeoutSeconds: number): Promise<void> {
    await this.timed(timeoutSeconds, async (context) => handlers.handler(event, context));
  }

  private async timed<T>(seconds: number, work: (context: { getRemainingTimeInMillis(): number }) => Promise<T>): Promise<T> {
    const begun = Date.now();
    const { strikes } = this;
    try {
      return await work({ getRemainingTimeInMillis: () => begun + seconds * 1000 - Date.now() });
    } finally {
      const share = (Date.now() - begun) / (seconds * 1000);
      this.longestUntroubled = this.strikes === strikes ? Math.max(this.longestUntroubled, share) : this.longestUntroubled;
    }
  }

  /** CDK's provider framework: begins, asks until the request is done, and answers. */
  private async poll(event: CustomResourceEvent): Promise<void> {
    const [{ handlers }] = this.processes;
    const { StackId, RequestId, LogicalResourceId, ResponseURL } = event;
    const answer = (rest: object) => this.put(ResponseURL, JSON.stringify({ StackId, RequestId, LogicalResourceId, ...rest }));
    let id = event.PhysicalResourceId;
    try {
      const begun = await this.timed(900, async (context) => handlers.onEvent(event, context));
      id = begun.PhysicalResourceId;
      for (const end = Date.now() + TOTAL_TIMEOUT; ;) {
        const { IsComplete, Data } = await this.timed(900, async (context) => handlers.isComplete({ ...event, ...begun }, context));
        if (IsComplete) {
          answer({ Status: 'SUCCESS', PhysicalResourceId: id, Data: { ...begun.Data, ...Data } });
          return;
        }
        if (Date.now() + QUERY_INTERVAL > end) {
          throw new Error('Operation timed out');
        }
        await wait(QUERY_INTERVAL);
      }
    } catch (error) {
      answer({ Status: 'FAILED', Reason: (error as Error).message, PhysicalResourceId: id ?? 'AWSCDK::CustomResourceProviderFramework::CREATE_FAILED' });
    }
  }

  private hasFailed({ RequestId }: CustomResourceEvent): boolean {
    return this.answers.get(RequestId)?.some((body) => body.includes('"Status":"FAILED"')) ?? false;
  }

  private put(url: string, body: string): Response {
    const { RequestId: id, Status: status } = JSON.parse(body) as { RequestId: string; Status: string };
    this.puts += 1;
    this.answers.set(id, [...this.answers.get(id) ?? [], body]);
    if (status === 'FAILED') {
      this.suffer([], this.deliveries);
    }
    return new Response('', { status: this.cloud.putAnswer(url, body).status });
  }

  /** A call with the retries of the SDK. */
  private async call({ config }: AppflowClient, command: Command, signal: AbortSignal): Promise<unknown> {
    const strategy = await config.retryStrategy() as RetryStrategy;
    let token = await strategy.acquireInitialRetryToken('');
    for (;;) {
      if (signal.aborted) {
        throw Object.assign(new Error('Request aborted'), { name: 'AbortError' });
      }
      try {
        return await this.callOnce((await config.credentials()).accessKeyId, command);
      } catch (thrown) {
        const error = thrown as SdkError;
        const status = error.$metadata?.httpStatusCode;
        if (status !== undefined && !RETRIED.includes(status)) {
          throw error;
        }
        try {
          token = await strategy.refreshRetryTokenForRetry(token, { error: error as never, errorType: status === 429 ? 'THROTTLING' : 'TRANSIENT' });
        } catch {
          throw error;
        }
        await wait(token.getRetryDelay());
      }
    }
  }

  private async callOnce(accessKeyId: string, command: Command): Promise<unknown> {
    const name = command.constructor.name.replace(/Command$/, '');
    this.calls += 1;
    const misfortune = this.strike();
    switch (misfortune) {
      case 'throttled': throw sdkError('ThrottlingException', 'Rate exceeded', 429);
      case 'failing': throw sdkError('InternalServerException', 'Something broke', 500);
      case 'denied': throw sdkError('AccessDeniedException', 'Not authorized', 403);
      case 'silent':
        await wait(SILENCE);
        throw Object.assign(new Error('Socket timed out'), { name: 'TimeoutError' });
    }
    try {
      const caller = { accessKeyId, signingName: 'appflow', mayDo: this.cloud.identities.mayDo(accessKeyId) };
      const output = this.cloud.appflow.invoke(name, toWire(command.input) as JsonObject, caller);
      if (misfortune === undefined) {
        return fromWire(OPERATIONS.get(name)!.output, output);
      }
    } catch (error) {
      if (misfortune === undefined) {
        const { code, message, status } = error as ServiceError;
        throw sdkError(code, message, status);
      }
    }
    throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  }

  private strike(): Misfortune | undefined {
    // A rollback that nobody lets pass is no fault of the handler.
    const isRollingBack = this.cloud.cloudformation.all.some(({ status }) => status.includes('ROLLBACK_IN_PROGRESS'));
    const hits = this.faults.filter((fault) => ++fault.seen >= fault.nth && fault.seen < fault.nth + fault.times
      && !(isRollingBack && (fault.times > SHORT || fault.misfortune === 'denied')));
    this.strikes += hits.length > 0 ? 1 : 0;
    return hits.at(0)?.misfortune;
  }

  private describeStacks(name: string) {
    return { Stacks: [{ StackStatus: this.cloud.describe(name).status }] };
  }
}

interface Command {
  readonly input: Readonly<Record<string, unknown>>;
}

function sdkError(name: string, message: string, httpStatusCode: number): SdkError {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

/** Times as the API's JSON has them. */
function toWire(value: unknown): unknown {
  if (value instanceof Date) {
    return value.getTime() / 1000;
  }
  if (Array.isArray(value)) {
    return value.map(toWire);
  }
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toWire(member)])) : value;
}

/** Times as the SDK has them. */
function fromWire(schema: NormalizedSchema, value: unknown): unknown {
  if (schema.isStructSchema()) {
    const given = value as Record<string, unknown>;
    return Object.fromEntries([...schema.structIterator()].filter(([member]) => given[member] !== undefined)
      .map(([member, memberSchema]) => [member, fromWire(memberSchema, given[member])]));
  }
  if (schema.isListSchema()) {
    return (value as unknown[]).map((element) => fromWire(schema.getValueSchema(), element));
  }
  return schema.isTimestampSchema() ? new Date(Number(value) * 1000) : value;
}
