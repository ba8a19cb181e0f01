import { MAX_FILTER_CRITERIA, MAX_PARTITION_KEYS, TASK_PROPERTY_VALUE } from '../constraints';
import type { FlowPlan, TaskPlan } from '../flow-plan';
import { isPlainObject, literalLength, literalString, literalStrings, quote, quoteAll } from '../values';
import { CONTAINS, FILTER_OPERATORS, TASK_PROPERTY, TASK_TYPE } from '../vocabulary';
import { didYouMean } from './did-you-mean';
import type { Rule } from './rule';
import { eachTask, operatorOf, operators, property, propertyKeys, shorten, TASK_API, TASK_TYPES } from './task';

const MAPPING_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/create-flow-console.html';
const PARTITION_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/flows-partition.html';
const SEEN = 'values as seen in working flows';

const {
  VALUE, VALUES, LOWER_BOUND, UPPER_BOUND, DATA_TYPE, VALIDATION_ACTION, MASK_VALUE, MASK_LENGTH, TRUNCATE_LENGTH, MATH_OPERATION_FIELDS_ORDER,
  CONCAT_FORMAT, EXCLUDE_SOURCE_FIELDS_LIST, ORDERED_PARTITION_KEYS_LIST,
} = TASK_PROPERTY;
const COMPARISONS: readonly (string | undefined)[] = [...FILTER_OPERATORS, CONTAINS];
const TASK_PROPERTIES = Object.values<string>(TASK_PROPERTY);

/** The data types of a filter for which a value can be checked, and the form that the value must have. */
const VALUE_FORMS: readonly { types: RegExp; form: RegExp; words: string; isOrdered: boolean }[] = [
  {
    types: /^(int|integer|long|short|double|float|decimal|number|currency|percent)$/i,
    form: /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i,
    words: 'a number',
    isOrdered: true,
  },
  { types: /^(date|datetime)$/i, form: /^-?\d+$/, words: 'epoch milliseconds, which the library makes of a Date', isOrdered: true },
  { types: /^boolean$/i, form: /^(true|false)$/i, words: 'true or false', isOrdered: false },
];

/** Without these a task has nothing to do: every working task of the type has them. */
const NEEDED_PROPERTIES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  [TASK_TYPE.TRUNCATE, [TRUNCATE_LENGTH]],
  [TASK_TYPE.VALIDATE, [VALIDATION_ACTION]],
  [TASK_TYPE.ARITHMETIC, [MATH_OPERATION_FIELDS_ORDER]],
  [TASK_TYPE.MERGE, [CONCAT_FORMAT]],
]);

/** The one type of task that a property is for. Of the others it is not known, or they stand with several types. */
const TASK_TYPE_OF_PROPERTY: ReadonlyMap<string, string> = new Map<string, string>([
  [VALUE, TASK_TYPE.FILTER],
  [VALUES, TASK_TYPE.FILTER],
  [LOWER_BOUND, TASK_TYPE.FILTER],
  [UPPER_BOUND, TASK_TYPE.FILTER],
  [VALIDATION_ACTION, TASK_TYPE.VALIDATE],
  [MASK_VALUE, TASK_TYPE.MASK],
  [MASK_LENGTH, TASK_TYPE.MASK],
  [TRUNCATE_LENGTH, TASK_TYPE.TRUNCATE],
  [MATH_OPERATION_FIELDS_ORDER, TASK_TYPE.ARITHMETIC],
  [CONCAT_FORMAT, TASK_TYPE.MERGE],
  [EXCLUDE_SOURCE_FIELDS_LIST, TASK_TYPE.MAP_ALL],
]);

const DROP_RECORD = 'DropRecord';
/** `DropDataset` is what AWS Labs' constructs send to end the run; no working flow with it was seen, and none that it failed. */
const VALIDATION_ACTIONS = [DROP_RECORD, 'DropDataset'];

/** What is unusual about the value of a property, if anything, and what it should be. */
type Usage = (value: string, task: TaskPlan) => { allowed: string; remedy: string } | undefined;

const wholeNumber: Usage = (value) => /^0*[1-9]\d*$/.test(value) ? undefined
  : { allowed: 'a whole number of characters from 1 on', remedy: 'give such a number' };

