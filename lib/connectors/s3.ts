import { Stack } from 'aws-cdk-lib';
import type { aws_s3 as s3 } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { ConnectorType } from '../connector-type';
import type { FileAggregation } from '../formats/file-aggregation';
import type { GlueDataCatalog } from '../formats/glue-data-catalog';
import type { OutputFormat } from '../formats/output-format';
import type { PrefixConfig } from '../formats/prefix-config';
import type { FlowDestinationConfig, FlowSourceConfig, IFlowDestination, IFlowSource } from '../integration';
import type { ConnectorRecord } from '../private/connector-record';
import { BUCKET_NAME, BUCKET_PREFIX, oneOf, OUTPUT_FILES_PROPERTIES } from '../private/constraints';
import { describeEnvironment, isElsewhere } from '../private/environment';
import { AppFlowError } from '../private/errors';
import { documented, inferred, observed } from '../private/fact';
import { below, renderOutputFiles } from '../private/output-files';
import { allowReadingBucket, allowWritingBucket } from '../private/permissions';
import { FILTER_OPERATORS, TASK_OPERATORS, TRIGGER_TYPE } from '../private/vocabulary';
import { ComparisonFilters } from '../tasks/filter';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/s3.html';

const PROPERTIES = [
  { name: 'bucketName', title: 'bucket name', constraint: BUCKET_NAME },
  { name: 'bucketPrefix', title: 'bucket prefix', constraint: BUCKET_PREFIX },
];

const OBJECT_MEMBERS = observed(
  PROPERTIES.map(({ name }) => name),
  'https://github.com/hashicorp/terraform-provider-aws/issues/42482: UpdateFlow answers that the destination object can not be updated',
);

/** @internal */
export const S3_RECORD: ConnectorRecord = {
  type: ConnectorType.S3.name,
  title: 'Amazon S3',
  page: PAGE,
  member: 'S3',
  l1Member: 's3',
  source: {
    // No page names the triggers; event flows are described for applications that publish events, which buckets do not.
    triggers: inferred([TRIGGER_TYPE.ON_DEMAND, TRIGGER_TYPE.SCHEDULED], 'https://docs.aws.amazon.com/appflow/latest/userguide/flow-triggers.html'),
    minimumIntervalMinutes: documented(1, PAGE),
    operators: [...TASK_OPERATORS, ...FILTER_OPERATORS],
    refusesMissingProjection: inferred(false, 'flows from S3 with mappings and without a projection were seen to be accepted'),
    destinations: documented([
      'CustomerProfiles', 'Honeycode', 'Redshift', 'S3', 'Marketo', 'Salesforce', 'SAPOData', 'Snowflake', 'Upsolver', 'Zendesk', 'CustomConnector',
    ], PAGE),
    properties: [
      ...PROPERTIES,
      { name: 's3InputFormatConfig.s3InputFileType', title: 'file type', constraint: oneOf('CSV', 'JSON') },
    ],
    objectMembers: OBJECT_MEMBERS,
  },
  destination: {
    inCloudFormation: true,
    properties: [...PROPERTIES, ...OUTPUT_FILES_PROPERTIES],
    objectMembers: OBJECT_MEMBERS,
    catalog: true,
    partitionKeys: true,
    errorHandling: false,
  },
  limits: [
    { text: 'The bucket is in the Region and account of the flow.', source: PAGE },
    { text: 'Source files are CSV with a header row or JSON Lines, in a folder; a CSV file has at most 125 MB.', source: PAGE },
  ],
};

/** The format of files that AppFlow reads. */
export enum S3InputFormat {
  /** Comma-separated values with a header row; at most 125 MB a file. */
  CSV = 'CSV',
  /** JSON, a record a line. */
  JSON = 'JSON',
}

/** Properties of an Amazon S3 source. */
export interface S3SourceProps {
  /**
   * The folder that holds the files, without a slash in front. AppFlow reads files only from folders, and the folder must
   * hold at least one file when the flow is created.
   */
  readonly prefix: string;

  /**
   * The format of the files.
   *
   * @default - not sent; AppFlow reads CSV
   */
  readonly format?: S3InputFormat;
}

