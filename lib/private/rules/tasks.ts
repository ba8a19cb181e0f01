import { connectorRecord, connectorRecordByMember } from '../connector-records';
import { DESTINATION_FIELD, MAX_FILTER_CRITERIA, MAX_FILTERS, MAX_PARTITION_KEYS, SOURCE_FIELD, TASK_PROPERTY_VALUE } from '../constraints';
import type { FlowPlan, TaskPlan } from '../flow-plan';
import { isProjection } from '../task-list';
import { literalLength, literalString, literalStrings, quote, quoteAll } from '../values';
import { NO_OP, OPERATORS_BY_TASK_TYPE, PROJECTION, TASK_PROPERTY, TASK_TYPE } from '../vocabulary';
import { didYouMean } from './did-you-mean';
import { type Breach, type Rule, violations } from './rule';

const TASK_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_Task.html';
const OPERATOR_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ConnectorOperator.html';
const MAPPING_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/create-flow-console.html';
const PARTITION_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/flows-partition.html';

const { VALUE, VALUES, LOWER_BOUND, UPPER_BOUND, DATA_TYPE } = TASK_PROPERTY;
const TASK_TYPES = Object.values<string>(TASK_TYPE);
const TASK_PROPERTIES = Object.values<string>(TASK_PROPERTY);
const ALL_OPERATORS = Object.values(OPERATORS_BY_TASK_TYPE).flat();

/** The data types of a filter for which a value can be checked, and the form that the value must have. */
const VALUE_FORMS: readonly { types: RegExp; form: RegExp; words: string }[] = [
  { types: /^(int|integer|long|short|double|float|decimal|number|currency|percent)$/i, form: /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, words: 'a number' },
  { types: /^(date|datetime)$/i, form: /^-?\d+$/, words: 'epoch milliseconds, which the library makes of a Date' },
  { types: /^boolean$/i, form: /^(true|false)$/i, words: 'true or false' },
];

