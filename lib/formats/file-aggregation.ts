import type { Size } from 'aws-cdk-lib';

/** Options of output in several files. */
export interface SeveralFilesOptions {
  /**
   * The size that AppFlow tries to give to each file, in whole megabytes.
   *
   * @default - AppFlow decides
   */
  readonly targetFileSize?: Size;
}

/** Options of output in a single file. */
export interface SingleFileOptions {
  /**
   * A target size, in whole megabytes. AppFlow takes it here, too, and writes one file whatever its size.
   *
   * @default - not sent
   */
  readonly targetFileSize?: Size;
}

/**
 * Into how many files AppFlow puts the records of a run.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_AggregationConfig.html
 */
export class FileAggregation {
  /** Several files, as many as AppFlow needs. */
  public static none(options: SeveralFilesOptions = {}): FileAggregation {
    return new FileAggregation('None', options.targetFileSize?.toMebibytes());
  }

  /** One file a run. Not for Parquet. */
  public static singleFile(options: SingleFileOptions = {}): FileAggregation {
    return new FileAggregation('SingleFile', options.targetFileSize?.toMebibytes());
  }

  /** The name of the aggregation type in the AppFlow API. */
  public get aggregationType(): string {
    return this._aggregationType;
  }

  /**
   * The size that AppFlow tries to give to each file, in megabytes.
   *
   * @default - AppFlow decides
   */
  public get targetFileSize(): number | undefined {
    return this._targetFileSize;
  }

  private constructor(private readonly _aggregationType: string, private readonly _targetFileSize?: number) {}
}
