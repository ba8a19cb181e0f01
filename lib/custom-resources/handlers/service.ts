import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { Deadline, fullJitter } from './deadline';

/** A call that a service did not carry out, or of which nobody knows whether it did. */
export class ServiceError extends Error {
  /**
   * @param reason the exception as the service names it, or what happened to the connection
   * @param ambiguous whether the call may have had its effect all the same
   */
  constructor(readonly reason: string, message: string, readonly ambiguous: boolean) {
    super(message);
    this.name = 'ServiceError';
  }

  public get isConflict(): boolean {
    return this.reason === 'ConflictException';
  }

  public get isAccessDenied(): boolean {
    // CloudFormation has a name of its own for it.
    return this.reason === 'AccessDeniedException' || this.reason === 'AccessDenied';
  }

  public get isNotFound(): boolean {
    return this.reason === 'ResourceNotFoundException';
  }

  /** StopFlow on an on-demand flow. */
  public get isUnsupported(): boolean {
    return this.reason === 'UnsupportedOperationException';
  }
}

/** Whether something is gone, or is no longer one that the role of the handler covers: then it is not the stack's. */
export function isOutOfReach(answer: unknown): boolean {
  return answer instanceof ServiceError && (answer.isAccessDenied || answer.isNotFound);
}

/** What a call was rejected with, unless that is something else than an answer of the service. */
export function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) {
    return error;
  }
  throw error;
}

const CONNECTION_TIMEOUT = 3_000;
const REQUEST_TIMEOUT = 20_000;
const BACKOFF = 250;
const MAX_BACKOFF = 10_000;
/** How long a permission that the same deployment has granted may take to become effective. */
const PERMISSION_GRACE = 30_000;

/** How the clients of one invocation are set up, and how they are called: within its time, and with patience for new permissions. */
export class ServiceCalls {
  private readonly permissionsExpected: number;

  /**
   * @param permissionsAreNew whether the deployment may just have granted the permissions, so that a denial can pass by itself
   */
  constructor(private readonly deadline: Deadline, permissionsAreNew: boolean) {
    this.permissionsExpected = Date.now() + (permissionsAreNew ? Math.min(PERMISSION_GRACE, deadline.left() / 3) : 0);
  }

  /** The configuration of an SDK client. */
  public get configuration() {
    const { deadline } = this;
    return {
      credentials: environmentCredentials,
      retryStrategy: untilDeadline(deadline),
      requestHandler: {
        connectionTimeout: CONNECTION_TIMEOUT,
        // A call without an answer must leave time to try again.
        requestTimeout: Math.floor(Math.min(REQUEST_TIMEOUT, Math.max(1, deadline.left() / 3))),
        throwOnRequestTimeout: true,
      },
    };
  }

  /** Rejects with a `ServiceError` only. */
  public async make<T>(request: (signal: AbortSignal) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await request(this.deadline.signal);
      } catch (error) {
        const refused = toServiceError(error);
        const patience = this.permissionsExpected - Date.now();
        if (!refused.isAccessDenied || patience <= 0) {
          throw refused;
        }
        await this.deadline.pause(Math.min(fullJitter(attempt, BACKOFF * 4, MAX_BACKOFF), patience));
      }
    }
  }

  /** Undefined where what is asked for does not exist. */
  public async unlessGone<T>(request: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.make(request);
    } catch (error) {
      if ((error as ServiceError).isNotFound) {
        return undefined;
      }
      throw error;
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

/** The SDK gives up when calls of one client have been tried again some hundred times, however far apart. Those for many flows, throttled, soon are. */
class PatientRetryStrategy extends ConfiguredRetryStrategy {
  public override async refreshRetryTokenForRetry(...retry: Parameters<ConfiguredRetryStrategy['refreshRetryTokenForRetry']>) {
    const token = await super.refreshRetryTokenForRetry(...retry);
    // Gives back at once what the retry has cost.
    this.recordSuccess(token);
    return token;
  }
}

/** The SDK's own idea of what is worth a retry (throttling, 5xx, network), for as long as there is time instead of three times. */
function untilDeadline(deadline: Deadline): ConfiguredRetryStrategy {
  return new PatientRetryStrategy(
    async () => deadline.left() > 0 ? Number.MAX_SAFE_INTEGER : 0,
    attempt => Math.max(0, Math.min(fullJitter(attempt - 1, BACKOFF, MAX_BACKOFF), deadline.left())),
  );
}

function toServiceError(error: unknown): ServiceError {
  const { name, message, code, $metadata } = error as Error & { code?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (name === 'AbortError') {
    return new ServiceError('no answer', 'no answer within the time of the function', true);
  }
  // An answer of the 4xx kind says that nothing was done, except for a conflict: that may be with our own call, whose answer got lost.
  return new ServiceError(name === 'Error' && code ? code : name, message, status === undefined || status >= 500 || status === 409);
}
