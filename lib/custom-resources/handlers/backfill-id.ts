import { createHash } from 'node:crypto';
import type { Range } from './backfill-windows';
import { canonical } from './ownership';

/** What a deployment wants of a flow's history. */
export interface DeclaredHistory {
  /** What makes it another history when it changes: it is loaded anew. */
  readonly identity: unknown;
  readonly from: number;
  /** Left out, the end is that of the history so far. */
  readonly to?: number;
}

/** A history that was loaded, and when it was begun to be, in milliseconds since 1970. */
interface Generation extends Range {
  readonly identity: string;
  readonly attempt: number;
}

const KIND = 'history';
const SEPARATOR = '~';
const MEMBERS = ':';

/** CloudFormation takes 1024 bytes, and a generation has about 60. A rollback goes back by one. */
const MAX_GENERATIONS = 8;

/** The physical id of a backfill. It is its memory: it holds what was loaded, and before that, to which a rollback returns. */
export class BackfillId {
  public static readonly first = new BackfillId([]);

  public static parse(physicalId: string): BackfillId {
    const [, ...generations] = physicalId.split(SEPARATOR);
    return new BackfillId(generations.map(generation => {
      const [identity, from, to, attempt] = generation.split(MEMBERS);
      return { identity, from: Number(from), to: Number(to), attempt: Number(attempt) };
    }));
  }

  private constructor(private readonly generations: readonly Generation[]) {}

  /** What was loaded last; undefined before the first time. */
  public get loaded(): (Range & { readonly attempt: number }) | undefined {
    return this.generations[0];
  }

  public get predecessor(): BackfillId {
    return new BackfillId(this.generations.slice(1));
  }

  /** Whether what was loaded last is a part of the same history. */
  public isOf({ identity }: DeclaredHistory): boolean {
    return this.generations[0]?.identity === digestOf(identity);
  }

  /** Whether what was loaded last is what is declared. */
  public isFor(declared: DeclaredHistory): boolean {
    const [last] = this.generations;
    return this.isOf(declared) && last.from === declared.from && (declared.to === undefined || last.to === declared.to);
  }

  public followedBy({ identity }: DeclaredHistory, { from, to }: Range, attempt: number): BackfillId {
    return new BackfillId([{ identity: digestOf(identity), from, to, attempt }, ...this.generations].slice(0, MAX_GENERATIONS));
  }

  public toString(): string {
    return [KIND, ...this.generations.map(({ identity, from, to, attempt }) => [identity, from, to, attempt].join(MEMBERS))].join(SEPARATOR);
  }
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 16);
}
