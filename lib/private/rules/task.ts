import type { FlowPlan, TaskPlan } from '../flow-plan';
import { isPlainObject, literalString, literalStrings, quote } from '../values';
import { TASK_TYPE } from '../vocabulary';
import type { Breach } from './rule';

/** What rules about tasks look at. */

export const TASK_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_Task.html';

export const TASK_TYPES = Object.values<string>(TASK_TYPE);

/** What is wrong with a task; where is said from the task on. */
type TaskBreach = Omit<Breach, 'at'> & Partial<Pick<Breach, 'at'>>;

/** Runs a check over each task, and tells the check how to call it. */
export function eachTask(plan: FlowPlan, broken: (task: TaskPlan, where: { toString(): string }) => TaskBreach[]): Breach[] {
  // The task is put into words only where something is wrong with it.
  return plan.tasks.flatMap((task, index) => broken(task, { toString: () => describeTask(task) })
    .map(({ at = [], ...breach }) => ({ ...breach, at: ['tasks', index, ...at] })));
}

function describeTask(task: TaskPlan): string {
  const fields = literalStrings(task.sourceFields);
  const shown = fields.slice(0, 3).map(shorten).join(', ') + (fields.length > 3 ? ', …' : '');
  return `the ${literalString(task.taskType) ?? ''} task${fields.length > 0 ? ` on ${shown}` : ''}`;
}

/** A text in quotes, cut where it is long. */
export function shorten(text: string): string {
  return text.length > 64 ? `'${text.slice(0, 64)}…'` : quote(text);
}

/** The members of the operator, or undefined where they are known only at deploy time. */
export function operatorMembers(task: TaskPlan): string[] | undefined {
  return knownKeys(task.connectorOperator);
}

/** The operators that are known, by the members that they are keyed by. */
export function operators(task: TaskPlan): { member: string; operator: string }[] {
  return Object.entries(isPlainObject(task.connectorOperator) ? task.connectorOperator : {})
    .filter(([member, operator]) => literalString(member) !== undefined && literalString(operator) !== undefined)
    .map(([member, operator]) => ({ member, operator }));
}

/** The one operator of a task, or undefined where it has none, has several, or it is known only at deploy time. */
export function operatorOf(task: TaskPlan): string | undefined {
  return operatorMembers(task)?.length === 1 ? operators(task)[0]?.operator : undefined;
}

/** The keys of a task's properties, or undefined where they are known only at deploy time. */
export function propertyKeys(task: TaskPlan): string[] | undefined {
  return knownKeys(task.taskProperties);
}

/** The text of a task's property, or undefined where it has none or its value is known only at deploy time. */
export function property(task: TaskPlan, key: string): string | undefined {
  return isPlainObject(task.taskProperties) && Object.hasOwn(task.taskProperties, key) ? literalString(task.taskProperties[key]) : undefined;
}

function knownKeys(map: unknown): string[] | undefined {
  const keys = map === undefined ? [] : isPlainObject(map) ? Object.keys(map) : undefined;
  return keys?.every((key) => literalString(key) !== undefined) ? keys : undefined;
}
