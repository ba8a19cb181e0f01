import { fullJitter, type TimeLeft } from './deadline';
import type { ServiceError } from './service';

/** How often a call of which nobody knows whether it was carried out is made again. */
export const MAX_ATTEMPTS = 5;
const PAUSE = 500;
const MAX_PAUSE = 8_000;

/** Waits before an attempt is repeated. Resolves to whether there is one. */
export async function another(attempt: number, time: TimeLeft): Promise<boolean> {
  const wait = fullJitter(attempt, PAUSE, MAX_PAUSE);
  if (attempt >= MAX_ATTEMPTS || time.left() <= wait) {
    return false;
  }
  await time.pause(wait);
  return true;
}

/** Makes a call that may be repeated until it is carried out or refused for good. Rejects with the `ServiceError` of the last attempt. */
export async function persist(call: () => Promise<void>, time: TimeLeft): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!(error as ServiceError).ambiguous || !await another(attempt, time)) {
        throw error;
      }
    }
  }
}

/** As `persist`, for a deletion: what is gone is deleted. */
export async function persistUntilGone(call: () => Promise<void>, time: TimeLeft): Promise<void> {
  try {
    await persist(call, time);
  } catch (error) {
    if (!(error as ServiceError).isNotFound) {
      throw error;
    }
  }
}
