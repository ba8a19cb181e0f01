import type { Fact } from './fact';
import type { EndPlan, FlowPlan } from './flow-plan';
import type { ConnectorProfilePlan } from './rules/connector-profile';
import type { Rule } from './rules/rule';

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
  /** What is known of connector profiles for it; a connector without is reached without a profile. */
  readonly profile?: ProfileRecord;
  readonly source?: SourceRecord;
  readonly destination?: DestinationRecord;
  /** What the user guide says of sizes, frequencies and the like that nothing checks. */
  readonly limits?: readonly Limit[];
  /** Why nobody should begin to use it. */
  readonly discontinued?: Fact<string>;
  /** What AppFlow does not take, or takes to no avail, of this connector alone. */
  readonly rules?: readonly Rule<FlowPlan>[];
  readonly profileRules?: readonly Rule<ConnectorProfilePlan>[];
}

/** What is known of the connector profiles of a connector. */
export interface ProfileRecord {
  /** Whether `AWS::AppFlow::ConnectorProfile` can express them. */
  readonly inCloudFormation: boolean;
  /** The ways to sign in, in the words of the field. */
  readonly authentication: readonly string[];
  /** Members of the profile's properties. */
  readonly properties: readonly PropertyRecord[];
  /** Members of the profile's credentials. Their values are in no message. */
  readonly credentials: readonly PropertyRecord[];
  /** Whether the application can be reached through AWS PrivateLink, and in which Regions where they are listed. */
  readonly privateLink?: PrivateLinkRecord;
}

export interface PrivateLinkRecord {
  readonly supported: Fact<boolean>;
  readonly regions?: Fact<readonly string[]>;
}

/** What is known of a connector as a source. */
export interface SourceRecord {
  readonly triggers: Fact<readonly string[]>;
  /** The shortest interval between two scheduled runs. */
  readonly minimumIntervalMinutes: Fact<number>;
  /** The members of the connector's operator enum in the API. */
  readonly operators: readonly string[];
  /** Those of them that CloudFormation's schema lacks. */
  readonly operatorsNotInCloudFormation?: readonly string[];
  /** Whether CreateFlow refuses a flow that neither projects fields nor maps all. */
  readonly refusesMissingProjection: Fact<boolean>;
  /** The connector types that the connector's page lists as destinations. */
  readonly destinations: Fact<readonly string[]>;
  /** What a flow must filter on. */
  readonly mandatoryFilters?: Fact<readonly MandatoryFilter[]>;
  readonly properties: readonly PropertyRecord[];
  /** The members of the properties that say which object a flow reads, which AppFlow does not change in a flow; `object` where left out, which is inferred. */
  readonly objectMembers?: Fact<readonly string[]>;
  /** What the application takes a number of within 24 hours, from everybody together, where a run takes one at least. */
  readonly dailyLimits?: readonly DailyLimit[];
}

/** How much of something an application takes within 24 hours. */
export interface DailyLimit {
  /** How messages call it, in the plural. */
  readonly title: string;
  readonly most: Fact<number>;
  /** Whether runs of a flow with these source properties take one, where not those of all flows do. */
  readonly counts?: (properties: EndPlan['properties']) => boolean;
}

/** A filter that every flow from a connector needs. */
export interface MandatoryFilter {
  /** The operator that tells it. */
  readonly operator: string;
  /** How messages call it. */
  readonly title: string;
}

/** What is known of a connector as a destination. */
export interface DestinationRecord {
  /** Whether `AWS::AppFlow::Flow` can express it. */
  readonly inCloudFormation: boolean;
  /** The triggers of flows that may write to it, where it does not take any. */
  readonly triggers?: Fact<readonly string[]>;
  /** Where what is written can be chosen. Others insert. */
  readonly writeOperations?: Readonly<Record<string, WriteOperationRecord>>;
  readonly properties: readonly PropertyRecord[];
  /** The members of the properties that say which object a flow writes, which AppFlow does not change in a flow; `object` where left out, which is inferred. */
  readonly objectMembers?: Fact<readonly string[]>;
  /** Whether the AWS Glue Data Catalog can catalogue what arrives here. */
  readonly catalog: boolean;
  /** Whether output can be partitioned by fields. */
  readonly partitionKeys: boolean;
  /** Whether the API has an error handling configuration for it. */
  readonly errorHandling: boolean;
}

/** How a write operation identifies records. */
export interface WriteOperationRecord {
  /** Whether the connector has the operation, where its page says so. */
  readonly supported?: Fact<boolean>;
  readonly needsIdFields?: Fact<boolean>;
  readonly maxIdFields?: Fact<number>;
}

/** The constraints of one member of the connector's properties. */
export interface PropertyRecord {
  /** The member's path in the API, such as `object`, `paginationConfig.maxPageSize`, `idFieldNames.*`, or `customProperties.*` for the values of a map. */
  readonly name: string;
  /** How messages call it. */
  readonly title: string;
  readonly constraint: Constraint;
}

/** The constraint of a value, as the service model gives it. */
export type Constraint = TextConstraint | EnumConstraint | RangeConstraint | MapConstraint;

interface ModelConstraint {
  /** Whether CloudFormation's schema leaves it out. */
  readonly notInCloudFormation?: boolean;
}

export interface TextConstraint extends ModelConstraint {
  readonly pattern?: RegExp;
  /** What the pattern means, for messages. */
  readonly patternWords?: string;
  readonly minLength?: number;
  readonly maxLength: number;
  /** How CloudFormation's schema differs, which has the lengths, and the pattern without its anchors. */
  readonly inCloudFormation?: { readonly length?: false; readonly pattern?: false | 'anchored' };
}

/** The constraint of a text that is one of a few. */
export interface EnumConstraint extends ModelConstraint {
  readonly values: readonly string[];
}

/** The constraint of a whole number. */
export interface RangeConstraint extends ModelConstraint {
  readonly min: number;
  readonly max: number;
}

/** The constraint of a map as such; its values have records of their own. CDK's template validation does not count the entries. */
export interface MapConstraint extends ModelConstraint {
  readonly maxEntries: number;
  readonly key: TextConstraint;
}

/** A limit of the connector, for its documentation. */
export interface Limit {
  readonly text: string;
  readonly source: string;
}
