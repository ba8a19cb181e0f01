import {
  AppflowClient, DescribeFlowCommand, ListTagsForResourceCommand, StartFlowCommand, StopFlowCommand, TagResourceCommand, UntagResourceCommand,
} from '@aws-sdk/client-appflow';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { Deadline, fullJitter } from './deadline';

/** A flow as far as the handlers look at it. */
export interface FlowDescription {
  /** `Active`, `Deprecated`, `Draft`, `Errored` or `Suspended`. */
  readonly status?: string;
  /** AppFlow's own explanation of the status. */
  readonly statusMessage?: string;
  /** `Scheduled`, `Event` or `OnDemand`. */
  readonly triggerType?: string;
  readonly arn?: string;
  /** Whether the flow was ever run. */
  readonly hasRun?: boolean;
}

export interface StartedFlow {
  readonly status?: string;
  /** Of the run; on-demand flows only. */
  readonly executionId?: string;
}

/** What the handlers need of AppFlow. Every call rejects with an `AppFlowError` only. */
export interface AppFlow {
  /** Undefined when there is no such flow. */
  describeFlow(name: string): Promise<FlowDescription | undefined>;
  /** Activates a scheduled or event flow; runs an on-demand flow, once for each token. */
  startFlow(name: string, clientToken?: string): Promise<StartedFlow>;
  /** Resolves to the status of the flow. */
  stopFlow(name: string): Promise<string | undefined>;
  /** Undefined when there is no such flow. */
  listTags(arn: string): Promise<Record<string, string> | undefined>;
  tag(arn: string, tags: Record<string, string>): Promise<void>;
  untag(arn: string, keys: string[]): Promise<void>;
}

/** A call that AppFlow did not carry out, or of which nobody knows whether it did. */
export class AppFlowError extends Error {
  /**
   * @param reason the exception as AppFlow names it, or what happened to the connection
   * @param ambiguous whether the call may have had its effect all the same
   */
  constructor(readonly reason: string, message: string, readonly ambiguous: boolean) {
    super(message);
    this.name = 'AppFlowError';
  }

  public get isConflict(): boolean {
    return this.reason === 'ConflictException';
  }

  public get isAccessDenied(): boolean {
    return this.reason === 'AccessDeniedException';
  }

  public get isNotFound(): boolean {
    return this.reason === 'ResourceNotFoundException';
  }

  /** StopFlow on an on-demand flow. */
  public get isUnsupported(): boolean {
    return this.reason === 'UnsupportedOperationException';
  }
}

const CONNECTION_TIMEOUT = 3_000;
const REQUEST_TIMEOUT = 20_000;
const BACKOFF = 250;
const MAX_BACKOFF = 10_000;
/** How long a permission that the same deployment has granted may take to become effective. */
const PERMISSION_GRACE = 30_000;

/** AppFlow through the SDK, within the time of one invocation. */
export class AppFlowService implements AppFlow {
  private readonly client: AppflowClient;

  private readonly permissionsExpected: number;

  /**
   * @param permissionsAreNew whether the deployment may just have granted the permissions, so that a denial can pass by itself
   */
  constructor(private readonly deadline: Deadline, permissionsAreNew: boolean) {
    this.permissionsExpected = Date.now() + (permissionsAreNew ? Math.min(PERMISSION_GRACE, deadline.left() / 3) : 0);
    this.client = new AppflowClient({
      credentials: environmentCredentials,
      retryStrategy: untilDeadline(deadline),
      requestHandler: {
        connectionTimeout: CONNECTION_TIMEOUT,
        // A call without an answer must leave time to try again.
        requestTimeout: Math.floor(Math.min(REQUEST_TIMEOUT, Math.max(1, deadline.left() / 3))),
        throwOnRequestTimeout: true,
      },
    });
  }

  public async describeFlow(flowName: string): Promise<FlowDescription | undefined> {
    return this.unlessGone(async signal => {
      const flow = await this.client.send(new DescribeFlowCommand({ flowName }), { abortSignal: signal });
      return flow.flowStatus === 'Deleted' ? undefined : {
        status: flow.flowStatus,
        statusMessage: flow.flowStatusMessage,
        triggerType: flow.triggerConfig?.triggerType,
        arn: flow.flowArn,
        hasRun: flow.lastRunExecutionDetails?.mostRecentExecutionTime !== undefined,
      };
    });
  }

  public async startFlow(flowName: string, clientToken?: string): Promise<StartedFlow> {
    return this.call(async signal => {
      const flow = await this.client.send(new StartFlowCommand({ flowName, clientToken }), { abortSignal: signal });
      return { status: flow.flowStatus, executionId: flow.executionId };
    });
  }

  public async stopFlow(flowName: string): Promise<string | undefined> {
    return this.call(async signal => (await this.client.send(new StopFlowCommand({ flowName }), { abortSignal: signal })).flowStatus);
  }

  public async listTags(resourceArn: string): Promise<Record<string, string> | undefined> {
    return this.unlessGone(async signal => {
      const answer = await this.client.send(new ListTagsForResourceCommand({ resourceArn }), { abortSignal: signal });
      return answer.tags ?? {};
    });
  }

  public async tag(resourceArn: string, tags: Record<string, string>): Promise<void> {
    await this.call(async signal => this.client.send(new TagResourceCommand({ resourceArn, tags }), { abortSignal: signal }));
  }

  public async untag(resourceArn: string, tagKeys: string[]): Promise<void> {
    await this.call(async signal => this.client.send(new UntagResourceCommand({ resourceArn, tagKeys }), { abortSignal: signal }));
  }

  public close(): void {
    this.client.destroy();
  }

  private async unlessGone<T>(request: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.call(request);
    } catch (error) {
      if ((error as AppFlowError).isNotFound) {
        return undefined;
      }
      throw error;
    }
  }

  private async call<T>(request: (signal: AbortSignal) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await request(this.deadline.signal);
      } catch (error) {
        const refused = toAppFlowError(error);
        const patience = this.permissionsExpected - Date.now();
        if (!refused.isAccessDenied || patience <= 0) {
          throw refused;
        }
        await this.deadline.pause(Math.min(fullJitter(attempt, BACKOFF * 4, MAX_BACKOFF), patience));
      }
    }
  }
}

/** Lambda hands credentials over in the environment and nowhere else; the SDK's other sources stay out of the bundle. */
async function environmentCredentials() {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
  if (!accessKeyId || !secretAccessKey) {
    throw new Error('the environment holds no AWS credentials');
  }
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** The SDK's own idea of what is worth a retry (throttling, 5xx, network), for as long as there is time instead of three times. */
function untilDeadline(deadline: Deadline): ConfiguredRetryStrategy {
  return new ConfiguredRetryStrategy(
    async () => deadline.left() > 0 ? Number.MAX_SAFE_INTEGER : 0,
    attempt => Math.max(0, Math.min(fullJitter(attempt - 1, BACKOFF, MAX_BACKOFF), deadline.left())),
  );
}

function toAppFlowError(error: unknown): AppFlowError {
  const { name, message, code, $metadata } = error as Error & { code?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (name === 'AbortError') {
    return new AppFlowError('no answer', 'no answer within the time of the function', true);
  }
  // An answer of the 4xx kind says that nothing was done, except for a conflict: that may be with our own call, whose answer got lost.
  return new AppFlowError(name === 'Error' && code ? code : name, message, status === undefined || status >= 500 || status === 409);
}
