import type { Constraint } from './connector-record';

/**
 * String constraints of the AppFlow service model. The patterns are anchored here, as the service applies them;
 * CloudFormation's registry schema is not anchored, so its own validation lets more through.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateFlow.html
 */

const NO_BLANKS = { pattern: /^\S+$/, patternWords: 'text without blanks' };

export const FLOW_NAME: Constraint = {
  pattern: /^[a-zA-Z0-9][\w!@#.-]+$/,
  patternWords: 'a letter or digit, then at least one of letters, digits and _ ! @ # . -',
  maxLength: 256,
};
export const FLOW_DESCRIPTION: Constraint = {
  pattern: /^[\w!@#\-.?,\s]*$/,
  patternWords: 'letters, digits, blanks and _ ! @ # - . ? ,',
  maxLength: 2048,
};
export const CONNECTOR_PROFILE_NAME: Constraint = {
  pattern: /^[\w/!@#+=.-]+$/,
  patternWords: 'letters, digits and _ / ! @ # + = . -',
  maxLength: 256,
};
export const BUCKET_NAME: Constraint = { ...NO_BLANKS, minLength: 3, maxLength: 63 };
export const BUCKET_PREFIX: Constraint = { maxLength: 512 };
export const OBJECT: Constraint = { ...NO_BLANKS, maxLength: 512 };
export const API_VERSION: Constraint = { ...NO_BLANKS, maxLength: 256 };
export const ID_FIELD_NAME: Constraint = { ...NO_BLANKS, maxLength: 128 };
export const INSTANCE_URL: Constraint = { ...NO_BLANKS, maxLength: 256 };
export const SCHEDULE_EXPRESSION: Constraint = { maxLength: 256 };
export const TIME_ZONE: Constraint = { maxLength: 256 };
export const TIMESTAMP_FIELD: Constraint = { maxLength: 256 };
export const SOURCE_FIELD: Constraint = { maxLength: 2048 };
export const DESTINATION_FIELD: Constraint = { maxLength: 256 };
export const TASK_PROPERTY_VALUE: Constraint = { minLength: 1, maxLength: 2048 };
export const CATALOG_DATABASE_NAME: Constraint = { maxLength: 255 };
export const CATALOG_TABLE_PREFIX: Constraint = { maxLength: 128 };
export const TAG_KEY: Constraint = {
  pattern: /^(?!aws:)[a-zA-Z+-=._:/]+$/,
  patternWords: 'letters, digits and + - = . _ : / without aws: in front',
  minLength: 1,
  maxLength: 128,
};
export const TAG_VALUE: Constraint = { pattern: /^[\s\w+-=.:/@]*$/, patternWords: 'letters, digits, blanks and + - = . : / @ _', maxLength: 256 };

export const SCHEDULE_OFFSET_MAX_SECONDS = 36_000;
export const DEACTIVATION_THRESHOLD = { min: 1, max: 100 };
export const MAX_FILTERS = 10;
export const MAX_FILTER_CRITERIA = 10;
export const MAX_PARTITION_KEYS = 10;
export const MAX_TAGS = 50;
