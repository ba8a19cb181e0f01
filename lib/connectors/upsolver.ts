import type { aws_s3 as s3 } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { ConnectorType } from '../connector-type';
import type { FileAggregation } from '../formats/file-aggregation';
import type { OutputFormat } from '../formats/output-format';
import { type PrefixConfig, PrefixFormat, PrefixType } from '../formats/prefix-config';
import type { FlowDestinationConfig, IFlowDestination } from '../integration';
import type { ConnectorRecord } from '../private/connector-record';
import { BUCKET_PREFIX, OUTPUT_FILES_PROPERTIES } from '../private/constraints';
import { inferred } from '../private/fact';
import { SAME_OBJECT } from '../private/flow-object';
import { below, renderOutputFiles } from '../private/output-files';
import { allowWritingBucket } from '../private/permissions';
import { compact, isPlainObject } from '../private/values';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/upsolver.html';
const FORMAT_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_UpsolverS3OutputFormatConfig.html';

/** @internal */
export const UPSOLVER_RECORD: ConnectorRecord = {
  type: ConnectorType.UPSOLVER.name,
  title: 'Upsolver',
  page: PAGE,
  member: 'Upsolver',
  l1Member: 'upsolver',
  destination: {
    inCloudFormation: true,
    properties: [
      {
        name: 'bucketName',
        title: 'bucket name',
        constraint: { pattern: /^(upsolver-appflow)\S*$/, patternWords: 'a name that starts with upsolver-appflow', minLength: 16, maxLength: 63 },
      },
      { name: 'bucketPrefix', title: 'bucket prefix', constraint: BUCKET_PREFIX },
      ...OUTPUT_FILES_PROPERTIES,
    ],
    objectMembers: inferred(['bucketName', 'bucketPrefix'], SAME_OBJECT),
    catalog: false,
    partitionKeys: false,
    errorHandling: false,
  },
  limits: [{ text: 'The name of the bucket starts with `upsolver-appflow`.', source: PAGE }],
  rules: [
    {
      code: 'preserved-types-for-upsolver',
      evidence: 'documented',
      source: `${FORMAT_API} has no such member`,
      broken: (plan) => plan.destination.connectorType === ConnectorType.UPSOLVER.name
        && isPlainObject(plan.destination.properties.s3OutputFormatConfig)
        && plan.destination.properties.s3OutputFormatConfig.preserveSourceDataTyping === true
        ? [{
          at: ['destination', 'properties', 's3OutputFormatConfig', 'preserveSourceDataTyping'],
          what: 'types of the source are not preserved in the files that AppFlow writes for Upsolver',
          got: 'preserveSourceDataTyping',
          allowed: 'an output format without it',
          remedy: 'use OutputFormat.parquet(), or write to an S3Destination',
        }]
        : [],
    },
  ],
};

/** AppFlow requires the member, and no member of it. */
const DAILY_FOLDERS: PrefixConfig = { prefixType: PrefixType.PATH, prefixFormat: PrefixFormat.DAY };

/** Properties of an Upsolver destination. */
export interface UpsolverDestinationProps {
  /**
   * The folder to write to.
   *
   * @default - the root of the bucket
   */
  readonly prefix?: string;

  /**
   * The format of the files. `OutputFormat.parquet({ preserveSourceDataTyping: true })` is not for Upsolver.
   *
   * @default - not sent; AppFlow decides
   */
  readonly format?: OutputFormat;

  /**
   * Into how many files the records of a run are put.
   *
   * @default - not sent; AppFlow decides
   */
  readonly aggregation?: FileAggregation;

  /**
   * The folders and names of the files.
   *
   * @default - folders by the day of the run: `{ prefixType: PrefixType.PATH, prefixFormat: PrefixFormat.DAY }`
   */
  readonly prefixConfig?: PrefixConfig;
}

/**
 * Writes records to files in an Amazon S3 bucket, from which Upsolver takes them. The name of the bucket must start with
 * `upsolver-appflow`.
 *
 * The bucket's policy is given the statement that lets AppFlow write. That Upsolver may read it is left to the bucket's owner.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/upsolver.html
 */
export class UpsolverDestination implements IFlowDestination {
  public readonly connectorType = ConnectorType.UPSOLVER;

  constructor(private readonly bucket: s3.IBucketRef, private readonly props: UpsolverDestinationProps = {}) {}

  /**
   * The same, in a folder of the folder.
   *
   * @internal
   */
  public _below(folder: string): UpsolverDestination {
    return new UpsolverDestination(this.bucket, { ...this.props, prefix: below(this.props.prefix, folder) });
  }

  public bind(scope: Construct): FlowDestinationConfig {
    const policy = allowWritingBucket(scope, this.bucket);
    const prefixConfig = compact({ ...this.props.prefixConfig }) ?? DAILY_FOLDERS;
    return {
      destinationConnectorProperties: {
        bucketName: this.bucket.bucketRef.bucketName,
        bucketPrefix: this.props.prefix,
        s3OutputFormatConfig: renderOutputFiles({ ...this.props, prefixConfig }),
      },
      dependencies: policy !== undefined ? [policy] : [],
    };
  }
}
