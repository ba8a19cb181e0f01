import { Duration } from 'aws-cdk-lib';
import type { ContinuationPlan } from './private/flow-plan';

/** Options of an incremental pull. */
export interface IncrementalPullOptions {
  /**
   * The source field whose time tells whether a record is new or changed.
   *
   * @default - AppFlow chooses, where the connector lets it
   */
  readonly timestampField?: string;

  /**
   * Whether a flow that replaces another goes on where the other has stopped: before the new flow is created the old one is stopped, a run in progress
   * is waited for, and the new flow starts to read where the old one's last successful run ended. If the deployment fails, the old flow runs again.
   * Otherwise the first run of the new flow reads what the schedule says, or the last 30 days.
   *
   * A custom resource does that, which also sets `firstExecutionFrom` of a new flow where the schedule does not: to 30 days before the deployment.
   *
   * @default true
   */
  readonly continueOnReplacement?: boolean;

  /**
   * How much of what the replaced flow has read last is read again, for records that the application shows late. Records in it arrive twice.
   *
   * @default Duration.minutes(1)
   */
  readonly overlap?: Duration;
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
    const { timestampField, continueOnReplacement = true, overlap = Duration.minutes(1) } = options;
    return new DataPull('Incremental', timestampField, continueOnReplacement ? { overlapSeconds: overlap.toSeconds() } : undefined);
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
    return this.continuation;
  }

  private constructor(private readonly _mode: string, private readonly _timestampField?: string, private readonly continuation?: ContinuationPlan) {}
}
