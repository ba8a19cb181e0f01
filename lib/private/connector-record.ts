import type { Fact } from './fact';
import type { TriggerType } from './vocabulary';

/** What is known of one connector. One record a connector, written by hand beside its classes in `connectors/`. */
export interface ConnectorRecord {
  /** The value of `ConnectorType` in the API. */
  readonly type: string;
  /** The application's name as people say it. */
  readonly title: string;
  /** The user guide's page. */
  readonly page: string;
  /** The member that stands for the connector in the API's unions, which is not always spelled as its type. */
  readonly member: string;
  /** The same member in the CloudFormation L1 of aws-cdk-lib. */
  readonly l1Member: string;
  /** Whether flows need a connector profile for it. */
  readonly needsProfile: boolean;
  readonly source?: SourceRecord;
  readonly destination?: DestinationRecord;
  /** Regions in which the connector can be reached through AWS PrivateLink. */
  readonly privateLinkRegions?: Fact<readonly string[]>;
}

/** What is known of a connector as a source. */
export interface SourceRecord {
  readonly triggers: Fact<readonly TriggerType[]>;
  /** The shortest interval between two scheduled runs. */
  readonly minimumIntervalMinutes: Fact<number>;
  /** The members of the connector's operator enum in the API. */
  readonly operators: readonly string[];
  /** Whether CreateFlow refuses a flow that neither projects fields nor maps all. */
  readonly refusesMissingProjection: Fact<boolean>;
  readonly properties: readonly PropertyRecord[];
}

/** What is known of a connector as a destination. */
export interface DestinationRecord {
  readonly writeOperations?: Readonly<Record<string, WriteOperationRecord>>;
  readonly properties: readonly PropertyRecord[];
  /** Whether the AWS Glue Data Catalog can catalogue what arrives here. */
  readonly catalog: boolean;
  /** Whether output can be partitioned by fields. */
  readonly partitionKeys: boolean;
}

/** How a write operation identifies records. */
export interface WriteOperationRecord {
  readonly needsIdFields?: Fact<boolean>;
  readonly maxIdFields?: Fact<number>;
}

/** The constraints of one member of the connector's properties. */
export interface PropertyRecord {
  /** The member's name in the API. */
  readonly name: string;
  /** How messages call it. */
  readonly title: string;
  readonly constraint: Constraint;
}

/** The constraint of a string, as the service model gives it. */
export interface Constraint {
  readonly pattern?: RegExp;
  /** What the pattern means, for messages. */
  readonly patternWords?: string;
  readonly minLength?: number;
  readonly maxLength: number;
}
