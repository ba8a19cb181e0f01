/** Words of the AppFlow API that more than one file uses, each spelled once. */

export const TRIGGER_TYPE = { SCHEDULED: 'Scheduled', EVENT: 'Event', ON_DEMAND: 'OnDemand' } as const;
export type TriggerType = (typeof TRIGGER_TYPE)[keyof typeof TRIGGER_TYPE];

/** What each scheduled run reads. */
export const DATA_PULL_MODE = { INCREMENTAL: 'Incremental', COMPLETE: 'Complete' } as const;

export const TASK_TYPE = {
  FILTER: 'Filter',
  ARITHMETIC: 'Arithmetic',
  MERGE: 'Merge',
  MAP: 'Map',
  MAP_ALL: 'Map_all',
  MASK: 'Mask',
  TRUNCATE: 'Truncate',
  VALIDATE: 'Validate',
  PARTITION: 'Partition',
  PASSTHROUGH: 'Passthrough',
} as const;

export const PROJECTION = 'PROJECTION';
export const NO_OP = 'NO_OP';

export const FILTER_OPERATORS = [
  'LESS_THAN',
  'GREATER_THAN',
  'BETWEEN',
  'LESS_THAN_OR_EQUAL_TO',
  'GREATER_THAN_OR_EQUAL_TO',
  'EQUAL_TO',
  'NOT_EQUAL_TO',
] as const;
export const CONTAINS = 'CONTAINS';
export const ARITHMETIC_OPERATORS = ['ADDITION', 'MULTIPLICATION', 'DIVISION', 'SUBTRACTION'] as const;
export const MASK_OPERATORS = ['MASK_ALL', 'MASK_FIRST_N', 'MASK_LAST_N'] as const;
export const VALIDATE_OPERATORS = ['VALIDATE_NON_NULL', 'VALIDATE_NON_ZERO', 'VALIDATE_NON_NEGATIVE', 'VALIDATE_NUMERIC'] as const;
/** What most connectors have besides filters. */
export const TASK_OPERATORS = [PROJECTION, NO_OP, ...ARITHMETIC_OPERATORS, ...MASK_OPERATORS, ...VALIDATE_OPERATORS] as const;

/** Which operators a task of each type takes. */
export const OPERATORS_BY_TASK_TYPE: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  [TASK_TYPE.FILTER, [PROJECTION, ...FILTER_OPERATORS, CONTAINS]],
  [TASK_TYPE.ARITHMETIC, ARITHMETIC_OPERATORS],
  [TASK_TYPE.MERGE, [NO_OP]],
  [TASK_TYPE.MAP, [NO_OP]],
  [TASK_TYPE.MAP_ALL, [NO_OP]],
  [TASK_TYPE.MASK, MASK_OPERATORS],
  [TASK_TYPE.TRUNCATE, [NO_OP]],
  [TASK_TYPE.VALIDATE, VALIDATE_OPERATORS],
  [TASK_TYPE.PARTITION, [NO_OP]],
  [TASK_TYPE.PASSTHROUGH, [NO_OP]],
]);

/** The keys of a task's properties, `OperatorPropertiesKeys` in the API. */
export const TASK_PROPERTY = {
  VALUE: 'VALUE',
  VALUES: 'VALUES',
  DATA_TYPE: 'DATA_TYPE',
  UPPER_BOUND: 'UPPER_BOUND',
  LOWER_BOUND: 'LOWER_BOUND',
  SOURCE_DATA_TYPE: 'SOURCE_DATA_TYPE',
  DESTINATION_DATA_TYPE: 'DESTINATION_DATA_TYPE',
  VALIDATION_ACTION: 'VALIDATION_ACTION',
  MASK_VALUE: 'MASK_VALUE',
  MASK_LENGTH: 'MASK_LENGTH',
  TRUNCATE_LENGTH: 'TRUNCATE_LENGTH',
  MATH_OPERATION_FIELDS_ORDER: 'MATH_OPERATION_FIELDS_ORDER',
  CONCAT_FORMAT: 'CONCAT_FORMAT',
  SUBFIELD_CATEGORY_MAP: 'SUBFIELD_CATEGORY_MAP',
  EXCLUDE_SOURCE_FIELDS_LIST: 'EXCLUDE_SOURCE_FIELDS_LIST',
  INCLUDE_NEW_FIELDS: 'INCLUDE_NEW_FIELDS',
  ORDERED_PARTITION_KEYS_LIST: 'ORDERED_PARTITION_KEYS_LIST',
} as const;
