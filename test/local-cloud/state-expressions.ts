import { randomUUID } from 'node:crypto';
import jsonata from 'jsonata';
import { expressionIn, type Json } from './states-language';

/** What a state can refer to. */
export interface Reference {
  readonly input: Json;
  readonly result?: Json;
  readonly errorOutput?: Json;
  readonly context: Json;
}

/** An error of a state itself. */
export class StateError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Variables of a part of a state machine: https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
export class Variables {
  private readonly own = new Map<string, Json>();

  constructor(private readonly outer?: Variables) {}

  get all(): Record<string, Json> {
    return { ...this.outer?.all, ...Object.fromEntries(this.own) };
  }

  /** A state in a branch or an iteration can read variables around it, and assign none of their names. */
  assign(values: Record<string, Json>): void {
    const outer = Object.keys(values).find((name) => name in (this.outer?.all ?? {}));
    if (outer !== undefined) {
      throw new StateError('States.Runtime', `the variable ${outer} belongs to an outer scope`);
    }
    Object.entries(values).forEach(([name, value]) => this.own.set(name, value));
  }
}

/** Evaluates each text in `{% %}` of a value: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
export async function evaluate(value: Json, states: Reference, variables: Variables, now: () => number): Promise<Json> {
  if (Array.isArray(value)) {
    return Promise.all(value.map(async (each) => evaluate(each, states, variables, now)));
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(async ([name, each]) => [name, await evaluate(each, states, variables, now)] as const);
    return Object.fromEntries(await Promise.all(members));
  }
  const expression = typeof value === 'string' ? expressionIn(value) : undefined;
  return expression === undefined ? value : query(expression, states, variables, now);
}

async function query(text: string, states: Reference, variables: Variables, now: () => number): Promise<Json> {
  const expression = jsonata(text);
  expression.registerFunction('uuid', () => randomUUID());
  expression.registerFunction('millis', now);
  let result: Json;
  try {
    result = await expression.evaluate(undefined, { ...variables.all, states });
  } catch (error) {
    throw new StateError('States.QueryEvaluationError', `${(error as Error).message} in ${text}`);
  }
  if (result === undefined) {
    throw new StateError('States.QueryEvaluationError', `The JSONata expression '${text}' returned nothing (undefined)`);
  }
  // What JSONata returns has members that JSON does not.
  return JSON.parse(JSON.stringify(result));
}

/** What a path such as `$[0].Runs` selects; other JSONPath is refused by name. */
export function select(path: string, value: Json): Json {
  let selected = value;
  for (const step of stepsOf(path)) {
    if (selected === null || typeof selected !== 'object' || !(step in selected)) {
      throw new StateError('States.ParameterPathFailure', `The JSONPath '${path}' could not be found in the input '${JSON.stringify(value)}'`);
    }
    selected = selected[step];
  }
  return selected;
}

/** Puts a result where a path says; null keeps the input as it is. */
export function place(path: string | null | undefined, input: Json, result: Json): Json {
  if (path === null) {
    return input;
  }
  const steps = stepsOf(path ?? '$');
  if (steps.length > 0 && (typeof input !== 'object' || input === null || Array.isArray(input))) {
    throw new StateError('States.ResultPathMatchFailure', `Unable to apply ReferencePath ${path} to the input ${JSON.stringify(input)}`);
  }
  const at = (index: number) => steps.slice(0, index).reduce((value, step) => value?.[step], input);
  return steps.reduceRight((inner, step, index) => ({ ...at(index), [step]: inner }), result);
}

/** A template of JSONPath, such as a ResultSelector. */
export function fill(template: Json, value: Json): Json {
  return Object.fromEntries(Object.entries(template).map(([name, each]) =>
    name.endsWith('.$') ? [name.slice(0, -2), select(each as string, value)] : [name, each]));
}

function stepsOf(path: string): string[] {
  if (!/^\$(\.\w+|\[\d+\])*$/.test(path)) {
    throw new StateError('States.Runtime', `the local cloud does not know the JSONPath ${path}`);
  }
  return [...path.matchAll(/\.(\w+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? index);
}
