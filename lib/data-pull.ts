import type { ContinuationPlan } from './private/flow-plan';

/** Options of an incremental pull. */
export interface IncrementalPullOptions {
  /**
   * The source field whose time tells whether a record is new or changed.
   *
   * @default - AppFlow chooses, where the connector lets it
   */
  readonly timestampField?: string;
}

/** Options of a complete pull. */
export interface CompletePullOptions {
  /**
   * The source field whose time tells whether a record is new or changed. AppFlow takes it here, too, and has no use for it until the flow
   * pulls incrementally.
   *
   * @default - not sent
   */
  readonly timestampField?: string;
}

/**
 * Which records a scheduled run reads.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flow-triggers.html
 */
export class DataPull {
  /**
   * Each run reads the records that are new or changed since the run before. The first run reads the last 30 days, unless
   * the schedule's `firstExecutionFrom` says otherwise.
   */
  public static incremental(options: IncrementalPullOptions = {}): DataPull {
    return new DataPull('Incremental', options.timestampField);
  }

  /** Each run reads all records. */
  public static complete(options: CompletePullOptions = {}): DataPull {
    return new DataPull('Complete', options.timestampField);
  }

  /** The name of the mode in the AppFlow API. */
  public get mode(): string {
    return this._mode;
  }

  /**
   * The source field whose time tells whether a record is new or changed.
   *
   * @default - AppFlow chooses
   */
  public get timestampField(): string | undefined {
    return this._timestampField;
  }

  /**
   * How a flow goes on where the one that it replaces has stopped.
   *
   * @internal
   */
  public get _continuation(): ContinuationPlan | undefined {
    return undefined;
  }

  private constructor(private readonly _mode: string, private readonly _timestampField?: string) {}
}
