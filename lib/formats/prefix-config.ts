/** Where the date and time of a run stand. */
export enum PrefixType {
  /** In the names of files. */
  FILENAME = 'FILENAME',
  /** In the names of folders. */
  PATH = 'PATH',
  /** In both. */
  PATH_AND_FILENAME = 'PATH_AND_FILENAME',
}

/** How exact the date and time of a run are given. Times are UTC. */
export enum PrefixFormat {
  /** The year. */
  YEAR = 'YEAR',
  /** Down to the month. */
  MONTH = 'MONTH',
  /** Down to the day. */
  DAY = 'DAY',
  /** Down to the hour. */
  HOUR = 'HOUR',
  /** Down to the minute. */
  MINUTE = 'MINUTE',
}

/** A folder that AppFlow puts output into. */
export enum PathPrefix {
  /** A folder for each run. */
  EXECUTION_ID = 'EXECUTION_ID',
  /** A folder for each version of the data's schema, which rises when mappings, data types or partition keys change. */
  SCHEMA_VERSION = 'SCHEMA_VERSION',
}

/**
 * The folders and names of the files that AppFlow writes, below the destination's own prefix and the flow's name.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_PrefixConfig.html
 */
export interface PrefixConfig {
  /**
   * Where the date and time of a run stand.
   *
   * @default - AppFlow decides
   */
  readonly prefixType?: PrefixType;

  /**
   * How exact the date and time of a run are given.
   *
   * @default - AppFlow decides
   */
  readonly prefixFormat?: PrefixFormat;

  /**
   * Folders for runs and schema versions, in the order of nesting.
   *
   * @default - none
   */
  readonly pathPrefixHierarchy?: PathPrefix[];
}
