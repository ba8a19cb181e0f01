import { createHash } from 'node:crypto';
import { canonical } from './ownership';

/** The times of a flow that were worked out, in epoch seconds. */
export interface Times {
  readonly start?: number;
  readonly firstExecutionFrom?: number;
}

/** Times, and a digest of what was declared when they were worked out. */
interface Generation extends Times {
  readonly digest: string;
}

const KIND = 'timing';
const SEPARATOR = '~';
const MEMBERS = ':';

/** CloudFormation takes 1024 bytes, and a generation has at most 45. A rollback goes back by one. */
const MAX_GENERATIONS = 8;

/** The physical id of the times of a flow. It is their memory: it holds them, and those before, which a rollback brings back. */
export class TimingId {
  public static readonly FIRST = new TimingId([]);

  public static parse(physicalId: string): TimingId {
    const [, ...generations] = physicalId.split(SEPARATOR);
    return new TimingId(generations.map(generation => {
      const [digest, start, firstExecutionFrom] = generation.split(MEMBERS);
      return { digest, start: parseSeconds(start), firstExecutionFrom: parseSeconds(firstExecutionFrom) };
    }));
  }

  private constructor(private readonly generations: readonly Generation[]) {}

  public get times(): Times {
    return this.generations[0] ?? {};
  }

  /** Whether the times were worked out for what is declared. */
  public isFor(declared: unknown): boolean {
    return this.generations[0]?.digest === digestOf(declared);
  }

  /** The id before this one. */
  public get predecessor(): TimingId {
    return new TimingId(this.generations.slice(1));
  }

  /** The id with the times that are worked out next. */
  public followedBy(declared: unknown, { start, firstExecutionFrom }: Times): TimingId {
    return new TimingId([{ digest: digestOf(declared), start, firstExecutionFrom }, ...this.generations].slice(0, MAX_GENERATIONS));
  }

  public toString(): string {
    const generations = this.generations.map(({ digest, start, firstExecutionFrom }) => [digest, start, firstExecutionFrom].join(MEMBERS));
    return [KIND, ...generations].join(SEPARATOR);
  }
}

function parseSeconds(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text);
}

function digestOf(declared: unknown): string {
  return createHash('sha256').update(canonical(declared)).digest('hex').slice(0, 16);
}
