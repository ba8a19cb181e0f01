import { connectorRecord, connectorRecordByMember } from '../connector-records';
import { DESTINATION_FIELD, MAX_FILTERS, SOURCE_FIELD, TASK_PROPERTY_VALUE } from '../constraints';
import type { FlowPlan, TaskPlan } from '../flow-plan';
import { isProjection } from '../task-list';
import { isPlainObject, literalLength, literalString, literalStrings, quote, quoteAll } from '../values';
import { CONTAINS, FILTER_OPERATORS, NO_OP, OPERATORS_BY_TASK_TYPE, TASK_TYPE } from '../vocabulary';
import { didYouMean } from './did-you-mean';
import { type Breach, type Rule, violations } from './rule';
import { eachTask, operatorMembers, operatorOf, operators, TASK_API, TASK_TYPES } from './task';
import { TASK_PROPERTY_RULES } from './task-properties';

const OPERATOR_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ConnectorOperator.html';
const MAPPING_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/create-flow-console.html';
const PARTITION_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/flows-partition.html';

const ALL_OPERATORS = [...OPERATORS_BY_TASK_TYPE.values()].flat();
const COMPARISONS: readonly string[] = [...FILTER_OPERATORS, CONTAINS];

/** How many source fields working tasks have, by their type. */
const FIELD_COUNTS: ReadonlyMap<string, number> = new Map<string, number>([
  [TASK_TYPE.MAP, 1],
  [TASK_TYPE.MASK, 1],
  [TASK_TYPE.TRUNCATE, 1],
  [TASK_TYPE.VALIDATE, 1],
  [TASK_TYPE.ARITHMETIC, 2],
]);

/** Tasks that do nothing without an operator. AppFlow takes NO_OP where there is none. */
const WITH_OPERATOR: readonly string[] = [TASK_TYPE.MASK, TASK_TYPE.VALIDATE, TASK_TYPE.ARITHMETIC];

/** Tasks that read their source fields, besides mappings. */
const READING: readonly string[] = [
  TASK_TYPE.FILTER, TASK_TYPE.MASK, TASK_TYPE.TRUNCATE, TASK_TYPE.VALIDATE, TASK_TYPE.ARITHMETIC, TASK_TYPE.MERGE,
];

