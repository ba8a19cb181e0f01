import type { aws_s3 as s3 } from 'aws-cdk-lib/interfaces';
import type { Construct, IDependable } from 'constructs';
import { allowWritingBucket } from './private/permissions';

/**
 * What AppFlow does with records that the destination refuses.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ErrorHandlingConfig.html
 */
export interface ErrorHandlingOptions {
  /**
   * Whether a run fails at the first record that the destination refuses.
   *
   * @default - not sent; AppFlow goes on
   */
  readonly failOnFirstDestinationError?: boolean;

  /**
   * The bucket that refused records are written to. Its policy is given the statement that lets AppFlow write.
   *
   * @default - refused records are not kept
   */
  readonly bucket?: s3.IBucketRef;

  /**
   * The folder that refused records are written to.
   *
   * @default - the root of the bucket
   */
  readonly prefix?: string;
}

/** What a destination does with the records that it refuses, in the API's words, and what the flow must wait for. */
export function bindErrorHandling(
  scope: Construct,
  options: ErrorHandlingOptions = {},
): { properties: { errorHandlingConfig: object }; dependencies: IDependable[] } {
  const policy = options.bucket !== undefined ? allowWritingBucket(scope, options.bucket) : undefined;
  return {
    properties: {
      errorHandlingConfig: {
        failOnFirstDestinationError: options.failOnFirstDestinationError,
        bucketName: options.bucket?.bucketRef.bucketName,
        bucketPrefix: options.prefix,
      },
    },
    dependencies: policy !== undefined ? [policy] : [],
  };
}
