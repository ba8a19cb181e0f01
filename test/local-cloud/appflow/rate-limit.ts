/** A bucket of tokens: each call takes one, and they come back at a rate, up to as many as come back in a second. */
export class RateLimit {
  private tokens: number;
  private filled: number;

  constructor(private readonly perSecond: number, private readonly now: () => Date) {
    this.tokens = perSecond;
    this.filled = now().getTime();
  }

  /** Whether there was a token to take. */
  take(): boolean {
    const time = this.now().getTime();
    this.tokens = Math.min(this.perSecond, this.tokens + (time - this.filled) / 1000 * this.perSecond);
    this.filled = time;
    // What seconds are divided into does not always add up to them.
    if (this.tokens < 1 - 1e-9) {
      return false;
    }
    this.tokens -= 1;
    return true;
  }
}