const USAGES: readonly (readonly [key: string, taskType: string, usage: Usage])[] = [
  [VALIDATION_ACTION, TASK_TYPE.VALIDATE, (value) => VALIDATION_ACTIONS.includes(value) ? undefined
    : { allowed: `${quote(DROP_RECORD)} (how AppFlow calls the end of the run is not documented)`, remedy: didYouMean(value, [DROP_RECORD]) }],
  [MASK_LENGTH, TASK_TYPE.MASK, (value, task) => operatorOf(task) === 'MASK_ALL' ? undefined : wholeNumber(value, task)],
  [MASK_VALUE, TASK_TYPE.MASK, (value) => [...value.slice(0, 4)].length <= 1 ? undefined : { allowed: 'one character', remedy: 'give one, such as *' }],
  [TRUNCATE_LENGTH, TASK_TYPE.TRUNCATE, wholeNumber],
  [EXCLUDE_SOURCE_FIELDS_LIST, TASK_TYPE.MAP_ALL, (value) => isJsonOfStrings(value) ? undefined
    : { allowed: 'the text of a JSON array of field names, such as ["Id","Name"]', remedy: 'write it so, or use Mapping.all with exclude' }],
  [MATH_OPERATION_FIELDS_ORDER, TASK_TYPE.ARITHMETIC, (value, task) => {
    const fields = literalStrings(task.sourceFields);
    const orders = [fields.join(','), [...fields].reverse().join(',')];
    return fields.length !== 2 || literalLength(task.sourceFields) !== 2 || orders.includes(value.replace(/ *, */g, ',')) || orders.includes(value) ? undefined
      : { allowed: `the two source fields, joined by a comma: ${quote(orders[0])}`, remedy: 'name them in the order of the calculation' };
  }],
  [CONCAT_FORMAT, TASK_TYPE.MERGE, (value, task) => {
    const names = [...value.matchAll(/\$\{([^{}]*)\}/g)].map(([, name]) => name);
    const fields = new Set(literalStrings(task.sourceFields));
    const areKnown = literalLength(task.sourceFields) === literalStrings(task.sourceFields).length;
    return names.length > 0 && (!areKnown || names.every((name) => fields.has(name))) ? undefined
      : { allowed: 'text with a placeholder such as ${Name} for each source field', remedy: 'put the fields that are joined into placeholders' };
  }],
];

