import type { Declaration } from './declaration';
import { type LocalCloud, StackFailure } from '../../local-cloud/local-cloud';

/** What goes wrong between the handler and AppFlow. */
export type Misfortune = 'throttled' | 'failing' | 'denied' | 'silent' | 'answer lost';

export interface Fault {
  readonly misfortune: Misfortune;
  /** The first call to hit, counted from 1. */
  readonly nth: number;
  /** How many calls in a row are hit. */
  readonly times: number;
}

/** How events reach the handler. */
export interface Deliveries {
  /** Every so manieth event comes twice; none for 0. */
  readonly twiceEach: number;
  /** Whether the second delivery is to another process. */
  readonly elsewhere: boolean;
}

export const ONCE: Deliveries = { twiceEach: 0, elsewhere: false };

/** A cloud, and a way to deploy to it. */
export interface Surroundings {
  readonly cloud: LocalCloud;
  /** How often something went wrong so far. */
  readonly strikes: number;
  deploy(declaration: Declaration): Promise<StackFailure | undefined>;
  destroy(): Promise<StackFailure | undefined>;
  /** What goes wrong from now on. */
  suffer(faults: readonly Fault[], deliveries: Deliveries): void;
  /** Has time pass while nothing is done. */
  pass(milliseconds: number): void;
  /** What was written or answered, and holds what nobody may read. */
  secretsTold(): string[];
  close(): Promise<void>;
}

/** The failure that some work ends with, if any. */
export async function failureOf(work: Promise<unknown>): Promise<StackFailure | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof StackFailure) {
      return error;
    }
    throw error;
  }
}
