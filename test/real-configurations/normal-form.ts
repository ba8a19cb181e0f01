import type { Configuration } from './material';

/** What AppFlow does without being told, so that sending it or not makes no difference. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  disableSSO: false,
  enableDynamicFieldUpdate: false,
  failOnFirstError: false,
  includeAllVersions: false,
  includeDeletedRecords: false,
  includeRenditions: false,
  includeSourceFiles: false,
  isRedshiftServerless: false,
  isSandboxEnvironment: false,
  preserveSourceDataTyping: false,
  targetFileSize: 0,
  usePrivateLinkForMetadataAndAuthorization: false,
  writeOperationType: 'INSERT',
};

/** Connectors that no profile is needed for, so that naming one makes no difference. */
const WITHOUT_PROFILE = ['CustomerProfiles', 'EventBridge', 'LookoutMetrics', 'S3', 'Upsolver'];

/** A flow without defaults and without an order of tasks. */
export function normalFlow({ FlowStatus: status, SourceFlowConfig: source, ...configuration }: Configuration): Configuration {
  const [[member, properties]] = Object.entries<Configuration>(source.SourceConnectorProperties);
  return withoutDefaults({
    ...configuration,
    // An on-demand flow has no state that could be declared.
    FlowStatus: configuration.TriggerConfig.TriggerType === 'OnDemand' ? undefined : status,
    SourceFlowConfig: { ...source, SourceConnectorProperties: { [member]: normalSource(properties) } },
    DestinationFlowConfigList: configuration.DestinationFlowConfigList.map(normalDestination),
    Tasks: configuration.Tasks.map((task: Configuration) => normalTask(task, member)).sort(byText),
  });
}

/** Renditions and versions of documents come with their files. */
function normalSource(properties: Configuration): Configuration {
  return properties.IncludeRenditions || properties.IncludeAllVersions ? { ...properties, IncludeSourceFiles: true } : properties;
}

function normalDestination({ ConnectorProfileName: profile, DestinationConnectorProperties: all, ...destination }: Configuration): Configuration {
  const [[member, properties]] = Object.entries<Configuration>(all ?? { [destination.ConnectorType]: {} });
  const { IdFieldNames: ids, Object: object, ...others } = properties;
  const inserts = (properties.WriteOperationType ?? 'INSERT') === 'INSERT';
  return {
    ...destination,
    ConnectorProfileName: WITHOUT_PROFILE.includes(destination.ConnectorType) ? undefined : profile,
    DestinationConnectorProperties: {
      [member]: {
        ...others,
        // Nothing has to be known of records that are inserted, and the API knows no object of Lookout for Metrics.
        IdFieldNames: inserts ? undefined : ids,
        Object: member === 'LookoutMetrics' ? undefined : object,
      },
    },
  };
}

/** A connector profile without defaults. */
export function normalProfile(configuration: Configuration): Configuration {
  const { Salesforce: salesforce } = configuration.ConnectorProfileConfig.ConnectorProfileCredentials ?? {};
  if (salesforce?.OAuth2GrantType !== 'AUTHORIZATION_CODE') {
    return withoutDefaults(configuration);
  }
  // What AppFlow does where no grant type is given.
  const { OAuth2GrantType, ...credentials } = salesforce;
  return withoutDefaults({
    ...configuration,
    ConnectorProfileConfig: { ...configuration.ConnectorProfileConfig, ConnectorProfileCredentials: { Salesforce: credentials } },
  });
}

function normalTask(task: Configuration, member: string): Configuration {
  return {
    ...task,
    SourceFields: task.SourceFields.length > 0 ? task.SourceFields : 'none',
    // An operator is optional; for mappings there is only one.
    ConnectorOperator: task.ConnectorOperator ?? { [member]: 'NO_OP' },
    TaskProperties: (task.TaskProperties ?? [])
      .filter((property: Configuration) => property.Key !== 'EXCLUDE_SOURCE_FIELDS_LIST' || property.Value !== '[]')
      .map((property: Configuration) => property.Key === 'EXCLUDE_SOURCE_FIELDS_LIST' ? { ...property, Value: JSON.stringify(JSON.parse(property.Value)) } : property)
      .sort(byText),
  };
}

/** Without defaults and without what is empty. CloudFormation's first letters differ where nothing else does. */
function withoutDefaults(value: Configuration): Configuration {
  if (Array.isArray(value)) {
    return value.map(withoutDefaults);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value)
    .map(([name, member]) => [name[0].toLowerCase() + name.slice(1), withoutDefaults(member)] as const)
    .filter(([name, member]) => DEFAULTS[name] !== member && member !== undefined && !isEmpty(member));
  return Object.fromEntries(members);
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function byText(a: Configuration, b: Configuration): number {
  return text(a) < text(b) ? -1 : 1;
}

/** JSON that does not depend on the order of members. */
function text(value: Configuration): string {
  return JSON.stringify(value, (_, member) => typeof member === 'object' && member !== null && !Array.isArray(member)
    ? Object.fromEntries(Object.entries(member).sort(([x], [y]) => x < y ? -1 : 1))
    : member);
}
