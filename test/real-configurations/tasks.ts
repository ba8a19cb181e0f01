import { isDeepStrictEqual } from 'util';
import {
  Arithmetic, type IFlowTask, Mapping, Mask, Merge, Partition, Passthrough, RawTask, Truncate, Validation, ValidationAction,
} from 'appflow-constructs';
import type { Configuration, Material } from './material';
import type { WrittenSource } from './sources';

/** A task as found, with its parts at hand. */
interface Given {
  readonly type: string;
  readonly fields: string[];
  readonly operator: string;
  readonly destinationField?: string;
  readonly properties: Record<string, string>;
  readonly source: WrittenSource;
}

/** How a task of each type is written, as far as the library's tasks can say it. */
const TASKS: Readonly<Record<string, (given: Given) => IFlowTask | undefined>> = {
  Filter: ({ fields: [field], operator, properties, source }) => {
    const { DATA_TYPE: dataType, VALUE: value, VALUES: values, LOWER_BOUND: lower, UPPER_BOUND: upper } = properties;
    const method = (values !== undefined ? ALTERNATIVE_FILTERS : FILTERS)[operator];
    const conditions = values !== undefined ? [values.split(',')] : operator === 'BETWEEN' ? [lower, upper] : [value];
    return conditions.includes(undefined!) ? undefined : source.filter[method]?.(field, ...conditions, { dataType });
  },
  Map: ({ fields: [field], destinationField, properties: { SOURCE_DATA_TYPE: sourceDataType, DESTINATION_DATA_TYPE: destinationDataType } }) =>
    Mapping.field(field, { destinationField, sourceDataType, destinationDataType }),
  Map_all: ({ properties: { EXCLUDE_SOURCE_FIELDS_LIST: exclude } }) => Mapping.all({ exclude: listOf(exclude) }),
  Mask: ({ fields: [field], operator, properties: { MASK_VALUE: character, MASK_LENGTH: length } }) => {
    switch (operator) {
      case 'MASK_ALL': return Mask.all(field, { character });
      case 'MASK_FIRST_N': return Mask.first(field, Number(length), { character });
      case 'MASK_LAST_N': return Mask.last(field, Number(length), { character });
      default: return undefined;
    }
  },
  Partition: ({ properties: { ORDERED_PARTITION_KEYS_LIST: keys } }) => Partition.keys(...listOf(keys)),
  Passthrough: ({ fields }) => Passthrough.fields(...fields),
  Truncate: ({ fields: [field], properties: { TRUNCATE_LENGTH: length } }) => Truncate.field(field, Number(length)),
  Validate: ({ fields: [field], operator, properties: { VALIDATION_ACTION: action } }) => {
    const { [operator]: method } = VALIDATIONS;
    return method !== undefined ? Validation[method](field, ValidationAction.of(action)) : undefined;
  },
};

const FILTERS: Readonly<Record<string, string>> = {
  BETWEEN: 'between',
  CONTAINS: 'contains',
  EQUAL_TO: 'equalTo',
  GREATER_THAN: 'greaterThan',
  GREATER_THAN_OR_EQUAL_TO: 'greaterThanOrEqualTo',
  LESS_THAN: 'lessThan',
  LESS_THAN_OR_EQUAL_TO: 'lessThanOrEqualTo',
  NOT_EQUAL_TO: 'notEqualTo',
};
const ALTERNATIVE_FILTERS: Readonly<Record<string, string>> = { CONTAINS: 'containsAny', EQUAL_TO: 'equalToAny' };
const VALIDATIONS: Readonly<Record<string, 'notNull' | 'notZero' | 'notNegative' | 'numeric'>> = {
  VALIDATE_NON_NEGATIVE: 'notNegative',
  VALIDATE_NON_NULL: 'notNull',
  VALIDATE_NON_ZERO: 'notZero',
  VALIDATE_NUMERIC: 'numeric',
};
const FORMULAS: Readonly<Record<string, 'add' | 'subtract' | 'multiply' | 'divide'>> = {
  ADDITION: 'add',
  DIVISION: 'divide',
  MULTIPLICATION: 'multiply',
  SUBTRACTION: 'subtract',
};

/** The tasks of a flow, and which of them had to be raw. */
export interface WrittenTasks {
  readonly tasks: IFlowTask[];
  readonly raw: string[];
}

