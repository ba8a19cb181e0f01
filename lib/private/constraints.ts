import type { EnumConstraint, MapConstraint, PropertyRecord, RangeConstraint, TextConstraint } from './connector-record';

/**
 * String constraints of the AppFlow service model. The patterns are anchored here, as the service applies them;
 * CloudFormation's registry schema is not anchored, so its own validation lets more through.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateFlow.html
 */

const NO_BLANKS = { pattern: /^\S+$/, patternWords: 'text without blanks' };

/** A text without blanks, as most members of the model are. */
export function noBlanks(maxLength: number): TextConstraint {
  return { ...NO_BLANKS, maxLength };
}

/** Any text. */
export function anyText(maxLength: number): TextConstraint {
  return { maxLength };
}

/** A whole number. */
export function wholeNumber(min: number, max: number): RangeConstraint {
  return { min, max };
}

/** One of the values of an enum. */
export function oneOf(...values: readonly string[]): EnumConstraint {
  return { values };
}

export const FLOW_NAME: TextConstraint = {
  pattern: /^[a-zA-Z0-9][\w!@#.-]+$/,
  patternWords: 'a letter or digit, then at least one of letters, digits and _ ! @ # . -',
  maxLength: 256,
};
export const FLOW_DESCRIPTION: TextConstraint = {
  pattern: /^[\w!@#\-.?,\s]*$/,
  patternWords: 'letters, digits, blanks and _ ! @ # - . ? ,',
  maxLength: 2048,
};
export const CONNECTOR_PROFILE_NAME: TextConstraint = {
  pattern: /^[\w/!@#+=.-]+$/,
  patternWords: 'letters, digits and _ / ! @ # + = . -',
  maxLength: 256,
};
export const BUCKET_NAME: TextConstraint = { ...NO_BLANKS, minLength: 3, maxLength: 63 };
export const BUCKET_PREFIX: TextConstraint = { maxLength: 512 };
export const OBJECT = noBlanks(512);
export const API_VERSION = noBlanks(256);
export const ID_FIELD_NAME: TextConstraint = { ...noBlanks(128), inCloudFormation: { pattern: 'anchored' } };
export const INSTANCE_URL = noBlanks(256);
export const CONNECTOR_LABEL: TextConstraint = {
  pattern: /^[a-zA-Z0-9][\w!@#.-]+$/,
  patternWords: 'a letter or digit, then at least one of letters, digits and _ ! @ # . -',
  maxLength: 256,
  // Its resources differ in that.
  notInCloudFormation: true,
};
export const URL: TextConstraint = {
  pattern: /^https?:\/\/[-a-zA-Z0-9+&@#/%?=~_|!:,.;]*[-a-zA-Z0-9+&@#/%=~_|]$/,
  patternWords: 'a URL that starts with https:// or http://',
  maxLength: 256,
};
export const PRIVATE_LINK_SERVICE_NAME: TextConstraint = {
  pattern: /^$|com.amazonaws.vpce.[\w/!:@#.-]+$/,
  patternWords: 'the name of an endpoint service: com.amazonaws.vpce.region.vpce-svc-id',
  // The length is a matter of its own.
  maxLength: Infinity,
};
/** The maps that custom connectors have: of custom properties and profile properties. */
export const CUSTOM_MAP: MapConstraint = {
  maxEntries: 50,
  key: {
    pattern: /^\w+$/,
    patternWords: 'letters, digits and _',
    minLength: 1,
    maxLength: 128,
    inCloudFormation: { length: false, pattern: 'anchored' },
  },
};
/** The same of credentials, and of properties of token URLs. */
export const LIMITED_CUSTOM_MAP: MapConstraint = { ...CUSTOM_MAP, key: { ...CUSTOM_MAP.key, inCloudFormation: { pattern: 'anchored' } } };
export const CUSTOM_MAP_VALUE: TextConstraint = { ...noBlanks(2048), notInCloudFormation: true };
export const CLIENT_ID = noBlanks(512);
export const USERNAME = noBlanks(512);
export const REDIRECT_URI: TextConstraint = { ...noBlanks(512), inCloudFormation: { pattern: 'anchored' } };
export const OAUTH2_GRANT_TYPES = ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE', 'JWT_BEARER'] as const;
/** The pattern of the model fixes the partition. */
export const CLIENT_CREDENTIALS_ARN: TextConstraint = {
  pattern: /^arn:[\w-]+:secretsmanager:.*:\d+:/,
  patternWords: 'the ARN of a secret in AWS Secrets Manager',
  minLength: 20,
  maxLength: 2048,
};

/** Members that several destinations have. */
export const ERROR_HANDLING_PROPERTIES: readonly PropertyRecord[] = [
  { name: 'errorHandlingConfig.bucketName', title: 'name of the bucket for errors', constraint: BUCKET_NAME },
  { name: 'errorHandlingConfig.bucketPrefix', title: 'prefix for errors', constraint: BUCKET_PREFIX },
];
export const WRITING_PROPERTIES: readonly PropertyRecord[] = [
  { name: 'writeOperationType', title: 'write operation', constraint: oneOf('INSERT', 'UPDATE', 'UPSERT', 'DELETE') },
  { name: 'idFieldNames.*', title: 'id field name', constraint: ID_FIELD_NAME },
  ...ERROR_HANDLING_PROPERTIES,
];
/** How files are written to a bucket. */
export const OUTPUT_FILES_PROPERTIES: readonly PropertyRecord[] = [
  { name: 'fileType', title: 'file type', constraint: oneOf('CSV', 'JSON', 'PARQUET') },
  { name: 'prefixConfig.prefixType', title: 'prefix type', constraint: oneOf('FILENAME', 'PATH', 'PATH_AND_FILENAME') },
  { name: 'prefixConfig.prefixFormat', title: 'prefix format', constraint: oneOf('YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE') },
  { name: 'prefixConfig.pathPrefixHierarchy.*', title: 'path prefix', constraint: oneOf('EXECUTION_ID', 'SCHEMA_VERSION') },
  { name: 'aggregationConfig.aggregationType', title: 'aggregation type', constraint: oneOf('None', 'SingleFile') },
].map((property) => ({ ...property, name: `s3OutputFormatConfig.${property.name}` }));
export const SCHEDULE_EXPRESSION: TextConstraint = { maxLength: 256 };
export const TIME_ZONE: TextConstraint = { maxLength: 256 };
export const TIMESTAMP_FIELD: TextConstraint = { maxLength: 256 };
export const SOURCE_FIELD: TextConstraint = { maxLength: 2048 };
export const DESTINATION_FIELD: TextConstraint = { maxLength: 256 };
export const TASK_PROPERTY_VALUE: TextConstraint = { minLength: 1, maxLength: 2048 };
export const CATALOG_DATABASE_NAME: TextConstraint = { maxLength: 255 };
export const CATALOG_TABLE_PREFIX: TextConstraint = { maxLength: 128 };
export const TAG_KEY: TextConstraint = {
  pattern: /^(?!aws:)[a-zA-Z+-=._:/]+$/,
  patternWords: 'letters, digits and + - = . _ : / without aws: in front',
  minLength: 1,
  maxLength: 128,
  inCloudFormation: { pattern: false },
};
export const TAG_VALUE: TextConstraint = {
  pattern: /^[\s\w+-=.:/@]*$/,
  patternWords: 'letters, digits, blanks and + - = . : / @ _',
  maxLength: 256,
  inCloudFormation: { pattern: false },
};

export const SCHEDULE_OFFSET_MAX_SECONDS = 36_000;
export const DEACTIVATION_THRESHOLD = { min: 1, max: 100 };
export const MAX_FILTERS = 10;
export const MAX_FILTER_CRITERIA = 10;
export const MAX_PARTITION_KEYS = 10;
export const MAX_TAGS = 50;

/** What Amazon Redshift and Snowflake have in common as destinations: both load what AppFlow has put into a bucket. */
export const STAGED_DESTINATION_PROPERTIES: readonly PropertyRecord[] = [
  { name: 'object', title: 'object', constraint: OBJECT },
  { name: 'intermediateBucketName', title: 'name of the intermediate bucket', constraint: BUCKET_NAME },
  { name: 'bucketPrefix', title: 'prefix in the intermediate bucket', constraint: BUCKET_PREFIX },
  ...ERROR_HANDLING_PROPERTIES,
];
