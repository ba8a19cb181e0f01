/** The time that a handler has, as far as the handler cares. */
export interface TimeLeft {
  /** Milliseconds until the handler must have come to a result. */
  left(): number;
  /** Waits, but never beyond the end. */
  pause(milliseconds: number): Promise<void>;
}

/** Time kept back for the answer to CloudFormation: at most this, at most a quarter of what there is. */
const MARGIN = 10_000;

/** The end of the work of one invocation, with enough time kept back to answer CloudFormation. */
export class Deadline implements TimeLeft {
  private readonly end: number;
  private readonly margin: number;
  private readonly abort = new AbortController();
  private readonly timer: NodeJS.Timeout;

  /** @param remaining what `context.getRemainingTimeInMillis()` says on entry */
  constructor(remaining: number) {
    this.margin = Math.floor(Math.min(MARGIN, remaining / 4));
    this.end = Date.now() + remaining - this.margin;
    this.timer = setTimeout(() => this.abort.abort(), Math.max(0, this.left()));
  }

  /** Aborts calls and waits that are still going on when the time is up. */
  public get signal(): AbortSignal {
    return this.abort.signal;
  }

  public left(): number {
    return this.end - Date.now();
  }

  /** Milliseconds until a handler that has not noticed the deadline is no longer waited for. */
  public leftToNotice(): number {
    return this.left() + this.margin / 4;
  }

  /** Milliseconds until the answer must have been delivered. */
  public leftToAnswer(): number {
    return this.left() + this.margin * 3 / 4;
  }

  public async pause(milliseconds: number): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, Math.max(0, Math.min(milliseconds, this.left()))));
  }

  /** Ends the timer, so that nothing outlives the invocation. */
  public dispose(): void {
    clearTimeout(this.timer);
    this.abort.abort();
  }
}

/** Full jitter: any wait up to a bound that doubles with each attempt, so that callers refused together do not come back together. */
export function fullJitter(attempt: number, base: number, cap: number): number {
  return Math.floor(Math.random() * Math.min(cap, base * 2 ** attempt));
}