/** Writes the tasks of a flow. */
export function writeTasks(configs: readonly Configuration[], member: string, source: WrittenSource, material: Material): WrittenTasks {
  const raw: string[] = [];
  const given = configs.map((config) => read(config, source, material));
  const formulas = given.map((task) => {
    const formula = writeFormula(task, given);
    return formula !== undefined && says(formula.task, task) ? formula : undefined;
  });
  const mappings = formulas.map((formula) => formula?.mapping);
  const tasks = given.flatMap((task, index) => {
    if (mappings.includes(task) || (isProjection(task) && projectionFollows(task, given))) {
      return [];
    }
    const { ConnectorOperator: operators } = configs[index];
    const isOfSource = Object.keys(operators ?? {}).every((key) => key === member);
    const written = formulas[index]?.task ?? TASKS[task.type]?.(task);
    if (written !== undefined && isOfSource && says(written, task)) {
      return [written];
    }
    raw.push(`${task.type} ${task.operator}`);
    return [new RawTask({
      taskType: task.type,
      sourceFields: task.fields,
      connectorOperator: operators,
      destinationField: task.destinationField,
      taskProperties: task.properties,
    })];
  });
  return { tasks, raw };
}

function read(config: Configuration, source: WrittenSource, material: Material): Given {
  return {
    type: config.TaskType,
    fields: (config.SourceFields ?? []).map((field: Configuration) => material.text(field)),
    operator: String(Object.values(config.ConnectorOperator ?? { any: 'NO_OP' })[0]),
    destinationField: material.optionalText(config.DestinationField),
    properties: Object.fromEntries((config.TaskProperties ?? []).map(({ Key: key, Value: value }: Configuration) => [key, material.text(value)])),
    source,
  };
}

/** A formula or a concatenation, whose result has a name of its own until a mapping writes it to a field. */
function writeFormula({ type, fields, operator, destinationField: result, properties }: Given, tasks: readonly Given[]) {
  const mapping = tasks.find((task) => task.type === 'Map' && task.fields.length === 1 && task.fields[0] === result && task.destinationField !== undefined);
  if (mapping === undefined || result !== fields.join(',')) {
    return undefined;
  }
  const { destinationField, properties: { SOURCE_DATA_TYPE: sourceDataType, DESTINATION_DATA_TYPE: destinationDataType } } = mapping;
  const options = { destinationField: destinationField!, destinationDataType };
  if (type === 'Arithmetic' && FORMULAS[operator] !== undefined && fields.length === 2 && properties.MATH_OPERATION_FIELDS_ORDER === result) {
    return { task: Arithmetic[FORMULAS[operator]](fields[0], fields[1], { ...options, sourceDataType }), mapping };
  }
  if (type === 'Merge' && properties.CONCAT_FORMAT !== undefined && sourceDataType === 'string') {
    return { task: Merge.concatenate(fields, { ...options, format: properties.CONCAT_FORMAT }), mapping };
  }
  return undefined;
}

function isProjection({ type, operator }: Given): boolean {
  return type === 'Filter' && operator === 'PROJECTION';
}

/** Whether the library makes this very projection of the other tasks. */
function projectionFollows({ fields }: Given, tasks: readonly Given[]): boolean {
  const others = tasks.filter((task) => !isProjection(task));
  const made = others.filter(({ type }) => type === 'Arithmetic' || type === 'Merge').map(({ destinationField }) => destinationField);
  const reads = new Set(others.flatMap((task) => task.fields).filter((field) => !made.includes(field)));
  return others.every(({ type }) => type !== 'Map_all') && reads.size === fields.length && fields.every((field) => reads.has(field));
}

/** Whether a task says what was found, and nothing else. */
function says(written: IFlowTask, { type, fields, operator, destinationField, properties }: Given): boolean {
  const [config] = written.bind();
  return isDeepStrictEqual(
    [config.taskType, config.sourceFields, config.operator, config.destinationField, normal(config.taskProperties)],
    [type, fields, operator, destinationField, normal(properties)],
  );
}

function normal(properties: Record<string, string> = {}): Record<string, string> {
  const { EXCLUDE_SOURCE_FIELDS_LIST: exclude, ...others } = properties;
  return { ...others, EXCLUDE_SOURCE_FIELDS_LIST: JSON.stringify(listOf(exclude)) };
}

/** The elements of a list that is written as JSON, where it is. */
function listOf(text?: string): string[] {
  return text?.startsWith('[') ? JSON.parse(text) : [];
}