/** How many names a message lists. */
const MAX_NAMES = 10;

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
        remedy: remedyForTaskType(task.taskType),
      }]
      : []),
  },
  {
    code: 'task-text-invalid',
    evidence: 'documented',
    source: TASK_API,
    broken: (plan) => eachTask(plan, (task, where) => [
      ...fieldsOf(task).flatMap((field, index) => violations(() => `source field of ${where}`, field, SOURCE_FIELD, ['sourceFields', index])),
      ...violations(() => `destination field of ${where}`, task.destinationField, DESTINATION_FIELD, ['destinationField']),
      ...Object.entries(isPlainObject(task.taskProperties) ? task.taskProperties : {})
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
      const members = operatorMembers(task) ?? [];
      const member = operatorMember(plan);
      return member !== undefined && members.length > 0 && !members.includes(member)
        ? [{
          at: ['connectorOperator', members[0]],
          ...task.taskType === TASK_TYPE.FILTER ? { evidence: 'inferred' as const, source: 'CreateFlow answered a projection: The operator NO_OP is not valid for filtering tasks' } : {},
          what: `${where} has the operator of another connector than the source, so that AppFlow ${task.taskType === TASK_TYPE.FILTER
            ? 'takes NO_OP for it, and may refuse the flow'
            : 'runs the flow and moves no record'}`,
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
      const suitable = known?.filter((name) => OPERATORS_BY_TASK_TYPE.get(task.taskType)?.includes(name) ?? true) ?? [];
      return known !== undefined && !known.includes(operator)
        ? [{
          at: ['connectorOperator', member],
          what: `${where} has an operator that ${record!.type} does not have`,
          got: quote(operator),
          allowed: quoteAll(suitable),
          remedy: suitable.length > 0 ? didYouMean(operator, suitable) : operator === NO_OP ? 'leave the operator out' : 'leave the task out',
        }]
        : [];
    })),
  },
  {
    code: 'filter-without-comparison',
    evidence: 'documented',
    source: 'CreateFlow answers: The operator NO_OP is not valid for filtering tasks',
    broken: (plan) => eachTask(plan, (task, where) => {
      if (task.taskType !== TASK_TYPE.FILTER) {
        return [];
      }
      const hasNone = operatorMembers(task)?.length === 0;
      return hasNone || sourceOperator(plan, task) === NO_OP
        ? [{
          at: ['connectorOperator'],
          // That AppFlow's answer means a task without an operator, too, is read out of its words.
          evidence: hasNone ? 'inferred' : 'documented',
          what: hasNone ? `${where} has no operator, for which AppFlow takes NO_OP, which does not compare` : `${where} has an operator that does not compare`,
          got: hasNone ? 'none' : quote(NO_OP),
          allowed: quoteAll(OPERATORS_BY_TASK_TYPE.get(TASK_TYPE.FILTER)!),
          remedy: 'use one of these',
        }]
        : [];
    }),
  },
  {
    code: 'operator-missing',
    evidence: 'inferred',
    source: 'AppFlow was seen to take NO_OP for a task without an operator',
    broken: (plan) => eachTask(plan, (task, where) => WITH_OPERATOR.includes(task.taskType) && operatorMembers(task)?.length === 0
      ? [{
        at: ['connectorOperator'],
        what: `${where} has no operator, so that it does nothing`,
        got: 'none',
        allowed: quoteAll(OPERATORS_BY_TASK_TYPE.get(task.taskType) ?? []),
        remedy: 'use one of these, keyed by the connector of the source',
      }]
      : []),
  },
  {
    code: 'operator-not-of-task',
    evidence: 'inferred',
    source: 'no working flow was seen with another operator for the task type',
    broken: (plan) => eachTask(plan, (task, where) => {
      const suitable = OPERATORS_BY_TASK_TYPE.get(task.taskType) ?? [];
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
    evidence: 'inferred',
    source: 'every mapping of the user guide, and every working one that was seen, has a destination field; the API does not require it',
    broken: (plan) => eachTask(plan, (task, where) => task.taskType === TASK_TYPE.MAP && (task.destinationField ?? '') === ''
      ? [{ at: ['destinationField'], what: `${where} has no destination field to write to`, remedy: 'name the destination field' }]
      : []),
  },
  {
    code: 'map-not-projected',
    evidence: 'observed',
    source: 'only fields that are projected and mapped reach the destination',
    broken: (plan) => notProjected(plan, [TASK_TYPE.MAP], (where) => `${where} maps a field that the flow does not read, so that it arrives empty`),
  },
  {
    code: 'field-not-projected',
    evidence: 'inferred',
    source: 'AWS Labs\' constructs add such fields to the projection',
    broken: (plan) => notProjected(plan, READING, (where) => `${where} works on a field that the flow does not read`),
  },
  {
    code: 'projection-twice',
    evidence: 'inferred',
    source: 'every working flow has one projection',
    broken: (plan) => {
      const count = plan.tasks.filter(isProjection).length;
      return count > 1
        ? [{ at: ['tasks'], what: 'the flow projects fields more than once', got: `${count} times`, allowed: 'once', remedy: 'name all fields in one projection' }]
        : [];
    },
  },
  {
    code: 'destination-field-mapped-twice',
    evidence: 'inferred',
    source: TASK_API,
    broken: (plan) => {
      const [seen, twice] = [new Set<string>(), new Set<string>()];
      for (const task of plan.tasks.filter(({ taskType }) => taskType === TASK_TYPE.MAP)) {
        const target = literalString(task.destinationField) ?? '';
        (seen.has(target) && target !== '' ? twice : seen).add(target);
      }
      return twice.size > 0
        ? [{
          at: ['tasks'],
          what: 'several mappings write to the same destination field',
          got: quoteSome([...twice]),
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
    code: 'source-field-count-unusual',
    evidence: 'inferred',
    source: 'working tasks of the type have as many',
    broken: (plan) => eachTask(plan, (task, where) => {
      const length = literalLength(task.sourceFields);
      const count = fieldsOf(task).filter((field) => field !== '').length;
      const isFilter = task.taskType === TASK_TYPE.FILTER && (isProjection(task) || isComparison(task));
      const usual = isFilter ? 1 : FIELD_COUNTS.get(task.taskType);
      return length !== undefined && usual !== undefined && (isProjection(task) ? count < usual : count !== usual)
        ? [{
          at: ['sourceFields'],
          what: `${where} has an unusual number of source fields`,
          got: length > count ? `${count} with a name` : String(count),
          allowed: isProjection(task) ? 'all fields that the flow reads' : String(usual),
          remedy: isProjection(task) ? 'name them' : 'name as many, or make a task for each field',
        }]
        : [];
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
        got: quoteAll(fieldsOf(task)),
        allowed: 'two or more',
        remedy: 'use Mapping.field for one field',
      }]
      : []),
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
  ...TASK_PROPERTY_RULES,
];

/** Whether a task is of one of the types, or may be: its type is known only at deploy time, or another rule reports it. */
function isOf(task: TaskPlan, ...types: string[]): boolean {
  return types.includes(task.taskType) || !TASK_TYPES.includes(task.taskType);
}

/** Whether a task projects fields or maps all, or may do so: its type or operator is known only at deploy time, or another rule reports it. */
function mayReadAnyField(task: TaskPlan): boolean {
  return isOf(task, TASK_TYPE.MAP_ALL) || (task.taskType === TASK_TYPE.FILTER && !isComparison(task));
}

function isComparison(task: TaskPlan): boolean {
  const names = operators(task).map(({ operator }) => operator);
  return names.length > 0 && names.length === operatorMembers(task)?.length && names.every((name) => COMPARISONS.includes(name));
}

function lacksProjection(plan: FlowPlan): boolean {
  const refuses = connectorRecord(plan.source.connectorType)?.source?.refusesMissingProjection.value === true;
  return refuses && !plan.tasks.some(mayReadAnyField);
}

/** Tasks of the types on fields that the flow does not read, as far as it is known which it reads. */
function notProjected(plan: FlowPlan, types: readonly string[], what: (where: { toString(): string }) => string): Breach[] {
  const projections = plan.tasks.filter(isProjection);
  const uncertain = plan.tasks.some((task) => isProjection(task) ? literalLength(task.sourceFields) === undefined : mayReadAnyField(task));
  const given: unknown[] = [...projections.flatMap(fieldsOf), ...plan.tasks.flatMap(madeField)];
  const available = new Set(literalStrings(given));
  if (projections.length === 0 || uncertain || available.size < new Set(given).size) {
    return [];
  }
  return eachTask(plan, (task, where) => !types.includes(task.taskType) || isProjection(task) ? [] : literalStrings(task.sourceFields)
    .filter((field) => field !== '' && !available.has(field))
    .map((field) => ({
      at: ['sourceFields'],
      what: what(where),
      got: quote(field),
      allowed: quoteSome([...available]),
      remedy: 'add it to the projection, or leave the raw projection out',
    })));
}

function describeTasks(plan: FlowPlan): string {
  return plan.tasks.length === 0 ? 'no tasks' : `tasks of type ${quoteAll([...new Set(plan.tasks.map((task) => task.taskType))])}`;
}

/** What to do about a task type that there is none of; that of an operator's name is taken for the operator. */
function remedyForTaskType(taskType: string): string {
  const operator = taskType.toUpperCase();
  const [type] = operator === NO_OP ? [] : [...OPERATORS_BY_TASK_TYPE].find(([, names]) => names.includes(operator)) ?? [];
  return type !== undefined ? `make a task of type ${quote(type)} with the operator ${operator}` : didYouMean(taskType, TASK_TYPES);
}

/** The member that operators are keyed by, where the library knows the source's connector. */
function operatorMember({ source: { connectorType } }: FlowPlan): string | undefined {
  const record = connectorRecord(connectorType);
  return record?.source !== undefined ? record.member : undefined;
}

/** The operator that AppFlow looks at. */
function sourceOperator(plan: FlowPlan, task: TaskPlan): string | undefined {
  const member = operatorMember(plan);
  return member === undefined ? operatorOf(task) : operators(task).find((each) => each.member === member)?.operator;
}

/** The field that a formula or concatenation makes for a mapping to write. */
function madeField(task: TaskPlan): unknown[] {
  const makes = [TASK_TYPE.ARITHMETIC, TASK_TYPE.MERGE].some((type) => type === task.taskType);
  return makes && task.destinationField !== undefined ? [task.destinationField] : [];
}

function fieldsOf(task: TaskPlan): readonly unknown[] {
  return Array.isArray(task.sourceFields) ? task.sourceFields : [];
}

function quoteSome(values: readonly string[]): string {
  return values.length > MAX_NAMES ? `${quoteAll(values.slice(0, MAX_NAMES))}, …` : quoteAll(values);
}
