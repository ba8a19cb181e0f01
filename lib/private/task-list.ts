import { Fn, Token } from 'aws-cdk-lib';
import type { FlowTaskConfig } from '../integration';
import type { TaskPlan } from './flow-plan';
import { PROJECTION, TASK_TYPE } from './vocabulary';

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
 * @param member the member of the operator union that stands for the source connector
 */
export function taskList(configs: readonly FlowTaskConfig[], member: string): TaskPlan[] {
  const tasks = [...projection(configs), ...configs].map((config) => plan(config, member));
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

function plan(config: FlowTaskConfig, member: string): TaskPlan {
  return {
    taskType: config.taskType,
    sourceFields: config.sourceFields,
    connectorOperator: config.connectorOperator ?? (config.operator !== undefined ? { [member]: config.operator } : undefined),
    destinationField: config.destinationField,
    taskProperties: config.taskProperties,
    madeFor: config.madeFor?.name,
  };
}

function rank(task: TaskPlan): number {
  const position = ORDER.indexOf(task.taskType);
  return isProjection(task) ? -1 : position >= 0 ? position : ORDER.length;
}