/** Rules about tasks, each by itself and all together. */
export const TASK_RULES: readonly Rule<FlowPlan>[] = [
  {
    code: 'task-type-unknown',
    evidence: 'documented',
    source: TASK_API,
    broken: (plan) => eachTask(plan, (task, where) => literalString(task.taskType) !== undefined && !TASK_TYPES.includes(task.taskType)
      ? [{
        at: ['taskType'],
        what: `${where} has a type that AppFlow does not know`,
        got: quote(task.taskType),
        allowed: quoteAll(TASK_TYPES),
        remedy: didYouMean(task.taskType, TASK_TYPES),
      }]
      : []),
  },
  {
    code: 'task-property-unknown',
    evidence: 'documented',
    source: TASK_API,
    broken: (plan) => eachTask(plan, (task, where) => Object.keys(task.taskProperties ?? {})
      .filter((key) => literalString(key) !== undefined && !TASK_PROPERTIES.includes(key))
      .map((key) => ({
        at: ['taskProperties', key],
        what: `${where} has a property that AppFlow does not know`,
        got: quote(key),
        allowed: quoteAll(TASK_PROPERTIES),
        remedy: didYouMean(key, TASK_PROPERTIES),
      }))),
  },
  {
    code: 'task-text-invalid',
    evidence: 'documented',
    source: TASK_API,
    broken: (plan) => eachTask(plan, (task, where) => [
      ...task.sourceFields.flatMap((field, index) => violations(() => `source field of ${where}`, field, SOURCE_FIELD, ['sourceFields', index])),
      ...violations(() => `destination field of ${where}`, task.destinationField, DESTINATION_FIELD, ['destinationField']),
      ...Object.entries(task.taskProperties ?? {})
        .flatMap(([key, value]) => violations(() => `property ${key} of ${where}`, value, TASK_PROPERTY_VALUE, ['taskProperties', key])),
    ]),
  },
  {
    code: 'task-of-another-connector',
    evidence: 'documented',
    source: OPERATOR_API,
    broken: (plan) => eachTask(plan, (task, where) => literalString(task.madeFor) !== undefined
      && literalString(plan.source.connectorType) !== undefined && task.madeFor !== plan.source.connectorType
      ? [{
        what: `${where} was made from the source of another connector`,
        got: `a task for ${task.madeFor}`,
        allowed: `a task for ${plan.source.connectorType}`,
        remedy: 'make the filter from the source that the flow has',
      }]
      : []),
  },
  {
    code: 'operator-of-another-connector',
    evidence: 'observed',
    source: 'the service took such tasks, and ran the flow without moving a record',
    broken: (plan) => eachTask(plan, (task, where) => {
      const members = Object.keys(task.connectorOperator ?? {});
      const member = connectorRecord(plan.source.connectorType)?.member;
      return member !== undefined && members.length > 0 && !members.includes(member)
        ? [{
          at: ['connectorOperator', members[0]],
          what: `${where} has the operator of another connector than the source, so that AppFlow runs the flow and moves no record`,
          got: quoteAll(members),
          allowed: quote(member),
          remedy: 'key the operator by the connector of the source, whatever the destination',
        }]
        : [];
    }),
  },
  {
    code: 'operator-not-of-connector',
    evidence: 'documented',
    source: OPERATOR_API,
    broken: (plan) => eachTask(plan, (task, where) => operators(task).flatMap(({ member, operator }) => {
      const record = connectorRecordByMember(member);
      const known = record?.source?.operators;
      const suitable = known?.filter((name) => OPERATORS_BY_TASK_TYPE[task.taskType]?.includes(name) ?? true) ?? [];
      return known !== undefined && !known.includes(operator)
        ? [{
          at: ['connectorOperator', member],
          what: `${where} has an operator that ${record!.type} does not have`,
          got: quote(operator),
          allowed: quoteAll(suitable),
          remedy: didYouMean(operator, suitable),
        }]
        : [];
    })),
  },
  {
    code: 'filter-without-comparison',
    evidence: 'documented',
    source: 'CreateFlow answers: The operator NO_OP is not valid for filtering tasks',
    broken: (plan) => eachTask(plan, (task, where) => task.taskType === TASK_TYPE.FILTER && operators(task).some(({ operator }) => operator === NO_OP)
      ? [{
        at: ['connectorOperator'],
        what: `${where} has an operator that does not compare`,
        got: quote(NO_OP),
        allowed: quoteAll(OPERATORS_BY_TASK_TYPE[TASK_TYPE.FILTER]),
        remedy: 'use one of these',
      }]
      : []),
  },
  {
    code: 'operator-not-of-task',
    evidence: 'inferred',
    source: 'no working flow was seen with another operator for the task type',
    broken: (plan) => eachTask(plan, (task, where) => {
      const suitable = OPERATORS_BY_TASK_TYPE[task.taskType] ?? [];
      return suitable.length === 0 ? [] : operators(task)
        .filter(({ operator }) => ALL_OPERATORS.includes(operator) && !suitable.includes(operator))
        .filter(({ operator }) => !(task.taskType === TASK_TYPE.FILTER && operator === NO_OP))
        .map(({ member, operator }) => ({
          at: ['connectorOperator', member],
          what: `${where} has an operator of another task type`,
          got: quote(operator),
          allowed: quoteAll(suitable),
          remedy: 'use one of these, or another task type',
        }));
    }),
  },
  {
    code: 'projection-missing',
    evidence: 'documented',
    source: 'CreateFlow answers: You must specify a projection task or a MAP_ALL task',
    broken: (plan) => lacksProjection(plan)
      ? [{
        at: ['tasks'],
        evidence: connectorRecord(plan.source.connectorType)?.source?.refusesMissingProjection.evidence,
        source: connectorRecord(plan.source.connectorType)?.source?.refusesMissingProjection.source,
        what: `the flow reads no field, and ${plan.source.connectorType} needs to know which`,
        got: describeTasks(plan),
        remedy: 'add Mapping.all(), or a Mapping.field for each field',
      }]
      : [],
  },
  {
    code: 'nothing-mapped',
    evidence: 'observed',
    source: 'flows without a mapping ran, and reported success with no records',
    broken: (plan) => lacksProjection(plan) || plan.tasks.some((task) => isOf(task, TASK_TYPE.MAP, TASK_TYPE.MAP_ALL, TASK_TYPE.PASSTHROUGH))
      ? []
      : [{
        at: ['tasks'],
        what: 'the flow maps no field, so that no record reaches the destination',
        got: describeTasks(plan),
        remedy: 'add Mapping.all(), or a Mapping.field for each field',
      }],
  },
  {
    code: 'map-without-destination',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/create-flow-api.html',
    broken: (plan) => eachTask(plan, (task, where) => task.taskType === TASK_TYPE.MAP && (task.destinationField ?? '') === ''
      ? [{ at: ['destinationField'], what: `${where} has no destination field to write to`, remedy: 'name the destination field' }]
      : []),
  },
  {
    code: 'map-not-projected',
    evidence: 'observed',
    source: 'only fields that are projected and mapped reach the destination',
    broken: (plan) => {
      const projections = plan.tasks.filter(isProjection);
      const uncertain = plan.tasks.some((task) => isProjection(task) ? literalLength(task.sourceFields) === undefined : mayReadAnyField(task));
      const given = [...projections.flatMap((task) => task.sourceFields), ...plan.tasks.flatMap(madeField)];
      const available = new Set(literalStrings(given));
      if (projections.length === 0 || uncertain || available.size < new Set(given).size) {
        return [];
      }
      return eachTask(plan, (task, where) => task.taskType !== TASK_TYPE.MAP ? [] : literalStrings(task.sourceFields)
        .filter((field) => !available.has(field))
        .map((field) => ({
          at: ['sourceFields'],
          what: `${where} maps a field that the flow does not read, so that it arrives empty`,
          got: quote(field),
          allowed: quoteAll([...available]),
          remedy: 'add it to the projection, or leave the raw projection out',
        })));
    },
  },
  {
    code: 'destination-field-mapped-twice',
    evidence: 'inferred',
    source: TASK_API,
    broken: (plan) => {
      const targets = plan.tasks.filter((task) => task.taskType === TASK_TYPE.MAP).map((task) => literalString(task.destinationField));
      const twice = new Set(targets.filter((target, index) => target !== undefined && target !== '' && targets.indexOf(target) !== index));
      return twice.size > 0
        ? [{
          at: ['tasks'],
          what: 'several mappings write to the same destination field',
          got: quoteAll([...twice]),
          allowed: 'one mapping a field',
          remedy: 'leave all but one out',
        }]
        : [];
    },
  },
  {
    code: 'map-all-twice',
    evidence: 'inferred',
    source: TASK_API,
    broken: (plan) => {
      const count = plan.tasks.filter((task) => task.taskType === TASK_TYPE.MAP_ALL).length;
      return count > 1
        ? [{
          at: ['tasks'],
          what: 'the flow maps all fields more than once',
          got: `${count} times`,
          allowed: 'once',
          remedy: 'put all exclusions into one Mapping.all()',
        }]
        : [];
    },
  },
  {
    code: 'too-many-filters',
    evidence: 'inferred',
    source: `${MAPPING_PAGE} (a limit of the console)`,
    broken: (plan) => {
      const count = plan.tasks.filter((task) => task.taskType === TASK_TYPE.FILTER && !isProjection(task)).length;
      return count > MAX_FILTERS
        ? [{
          at: ['tasks'],
          what: 'the flow has more filters than AppFlow\'s console allows',
          got: String(count),
          allowed: `at most ${MAX_FILTERS}`,
          remedy: 'filter on fewer fields',
        }]
        : [];
    },
  },
  {
    code: 'too-many-filter-values',
    evidence: 'inferred',
    source: `${MAPPING_PAGE} (a limit of the console)`,
    broken: (plan) => eachTask(plan, (task, where) => {
      const count = literalString(task.taskProperties?.[VALUES])?.split(',').length ?? 0;
      return task.taskType === TASK_TYPE.FILTER && count > MAX_FILTER_CRITERIA
        ? [{
          at: ['taskProperties', VALUES],
          what: `${where} has more values than AppFlow's console allows`,
          got: String(count),
          allowed: `at most ${MAX_FILTER_CRITERIA}`,
          remedy: 'give fewer values',
        }]
        : [];
    }),
  },
  {
    code: 'filter-without-value',
    evidence: 'observed',
    source: 'every working filter has a data type, and a value, values or two bounds',
    broken: (plan) => eachTask(plan, (task, where) => {
      const operator = operators(task)[0]?.operator;
      if (task.taskType !== TASK_TYPE.FILTER || operator === undefined || operator === PROJECTION || operator === NO_OP) {
        return [];
      }
      const given = Object.keys(task.taskProperties ?? {});
      const known = given.every((key) => literalString(key) !== undefined);
      const needed = operator === 'BETWEEN' ? [[LOWER_BOUND, UPPER_BOUND]] : [[VALUE], [VALUES]];
      return !known || (given.includes(DATA_TYPE) && needed.some((keys) => keys.every((key) => given.includes(key))))
        ? []
        : [{
          at: ['taskProperties'],
          what: `${where} does not say what to compare with`,
          got: `the properties ${quoteAll(given)}`,
          allowed: `${DATA_TYPE} and ${needed.map((keys) => keys.join(' with ')).join(' or ')}`,
          remedy: 'make the filter from the source, which sets them',
        }];
    }),
  },
  {
    code: 'filter-value-of-another-type',
    evidence: 'inferred',
    source: 'values as seen in working filters',
    broken: (plan) => eachTask(plan, (task, where) => {
      const form = VALUE_FORMS.find(({ types }) => types.test(literalString(task.taskProperties?.[DATA_TYPE]) ?? ''));
      const values = task.taskType !== TASK_TYPE.FILTER ? [] : [
        ...[VALUE, LOWER_BOUND, UPPER_BOUND].map((key) => literalString(task.taskProperties?.[key])),
        ...literalString(task.taskProperties?.[VALUES])?.split(',') ?? [],
      ];
      return form === undefined ? [] : values.filter((value) => value !== undefined && value !== '' && !form.form.test(value)).map((value) => ({
        at: ['taskProperties'],
        what: `${where} compares with a value that does not fit the field's type`,
        got: `${quote(value)} for a field of type ${quote(task.taskProperties?.[DATA_TYPE])}`,
        allowed: form.words,
        remedy: 'give such a value, or the data type that the field really has',
      }));
    }),
  },
  {
    code: 'merge-of-one-field',
    evidence: 'observed',
    source: 'working concatenations join two or more fields',
    broken: (plan) => eachTask(plan, (task, where) => task.taskType === TASK_TYPE.MERGE && (literalLength(task.sourceFields) ?? 2) < 2
      ? [{
        at: ['sourceFields'],
        what: `${where} joins fewer than two fields`,
        got: quoteAll(task.sourceFields),
        allowed: 'two or more',
        remedy: 'use Mapping.field for one field',
      }]
      : []),
  },
  {
    code: 'too-many-partition-keys',
    evidence: 'documented',
    source: PARTITION_PAGE,
    broken: (plan) => eachTask(plan, (task, where) => {
      const count = partitionKeys(task).length;
      return count > MAX_PARTITION_KEYS
        ? [{
          at: ['taskProperties', TASK_PROPERTY.ORDERED_PARTITION_KEYS_LIST],
          what: `${where} has too many keys`,
          got: String(count),
          allowed: `at most ${MAX_PARTITION_KEYS}`,
          remedy: 'partition by fewer fields',
        }]
        : [];
    }),
  },
  {
    code: 'partition-without-s3',
    evidence: 'inferred',
    source: PARTITION_PAGE,
    broken: (plan) => connectorRecord(plan.destination.connectorType)?.destination?.partitionKeys === false
      ? eachTask(plan, (task, where) => task.taskType === TASK_TYPE.PARTITION
        ? [{
          what: `${where} partitions data that is not written to Amazon S3`,
          got: `${plan.destination.connectorType} as the destination`,
          allowed: 'S3',
          remedy: 'leave the partition out',
        }]
        : [])
      : [],
  },
  {
    code: 'task-encoding-inferred',
    evidence: 'inferred',
    source: 'AppFlow does not document how its API takes these tasks',
    broken: (plan) => eachTask(plan, (task, where) => [TASK_TYPE.PARTITION, TASK_TYPE.PASSTHROUGH].some((type) => type === task.taskType)
      ? [{
        what: `${where} is sent in a form that the library infers, since AppFlow documents none`,
        remedy: 'check the first run, then acknowledge this, or send another form with a RawTask',
      }]
      : []),
  },
];

