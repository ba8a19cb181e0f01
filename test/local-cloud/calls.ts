/** One call that a service of the local cloud has received. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  /** `http` for clients of the endpoint, `cloudformation` for the resource handlers of the engine. */
  readonly via: 'http' | 'cloudformation';
  readonly accessKeyId: string;
  /** The path of the request, for calls over HTTP. */
  readonly path?: string;
  /** The JSON input where there is one, without credentials. */
  readonly input?: unknown;
  /** `ok`, the code of the error, or the kind of the fault that hit the call. */
  outcome: string;
}

/** Members that carry credentials anywhere in an AppFlow request; a call keeps only that they were there. */
const WITHHELD = /credentials$|secret|password|token|apikey|authcode/i;

/** Every call that the local cloud has received, in order. */
export class Calls {
  private readonly received: Call[] = [];

  get all(): readonly Call[] {
    return this.received;
  }

  /** The calls of one operation, such as `StartFlow`. */
  of(operation: string): readonly Call[] {
    return this.received.filter((call) => call.operation === operation);
  }

  clear(): void {
    this.received.length = 0;
  }

  begin(call: Omit<Call, 'outcome'>): Call {
    const begun: Call = { ...call, input: withhold(call.input), outcome: 'unanswered' };
    this.received.push(begun);
    return begun;
  }
}

function withhold(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withhold);
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [
    key, WITHHELD.test(key) && key !== 'clientToken' && key !== 'nextToken' ? '(withheld)' : withhold(member),
  ]));
}