/**
 * Takes records from files in an Amazon S3 bucket, in the Region and account of the flow.
 *
 * The bucket's policy is given the statement that lets AppFlow read.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/s3.html
 */
export class S3Source implements IFlowSource {
  public readonly connectorType = ConnectorType.S3;

  /** Filters on the source's fields. */
  public readonly filter = ComparisonFilters._of(ConnectorType.S3);

  private readonly bucket: s3.IBucketRef;
  private readonly props: S3SourceProps;

  constructor(bucket: s3.IBucketRef, props: S3SourceProps) {
    this.bucket = bucket;
    this.props = props;
  }

  public bind(scope: Construct): FlowSourceConfig {
    refuseBucketElsewhere(scope, this.bucket);
    const policy = allowReadingBucket(scope, this.bucket);
    return {
      sourceConnectorProperties: {
        bucketName: this.bucket.bucketRef.bucketName,
        bucketPrefix: this.props.prefix,
        s3InputFormatConfig: { s3InputFileType: this.props.format },
      },
      dependencies: policy !== undefined ? [policy] : [],
    };
  }
}

/** Properties of an Amazon S3 destination. */
export interface S3DestinationProps {
  /**
   * The folder to write to. AppFlow makes a folder with the flow's name in it: the keys of all objects contain that name, so a flow that is replaced
   * writes elsewhere. Another folder takes another flow, as `flowName` says.
   *
   * @default - the root of the bucket
   */
  readonly prefix?: string;

  /**
   * The format of the files.
   *
   * @default - not sent; AppFlow writes JSON
   */
  readonly format?: OutputFormat;

  /**
   * Into how many files the records of a run are put.
   *
   * @default - not sent; AppFlow writes several files
   */
  readonly aggregation?: FileAggregation;

  /**
   * The folders and names of the files.
   *
   * @default - AppFlow decides
   */
  readonly prefixConfig?: PrefixConfig;

  /**
   * The AWS Glue database in which AppFlow describes the data.
   *
   * @default - the data is not catalogued
   */
  readonly catalog?: GlueDataCatalog;
}

/**
 * Writes records to files in an Amazon S3 bucket, in the Region and account of the flow. Their keys contain the flow's name: give the flow a
 * `flowName` where whoever reads them is to know it.
 *
 * The bucket's policy is given the statement that lets AppFlow write.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/s3.html
 */
export class S3Destination implements IFlowDestination {
  public readonly connectorType = ConnectorType.S3;

  private readonly bucket: s3.IBucketRef;
  private readonly props: S3DestinationProps;

  constructor(bucket: s3.IBucketRef, props: S3DestinationProps = {}) {
    this.bucket = bucket;
    this.props = props;
  }

  /**
   * The same, in a folder of the folder.
   *
   * @internal
   */
  public _below(folder: string): S3Destination {
    return new S3Destination(this.bucket, { ...this.props, prefix: below(this.props.prefix, folder) });
  }

  public bind(scope: Construct): FlowDestinationConfig {
    refuseBucketElsewhere(scope, this.bucket);
    const policy = allowWritingBucket(scope, this.bucket);
    return {
      destinationConnectorProperties: {
        bucketName: this.bucket.bucketRef.bucketName,
        bucketPrefix: this.props.prefix,
        s3OutputFormatConfig: renderOutputFiles(this.props),
      },
      catalog: this.props.catalog?.bind(scope),
      dependencies: policy !== undefined ? [policy] : [],
    };
  }
}

/** @see https://docs.aws.amazon.com/appflow/latest/userguide/s3.html */
function refuseBucketElsewhere(scope: Construct, bucket: s3.IBucketRef) {
  const { account, region } = Stack.of(scope);
  if (isElsewhere(bucket.env, { account, region })) {
    throw new AppFlowError('bucket-elsewhere', {
      what: 'the bucket is in another account or Region than the flow, and AppFlow takes no bucket from elsewhere',
      got: describeEnvironment(bucket.env),
      allowed: describeEnvironment({ account, region }),
      remedy: 'use a bucket where the flow is, and replicate it where that is needed',
    }, scope);
  }
}
