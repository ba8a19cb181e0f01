import { createHash } from 'node:crypto';
import { conflict } from './refusal';

/** "The token is active for 8 hours": API reference, CreateFlow.clientToken and the other operations that take one. */
const ACTIVE_MILLISECONDS = 8 * 60 * 60 * 1000;

interface Remembered {
  readonly fingerprint: string;
  readonly output: object;
  readonly until: number;
}

/** Requests that were done once and are answered from memory when they come again under the same client token. */
export class ClientTokens {
  private readonly remembered = new Map<string, Remembered>();

  constructor(private readonly now: () => Date) {}

  /**
   * Does `work` unless it was done under this token. "If you specify input parameters that differ from your first request, an error
   * occurs": which error is not documented; ConflictException is the one that every operation with a client token declares.
   */
  once(operation: string, input: { clientToken?: string }, work: () => object): object {
    const { clientToken, ...parameters } = input;
    if (clientToken === undefined) return work();
    const key = `${operation} ${clientToken}`;
    // Inputs hold credentials: a digest of them is remembered, never the input.
    const fingerprint = createHash('sha256').update(JSON.stringify(parameters)).digest('hex');
    const earlier = this.remembered.get(key);
    if (earlier && this.now().getTime() < earlier.until) {
      if (earlier.fingerprint !== fingerprint) throw conflict(`The clientToken was already used for another ${operation} request`);
      return earlier.output;
    }
    const output = work();
    this.remembered.set(key, { fingerprint, output, until: this.now().getTime() + ACTIVE_MILLISECONDS });
    return output;
  }
}
