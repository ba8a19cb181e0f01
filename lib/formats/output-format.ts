/** Options of Parquet output. */
export interface ParquetOptions {
  /**
   * Whether fields keep the types that they have in the source. Otherwise all of them become strings.
   *
   * @default - not sent; AppFlow writes strings
   */
  readonly preserveSourceDataTyping?: boolean;
}

/**
 * The format of the files that AppFlow writes to Amazon S3.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_S3OutputFormatConfig.html
 */
export class OutputFormat {
  /** Comma-separated values. */
  public static csv(): OutputFormat {
    return new OutputFormat('CSV');
  }

  /** JSON, a record a line. */
  public static json(): OutputFormat {
    return new OutputFormat('JSON');
  }

  /** Apache Parquet. Cannot be aggregated into a single file. */
  public static parquet(options: ParquetOptions = {}): OutputFormat {
    return new OutputFormat('PARQUET', options.preserveSourceDataTyping);
  }

  /** The name of the file type in the AppFlow API. */
  public get fileType(): string {
    return this._fileType;
  }

  /**
   * Whether fields keep the types that they have in the source.
   *
   * @default - not sent
   */
  public get preserveSourceDataTyping(): boolean | undefined {
    return this._preserveSourceDataTyping;
  }

  private constructor(private readonly _fileType: string, private readonly _preserveSourceDataTyping?: boolean) {}
}
