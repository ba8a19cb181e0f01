import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname } from 'path';
import { isPlainObject } from './values';

const VERSION = 1;

/** A flow as the file has it. Values that are known only at deploy time are in the form of `stableForm`. */
export interface LockedFlow {
  readonly name: unknown;
  readonly madeBy: string;
  readonly source: Readonly<Record<string, unknown>>;
  readonly destination: Readonly<Record<string, unknown>>;
  readonly kmsArn?: unknown;
}

/** Flows by the paths of their stacks, and by their own within those. */
export type LockedFlows = Readonly<Record<string, Readonly<Record<string, LockedFlow>>>>;

/** The file that has flows as they were deployed. */
export class LockFile {
  private read?: LockedFlows | 'missing' | 'invalid';

  constructor(private readonly path: string) {}

  /** What the file has, or why it has nothing. It is read once. */
  public get content(): LockedFlows | 'missing' | 'invalid' {
    return this.read ??= existsSync(this.path) ? parsed(readFileSync(this.path, 'utf8')) : 'missing';
  }

  /** Writes the flows that `isOurs` says are ours, and leaves the others as they are. */
  public write(flows: LockedFlows, isOurs: (stack: string, flow: string) => boolean): void {
    this.read = undefined;
    const others = typeof this.content === 'object' ? this.content : {};
    const kept = Object.entries(others).flatMap(([stack, locked]) => Object.entries(locked)
      .filter(([flow]) => !isOurs(stack, flow)).map(([flow, lock]) => [stack, flow, lock] as const));
    const ours = Object.entries(flows).flatMap(([stack, locked]) => Object.entries(locked).map(([flow, lock]) => [stack, flow, lock] as const));
    const stacks: Record<string, Record<string, LockedFlow>> = {};
    for (const [stack, flow, lock] of [...kept, ...ours]) {
      (stacks[stack] ??= {})[flow] = lock;
    }
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(this.path, `${JSON.stringify(asWritten({ version: VERSION, stacks }), undefined, 2)}\n`);
    this.read = undefined;
  }
}

function parsed(text: string): LockedFlows | 'invalid' {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return 'invalid';
  }
  return isPlainObject(content) && content.version === VERSION && isPlainObject(content.stacks)
    && Object.values(content.stacks).every((flows) => isPlainObject(flows) && Object.values(flows).every(isLockedFlow))
    ? content.stacks as LockedFlows
    : 'invalid';
}

function isLockedFlow(flow: unknown): flow is LockedFlow {
  return isPlainObject(flow) && flow.name !== undefined && isPlainObject(flow.source) && isPlainObject(flow.destination);
}

/** A value as it is read again. Members are sorted, so that a file differs from the one before only where flows do. */
export function asWritten<T>(value: T): T {
  return JSON.parse(JSON.stringify(sorted(value))) as T;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return isPlainObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => one < other ? -1 : 1).map(([name, member]) => [name, sorted(member)]))
    : value;
}
