import { createHash } from 'crypto';

/** A short text that differs wherever the value does. */
export function shortHash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
