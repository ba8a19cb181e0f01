/** One HTTP request as a service of the local cloud sees it, after the server has read it whole. */
export interface LocalRequest {
  readonly method: string;
  /** The path without the query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  /** Who signed the request, from the credential scope of its Authorization header. */
  readonly caller: Caller;
}

export interface LocalResponse {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** An identity known to the local cloud. */
export interface Caller {
  readonly accessKeyId: string;
  /** The signing name in the credential scope: appflow, cloudformation, lambda, s3, secretsmanager, ssm, states, sts. */
  readonly signingName: string;
  /**
   * Decides whether the caller may do `action` on `resource`, with the tags that the request gives, and what it gives the condition keys of its service;
   * absent for callers that may do everything.
   */
  readonly mayDo?: (
    action: string, resource: string, requestTags?: Readonly<Record<string, string>>, keys?: Readonly<Record<string, string>>,
  ) => boolean;
}

/** A service of the local cloud. The server routes to it by signing name and applies injected faults by operation name. */
export interface LocalService {
  readonly signingName: string;
  /** The operation that a request asks for, such as `StartFlow`; undefined where there is none, which `handle` then refuses by name. */
  operationOf(request: LocalRequest): string | undefined;
  handle(request: LocalRequest): Promise<LocalResponse>;
  /** Renders a fault in the protocol of the service. */
  renderError(error: ServiceError): LocalResponse;
}

/** An error as the service would answer it. */
export class ServiceError extends Error {
  constructor(readonly code: string, message: string, readonly status: number = 400) {
    super(message);
    this.name = code;
  }
}
