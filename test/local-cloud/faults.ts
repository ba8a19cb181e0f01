import { ServiceError } from './service';

/**
 * What goes wrong with a call.
 *
 * - `throttle`, `internal-error`, `access-denied`: the service answers with that error, and the call takes no effect.
 * - `timeout`: the service never answers, and the call takes no effect.
 * - `lost-response`: the call takes effect, but its answer never reaches the caller.
 */
export type FaultKind = 'throttle' | 'internal-error' | 'access-denied' | 'timeout' | 'lost-response';

export interface Fault {
  /** The signing name of the service, such as `appflow`. */
  readonly service: string;
  /** The operation, such as `StartFlow`. Every operation of the service counts where it is left out. */
  readonly operation?: string;
  /** The first call to hit, counted from the injection and starting at 1. 1 unless told. */
  readonly nth?: number;
  /** How many calls in a row are hit. 1 unless told. */
  readonly times?: number;
  readonly kind: FaultKind;
}

/** A fault in place; tells how often it has struck. */
export class InjectedFault {
  private seen = 0;
  private struck = 0;

  constructor(private readonly fault: Fault) {}

  get hits(): number {
    return this.struck;
  }

  strike(service: string, operation: string | undefined): FaultKind | undefined {
    const { operation: wanted, nth = 1, times = 1 } = this.fault;
    if (service !== this.fault.service || (wanted !== undefined && wanted !== operation)) {
      return undefined;
    }
    this.seen += 1;
    if (this.seen < nth || this.seen >= nth + times) {
      return undefined;
    }
    this.struck += 1;
    return this.fault.kind;
  }
}

/** The faults that the local cloud has been told to make. */
export class Faults {
  private injected: InjectedFault[] = [];

  inject(fault: Fault): InjectedFault {
    const injected = new InjectedFault(fault);
    this.injected.push(injected);
    return injected;
  }

  clear(): void {
    this.injected = [];
  }

  /** Counts a call, and tells which fault hits it. Every fault in place counts the call, and the one injected first wins. */
  strike(service: string, operation: string | undefined): FaultKind | undefined {
    const kinds = this.injected.map((fault) => fault.strike(service, operation));
    return kinds.find((kind) => kind !== undefined);
  }

  /** Makes a call in process as it would fare over a network: a silent service is reported at once as a network failure. */
  async around<T>(service: string, operation: string, call: () => Promise<T>): Promise<T> {
    const kind = this.strike(service, operation);
    if (kind === undefined) {
      return call();
    }
    if (kind === 'lost-response') {
      await call();
    }
    throw errorOf(kind, service);
  }
}

/** The error that a caller sees because of an injected fault. */
export class InjectedError extends ServiceError {
  constructor(readonly kind: FaultKind, code: string, status: number) {
    super(code, `injected fault: ${kind}`, status);
  }
}

/** Each protocol has its own names for the same misfortune. */
const ERRORS: Record<string, Record<'throttle' | 'internal-error' | 'access-denied', [code: string, status: number]>> = {
  appflow: { 'throttle': ['ThrottlingException', 429], 'internal-error': ['InternalServerException', 500], 'access-denied': ['AccessDeniedException', 403] },
  lambda: { 'throttle': ['TooManyRequestsException', 429], 'internal-error': ['ServiceException', 500], 'access-denied': ['AccessDeniedException', 403] },
  states: { 'throttle': ['ThrottlingException', 400], 'internal-error': ['InternalServerException', 500], 'access-denied': ['AccessDeniedException', 400] },
  ssm: { 'throttle': ['ThrottlingException', 400], 'internal-error': ['InternalServerError', 500], 'access-denied': ['AccessDeniedException', 400] },
  secretsmanager: { 'throttle': ['ThrottlingException', 400], 'internal-error': ['InternalServiceError', 500], 'access-denied': ['AccessDeniedException', 400] },
  s3: { 'throttle': ['SlowDown', 503], 'internal-error': ['InternalError', 500], 'access-denied': ['AccessDenied', 403] },
  cloudformation: { 'throttle': ['Throttling', 400], 'internal-error': ['InternalFailure', 500], 'access-denied': ['AccessDenied', 403] },
  sts: { 'throttle': ['Throttling', 400], 'internal-error': ['InternalFailure', 500], 'access-denied': ['AccessDenied', 403] },
};

/** The error for a fault. Without a network between, silence and a lost answer look like a failure of it. */
export function errorOf(kind: FaultKind, service: string): InjectedError {
  return kind === 'timeout' || kind === 'lost-response'
    ? new InjectedError(kind, 'NetworkFailure', 504)
    : new InjectedError(kind, ...ERRORS[service][kind]);
}