/** What is wrong with a task; where is said from the task on. */
type TaskBreach = Omit<Breach, 'at'> & Partial<Pick<Breach, 'at'>>;

/** Runs a check over each task, and tells the check how to call it. */
function eachTask(plan: FlowPlan, broken: (task: TaskPlan, where: { toString(): string }) => TaskBreach[]): Breach[] {
  // The task is put into words only where something is wrong with it.
  return plan.tasks.flatMap((task, index) => broken(task, { toString: () => describeTask(task) })
    .map(({ at = [], ...breach }) => ({ ...breach, at: ['tasks', index, ...at] })));
}

/** Whether a task is of one of the types, or may be: its type is known only at deploy time, or another rule reports it. */
function isOf(task: TaskPlan, ...types: string[]): boolean {
  return types.includes(task.taskType) || !TASK_TYPES.includes(task.taskType);
}

/** Whether a task projects fields or maps all, or may do so: its type or operator is known only at deploy time. */
function mayReadAnyField(task: TaskPlan): boolean {
  const operatorUnknown = Object.values(task.connectorOperator ?? {}).some((operator) => literalString(operator) === undefined);
  return isOf(task, TASK_TYPE.MAP_ALL) || isProjection(task) || (task.taskType === TASK_TYPE.FILTER && operatorUnknown);
}