/** Rules about the properties of tasks. */
export const TASK_PROPERTY_RULES: readonly Rule<FlowPlan>[] = [
  {
    code: 'task-property-unknown',
    evidence: 'documented',
    source: TASK_API,
    broken: (plan) => eachTask(plan, (task, where) => unknownProperties(task).map((key) => ({
      at: ['taskProperties', key],
      what: `${where} has a property that AppFlow does not know`,
      got: quote(key),
      allowed: quoteAll(TASK_PROPERTIES),
      remedy: didYouMean(key, TASK_PROPERTIES),
    }))),
  },
  {
    code: 'task-property-missing',
    evidence: 'observed',
    source: 'every working task of the type has it',
    broken: (plan) => eachTask(plan, (task, where) => missingProperties(task).map((key) => ({
      at: ['taskProperties', key],
      what: `${where} lacks a property that says what it does`,
      got: `the properties ${quoteAll(propertyKeys(task) ?? [])}`,
      allowed: key,
      remedy: 'add it, or use the class for such tasks, which does',
    }))),
  },
  {
    code: 'task-property-of-another-type',
    evidence: 'inferred',
    source: 'no working flow was seen with the property in a task of another type',
    broken: (plan) => eachTask(plan, (task, where) => !TASK_TYPES.includes(task.taskType) || missingProperties(task).length > 0 ? []
      : (propertyKeys(task) ?? [])
        .filter((key) => (TASK_TYPE_OF_PROPERTY.get(key) ?? task.taskType) !== task.taskType)
        .map((key) => ({
          at: ['taskProperties', key],
          what: `${where} has a property of another task type, which has no effect here`,
          got: key,
          allowed: `${key} in a task of type ${quote(TASK_TYPE_OF_PROPERTY.get(key))}`,
          remedy: 'leave it out, or make such a task',
        }))),
  },
  {
    code: 'task-property-value-unusual',
    evidence: 'inferred',
    source: SEEN,
    broken: (plan) => eachTask(plan, (task, where) => USAGES.flatMap(([key, taskType, usage]) => {
      const value = task.taskType === taskType ? property(task, key) : undefined;
      const unusual = value !== undefined && value !== '' && value.length <= TASK_PROPERTY_VALUE.maxLength ? usage(value, task) : undefined;
      return unusual !== undefined
        ? [{ at: ['taskProperties', key], what: `${where} has a value that no working flow was seen with in ${key}`, got: shorten(value!), ...unusual }]
        : [];
    })),
  },
  {
    code: 'too-many-filter-values',
    evidence: 'inferred',
    source: `${MAPPING_PAGE} (a limit of the console)`,
    broken: (plan) => eachTask(plan, (task, where) => {
      const count = property(task, VALUES)?.split(',').length ?? 0;
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
      const given = propertyKeys(task);
      if (task.taskType !== TASK_TYPE.FILTER || !COMPARISONS.includes(operator) || given === undefined || unknownProperties(task).length > 0) {
        return [];
      }
      const needed = operator === 'BETWEEN' ? [[LOWER_BOUND, UPPER_BOUND]] : [[VALUE], [VALUES]];
      return given.includes(DATA_TYPE) && needed.some((keys) => keys.every((key) => given.includes(key)))
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
    code: 'filter-value-ambiguous',
    evidence: 'inferred',
    source: 'every working filter has a value, values or two bounds, and no two of these',
    broken: (plan) => eachTask(plan, (task, where) => {
      const given = (propertyKeys(task) ?? []).filter((key) => [VALUE, VALUES, LOWER_BOUND, UPPER_BOUND].some((name) => name === key));
      const ways = new Set(given.map((key) => key === UPPER_BOUND ? LOWER_BOUND : key));
      return task.taskType === TASK_TYPE.FILTER && ways.size > 1
        ? [{
          at: ['taskProperties', given[given.length - 1]],
          what: `${where} says in several ways what to compare with`,
          got: given.join(', '),
          allowed: `one of ${VALUE}, ${VALUES}, and ${LOWER_BOUND} with ${UPPER_BOUND}`,
          remedy: 'leave the others out',
        }]
        : [];
    }),
  },
  {
    code: 'filter-bounds-reversed',
    evidence: 'inferred',
    source: MAPPING_PAGE,
    broken: (plan) => eachTask(plan, (task, where) => {
      const form = valueForm(task);
      const [lower, upper] = [LOWER_BOUND, UPPER_BOUND].map((key) => property(task, key) ?? '');
      return task.taskType === TASK_TYPE.FILTER && form?.isOrdered && form.form.test(lower) && form.form.test(upper) && Number(lower) > Number(upper)
        ? [{
          at: ['taskProperties', LOWER_BOUND],
          what: `${where} has a lower bound above the upper one, so that no record passes`,
          got: `${lower} to ${upper}`,
          allowed: 'a lower bound that is not above the upper one',
          remedy: 'swap them',
        }]
        : [];
    }),
  },
  {
    code: 'filter-value-of-another-type',
    evidence: 'inferred',
    source: 'values as seen in working filters',
    broken: (plan) => eachTask(plan, (task, where) => {
      const form = valueForm(task);
      const values = task.taskType !== TASK_TYPE.FILTER ? [] : [
        ...[VALUE, LOWER_BOUND, UPPER_BOUND].map((key) => property(task, key)),
        ...property(task, VALUES)?.split(',') ?? [],
      ];
      return form === undefined ? [] : values.filter((value) => value !== undefined && value !== '' && !form.form.test(value)).map((value) => ({
        at: ['taskProperties'],
        what: `${where} compares with a value that does not fit the field's type`,
        got: `${quote(value)} for a field of type ${quote(property(task, DATA_TYPE))}`,
        allowed: form.words,
        remedy: 'give such a value, or the data type that the field really has',
      }));
    }),
  },
  {
    code: 'too-many-partition-keys',
    evidence: 'documented',
    source: PARTITION_PAGE,
    broken: (plan) => eachTask(plan, (task, where) => {
      const count = partitionKeys(task).length;
      return count > MAX_PARTITION_KEYS
        ? [{
          at: ['taskProperties', ORDERED_PARTITION_KEYS_LIST],
          what: `${where} has too many keys`,
          got: String(count),
          allowed: `at most ${MAX_PARTITION_KEYS}`,
          remedy: 'partition by fewer fields',
        }]
        : [];
    }),
  },
];

function isJsonOfStrings(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((element) => typeof element === 'string');
  } catch {
    return false;
  }
}

function partitionKeys(task: TaskPlan): unknown[] {
  const text = property(task, ORDERED_PARTITION_KEYS_LIST);
  try {
    const keys: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(keys) ? keys : [];
  } catch {
    return []; // Not the form that the library sends: nothing is known of it.
  }
}

function valueForm(task: TaskPlan): (typeof VALUE_FORMS)[number] | undefined {
  return VALUE_FORMS.find(({ types }) => types.test(property(task, DATA_TYPE) ?? ''));
}

function unknownProperties(task: TaskPlan): string[] {
  return Object.keys(isPlainObject(task.taskProperties) ? task.taskProperties : {})
    .filter((key) => literalString(key) !== undefined && !TASK_PROPERTIES.includes(key));
}

/** The properties that a task needs and certainly lacks; one that is misspelt is reported as such. */
function missingProperties(task: TaskPlan): string[] {
  const keys = propertyKeys(task);
  const masksPart = task.taskType === TASK_TYPE.MASK && ['MASK_FIRST_N', 'MASK_LAST_N'].includes(operatorOf(task) ?? '');
  const needed = masksPart ? [MASK_LENGTH] : NEEDED_PROPERTIES.get(task.taskType) ?? [];
  return keys === undefined || unknownProperties(task).length > 0 ? [] : needed.filter((key) => !keys.includes(key));
}
