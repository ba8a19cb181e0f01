import type { aws_s3 as s3 } from 'aws-cdk-lib/interfaces';
import type { ErrorHandlingOptions } from './error-handling';

/** What the sources of applications that are asked for one object have in common. */
export interface ApplicationSourceOptions {
  /** The object to read. At most 512 characters, without blanks. */
  readonly object: string;

  /**
   * The version of the application's API. At most 256 characters, without blanks.
   *
   * @default - AppFlow chooses
   */
  readonly apiVersion?: string;
}

/** What the destinations of applications that write to one object have in common. */
export interface ApplicationDestinationOptions {
  /** The object, such as a table, to write to. At most 512 characters, without blanks. */
  readonly object: string;

  /**
   * The version of the application's API. At most 256 characters, without blanks.
   *
   * @default - AppFlow chooses
   */
  readonly apiVersion?: string;

  /**
   * What AppFlow does with records that the application refuses.
   *
   * @default - AppFlow goes on, and does not keep them
   */
  readonly errorHandling?: ErrorHandlingOptions;
}

/** What the destinations that load records from a bucket have in common. */
export interface StagedDestinationOptions extends ApplicationDestinationOptions {
  /**
   * The bucket into which AppFlow puts the records, and from which the destination loads them: the bucket of the connection. Its policy is given
   * the statements that let AppFlow use it.
   */
  readonly intermediateBucket: s3.IBucketRef;

  /**
   * The folder in the bucket, at most 512 characters. The destination must be allowed to read it.
   *
   * @default - the root of the bucket
   */
  readonly intermediatePrefix?: string;
}
