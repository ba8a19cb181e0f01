import { randomBytes } from 'node:crypto';
import { LocalResponse } from '../service';

const PREFIX = '/custom-resource-responses/';

/** Where one custom resource request is to be answered. */
export interface ResponseSlot {
  readonly url: string;
  /** The body that was put first; undefined once the slot is closed without one. */
  readonly received: Promise<string | undefined>;
  close(): void;
}

/**
 * The addresses that custom resources answer to: one for each request, not guessable, and the first answer counts.
 * On AWS these are presigned S3 URLs.
 */
export class ResponseMailbox {
  private readonly slots = new Map<string, (body: string | undefined) => void>();
  private readonly used = new Set<string>();

  constructor(private readonly endpoint: () => string) {}

  open(): ResponseSlot {
    const path = PREFIX + randomBytes(24).toString('hex');
    const received = new Promise<string | undefined>((resolve) => this.slots.set(path, resolve));
    return { url: `${this.endpoint()}${path}`, received, close: () => this.settle(path, undefined) };
  }

  owns(path: string): boolean {
    return path.startsWith(PREFIX);
  }

  receive(method: string, path: string, body: Buffer): LocalResponse {
    if (method !== 'PUT') {
      return { status: 405, body: 'a response is put' };
    }
    if (!this.slots.has(path) && !this.used.has(path)) {
      return { status: 403, body: 'no request waits here' };
    }
    // A second answer to the same request is taken and ignored, as an object in S3 could be overwritten after it was read.
    this.settle(path, body.toString('utf8'));
    return { status: 200 };
  }

  closeAll(): void {
    [...this.slots.keys()].forEach((path) => this.settle(path, undefined));
  }

  private settle(path: string, body: string | undefined): void {
    this.slots.get(path)?.(body);
    this.slots.delete(path);
    this.used.add(path);
  }
}