function lacksProjection(plan: FlowPlan): boolean {
  const refuses = connectorRecord(plan.source.connectorType)?.source?.refusesMissingProjection.value === true;
  return refuses && !plan.tasks.some(mayReadAnyField);
}

function describeTasks(plan: FlowPlan): string {
  return plan.tasks.length === 0 ? 'no tasks' : `tasks of type ${quoteAll([...new Set(plan.tasks.map((task) => task.taskType))])}`;
}

function describeTask(task: TaskPlan): string {
  const fields = literalStrings(task.sourceFields);
  const shown = fields.slice(0, 3).map(shorten).join(', ') + (fields.length > 3 ? ', …' : '');
  return `the ${literalString(task.taskType) ?? ''} task${fields.length > 0 ? ` on ${shown}` : ''}`;
}

function shorten(field: string): string {
  return field.length > 64 ? `'${field.slice(0, 64)}…'` : quote(field);
}

function operators(task: TaskPlan): { member: string; operator: string }[] {
  return Object.entries(task.connectorOperator ?? {})
    .filter(([, operator]) => literalString(operator) !== undefined)
    .map(([member, operator]) => ({ member, operator }));
}

/** The field that a formula or concatenation makes for a mapping to write. */
function madeField(task: TaskPlan): string[] {
  const makes = [TASK_TYPE.ARITHMETIC, TASK_TYPE.MERGE].some((type) => type === task.taskType);
  return makes && task.destinationField !== undefined ? [task.destinationField] : [];
}

function partitionKeys(task: TaskPlan): unknown[] {
  const text = literalString(task.taskProperties?.[TASK_PROPERTY.ORDERED_PARTITION_KEYS_LIST]);
  try {
    const keys: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(keys) ? keys : [];
  } catch {
    return []; // Not the form that the library sends: nothing is known of it.
  }
}
