import * as appflow from '@aws-sdk/client-appflow';
import { type ConnectorConfiguration, ConnectorType, type Operators } from '@aws-sdk/client-appflow';
import { NormalizedSchema } from '@smithy/core/schema';

/** Connectors that need no connector profile: their user guide pages ask for none, and CloudFormation's profile type does not list them. */
const WITHOUT_PROFILE: ReadonlySet<ConnectorType> = new Set([
  ConnectorType.S3, ConnectorType.EVENTBRIDGE, ConnectorType.LOOKOUTMETRICS, ConnectorType.UPSOLVER, ConnectorType.CUSTOMERPROFILES,
]);

/** User guide, private-flows. */
const WITH_PRIVATE_LINK: ReadonlySet<ConnectorType> = new Set([
  ConnectorType.SALESFORCE, ConnectorType.SINGULAR, ConnectorType.SNOWFLAKE, ConnectorType.TRENDMICRO, ConnectorType.SAPODATA,
]);

export function needsProfile(type: ConnectorType): boolean {
  return !WITHOUT_PROFILE.has(type);
}

type Keyed = 'SourceConnectorProperties' | 'DestinationConnectorProperties' | 'ConnectorOperator' | 'ConnectorProfileCredentials';

/**
 * The member of a structure that belongs to a connector. Members and connector types differ in case (`Servicenow` has the member
 * `ServiceNow`), and in nothing else.
 */
export function memberOf(structure: Keyed, type: ConnectorType): string | undefined {
  const schema = (appflow as unknown as Record<string, never>)[`${structure}$`];
  for (const [member] of NormalizedSchema.of(schema).structIterator()) {
    if (member.toLowerCase() === type.toLowerCase()) return member;
  }
  return undefined;
}

/** What is documented of a built-in connector. Triggers, frequencies and destinations of most are known to DescribeConnector alone, so they are left out. */
export function describeBuiltIn(type: ConnectorType): ConnectorConfiguration {
  const operator = memberOf('ConnectorOperator', type);
  const operators = operator && (appflow as unknown as Record<string, Record<string, Operators>>)[`${operator}ConnectorOperator`];
  return {
    connectorType: type,
    canUseAsSource: memberOf('SourceConnectorProperties', type) !== undefined,
    canUseAsDestination: memberOf('DestinationConnectorProperties', type) !== undefined,
    isPrivateLinkEnabled: WITH_PRIVATE_LINK.has(type),
    supportedOperators: operators ? Object.values(operators) : undefined,
    // The one connector whose triggers and frequencies the API reference shows (DescribeConnector, sample response).
    ...type === ConnectorType.SALESFORCE ? {
      supportedTriggerTypes: ['OnDemand', 'Scheduled', 'Event'],
      supportedSchedulingFrequencies: ['BYMINUTE', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'ONCE'],
    } : {},
  };
}
