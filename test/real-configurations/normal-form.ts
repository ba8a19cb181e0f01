import type { Configuration } from './construct';

/** What AppFlow does without being told, so that sending it or not makes no difference. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  EnableDynamicFieldUpdate: false,
  IncludeDeletedRecords: false,
  PreserveSourceDataTyping: false,
  FailOnFirstError: false,
  WriteOperationType: 'INSERT',
};

/** A configuration without defaults and without an order of tasks. */
export function normalForm(configuration: Configuration): Configuration {
  return withoutDefaults({
    ...configuration,
    Tasks: configuration.Tasks.map((task: Configuration) => normalTask(task, operatorMember(configuration))).sort(byText),
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

function operatorMember(configuration: Configuration): string {
  return Object.keys(configuration.SourceFlowConfig.SourceConnectorProperties)[0];
}

function withoutDefaults(value: Configuration): Configuration {
  if (Array.isArray(value)) {
    return value.map(withoutDefaults);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value)
    .filter(([name, member]) => DEFAULTS[name] !== member)
    .map(([name, member]) => [name, withoutDefaults(member)] as const)
    .filter(([, member]) => member !== undefined && !isEmpty(member));
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
