import { Fn, Token } from 'aws-cdk-lib';
import type { FlowTaskConfig } from '../integration';
import { connectorRecord } from './connector-records';
import type { TaskPlan } from './flow-plan';
import { NO_OP, PROJECTION, TASK_TYPE } from './vocabulary';

/**
 * The order in which tasks are sent. AppFlow gives the order no meaning, except that filters run in the order given; one
 * fixed order keeps templates from changing when a task moves in the code.
 */
const ORDER: readonly string[] = [
  TASK_TYPE.FILTER,
  TASK_TYPE.ARITHMETIC,
  TASK_TYPE.MERGE,
  TASK_TYPE.MAP,
  TASK_TYPE.MAP_ALL,
  TASK_TYPE.MASK,
  TASK_TYPE.TRUNCATE,
  TASK_TYPE.VALIDATE,
  TASK_TYPE.PARTITION,
  TASK_TYPE.PASSTHROUGH,
];

/** What stands between field names that are joined at deploy time: nothing that is in one. */
const SEPARATOR = '\n';

/**
 * The task list of a flow: the tasks given, in one order, and the projection that they need.
 *
 * @param sourceType the connector type of the source
 */
export function taskList(configs: readonly FlowTaskConfig[], sourceType: string): TaskPlan[] {
  const record = connectorRecord(sourceType);
  const member = record?.member ?? sourceType;
  const lacks = (operator: string) => record?.source !== undefined && !record.source.operators.includes(operator);
  const tasks = [...lacks(PROJECTION) ? [] : projection(configs), ...configs].map((config) => plan(config, member, lacks));
  return tasks
    .map((task, index) => ({ task, rank: [rank(task), index] }))
    .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1])
    .map(({ task }) => task);
}

export function isProjection(task: TaskPlan): boolean {
  return task.taskType === TASK_TYPE.FILTER && Object.values(task.connectorOperator ?? {}).includes(PROJECTION);
}

/** AppFlow reads only the fields of the projection, unless a task maps all fields. */
function projection(configs: readonly FlowTaskConfig[]): FlowTaskConfig[] {
  const given = configs.some((config) =>
    config.taskType === TASK_TYPE.MAP_ALL || config.operator === PROJECTION || Object.values(config.connectorOperator ?? {}).includes(PROJECTION));
  const sourceFields = union(configs.map((config) => config.reads ?? config.sourceFields));
  if (given || sourceFields.length === 0) {
    return [];
  }
  return [{ taskType: TASK_TYPE.FILTER, sourceFields, operator: PROJECTION }];
}

/** The elements of lists without repetitions, as far as they are known; lists that are known only at deploy time are joined then. */
function union(lists: readonly string[][]): string[] {
  const known = [...new Set(lists.filter((list) => !Token.isUnresolved(list)).flat())];
  const unknown = lists.filter((list) => Token.isUnresolved(list));
  if (unknown.length === 0 || (unknown.length === 1 && known.length === 0)) {
    return unknown[0] ?? known;
  }
  return Fn.split(SEPARATOR, Fn.join(SEPARATOR, [...known, ...unknown.map((list) => Fn.join(SEPARATOR, list))]));
}

function plan(config: FlowTaskConfig, member: string, lacks: (operator: string) => boolean): TaskPlan {
  return {
    taskType: config.taskType,
    sourceFields: config.sourceFields,
    connectorOperator: config.connectorOperator ?? operatorOf(config, member, lacks),
    destinationField: config.destinationField,
    taskProperties: config.taskProperties,
    madeFor: config.madeFor?.name,
  };
}

/** NO_OP says nothing that the task type does not say, and the API does not require it: it is left out for connectors that do not have it. */
function operatorOf({ operator }: FlowTaskConfig, member: string, lacks: (operator: string) => boolean): Record<string, string> | undefined {
  return operator === undefined || (operator === NO_OP && lacks(NO_OP)) ? undefined : { [member]: operator };
}

function rank(task: TaskPlan): number {
  const position = ORDER.indexOf(task.taskType);
  return isProjection(task) ? -1 : position >= 0 ? position : ORDER.length;
}
