import jsonata from 'jsonata';
import { OPERATIONS } from './appflow/operation';
import { ServiceError } from './service';

/** A JSON value as a definition, an input or an output has it. */
export type Json = any;

export interface Retrier {
  readonly ErrorEquals: string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
}

export interface Catcher {
  readonly ErrorEquals: string[];
  readonly Next: string;
  readonly ResultPath?: string | null;
  readonly Output?: Json;
  readonly Assign?: Json;
}

interface Rule {
  readonly Condition: string;
  readonly Next: string;
}

/** A state, of any type, of which each has other members. */
export interface State {
  readonly Type: string;
  readonly QueryLanguage?: 'JSONata' | 'JSONPath';
  readonly Resource?: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Retry?: Retrier[];
  readonly Catch?: Catcher[];
  readonly Choices?: Rule[];
  readonly Default?: string;
  readonly Branches?: Definition[];
  readonly ItemProcessor?: Definition;
  readonly [member: string]: Json;
}

/** A state machine, or a part of one. */
export interface Definition {
  readonly QueryLanguage?: 'JSONata' | 'JSONPath';
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

const LAMBDA = /^arn:[^:]+:lambda:[^:]+:[^:]+:function:[^:]+$/;
const APPFLOW = /^arn:[^:]+:states:::aws-sdk:appflow:([a-z]\w+)$/;

/** The members that states of a type have in a query language. The rest of https://states-language.net/spec.html is refused by name. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  'JSONPath Task': ['Resource', 'Next', 'End', 'Retry', 'Catch'],
  'JSONPath Pass': ['Result', 'ResultPath', 'Next', 'End'],
  'JSONPath Parallel': ['Branches', 'ResultSelector', 'ResultPath', 'Next', 'End', 'Retry', 'Catch'],
  'JSONPath Succeed': [],
  'JSONPath Fail': ['Error', 'Cause'],
  'JSONata Task': ['Resource', 'Arguments', 'Output', 'Assign', 'Next', 'End', 'Retry', 'Catch'],
  'JSONata Pass': ['Output', 'Assign', 'Next', 'End'],
  'JSONata Wait': ['Seconds', 'Output', 'Assign', 'Next', 'End'],
  'JSONata Choice': ['Choices', 'Default'],
  'JSONata Parallel': ['Branches', 'Output', 'Assign', 'Next', 'End', 'Retry', 'Catch'],
  'JSONata Map': ['Items', 'MaxConcurrency', 'ItemProcessor', 'Output', 'Assign', 'Next', 'End', 'Retry', 'Catch'],
  'JSONata Succeed': ['Output'],
  'JSONata Fail': ['Error', 'Cause'],
};
const STATE = ['Comment', 'Type', 'QueryLanguage'];
const DEFINITION = ['Comment', 'StartAt', 'States', 'QueryLanguage'];
const PROCESSOR = ['Comment', 'StartAt', 'States', 'ProcessorConfig'];
const RETRIER = ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy'];
const CATCHER = { JSONPath: ['ErrorEquals', 'Next', 'ResultPath'], JSONata: ['ErrorEquals', 'Next', 'Output', 'Assign'] };
const RULE = ['Condition', 'Next', 'Comment'];
/** "State names must be less than or equal to 80 characters in length": developer guide, state machine structure. */
const MAX_NAME = 80;
/** "$eval is not supported": developer guide, "Transforming data with JSONata". */
const REFUSED_FUNCTIONS = ['eval'];

/** Reads a definition, and refuses what Step Functions would not take, and what the local cloud does not know. */
export function parseDefinition(text: string): Definition {
  const definition = JSON.parse(text) as Definition;
  refuseOthers(definition, DEFINITION);
  checkStates(definition, definition.QueryLanguage ?? 'JSONPath', new Set());
  return definition;
}

export function languageOf(state: State, outer: string): 'JSONata' | 'JSONPath' {
  return state.QueryLanguage ?? (outer as 'JSONata' | 'JSONPath');
}

/** The operation of AppFlow that a task calls, if any. */
export function operationOf({ Resource }: State): string | undefined {
  const action = APPFLOW.exec(Resource ?? '')?.[1];
  return action === undefined ? undefined : action[0].toUpperCase() + action.slice(1);
}

/** The text of an expression in `{% %}`; undefined for any other text. */
export function expressionIn(text: string): string | undefined {
  return /^\{%(.*)%\}$/s.exec(text)?.[1];
}

function checkStates({ StartAt, States }: Definition, language: string, names: Set<string>): void {
  for (const [name, state] of Object.entries(States)) {
    if (names.has(name) || name.length > MAX_NAME) {
      throw invalid(names.has(name) ? `DUPLICATE_STATE_NAME: ${name}` : `the name of a state is too long: ${name}`);
    }
    names.add(name);
    checkState(name, state, language, names);
  }
  const targets = [StartAt, ...Object.values(States).flatMap(({ Next, Default, Catch = [], Choices = [] }) =>
    [Next ?? [], Default ?? [], ...[...Catch, ...Choices].map((each) => each.Next)].flat())];
  const missing = targets.find((target) => !(target in States));
  if (missing !== undefined) {
    throw invalid(`MISSING_TRANSITION_TARGET: ${missing}`);
  }
}

function checkState(name: string, state: State, outer: string, names: Set<string>): void {
  const language = languageOf(state, outer);
  const members = MEMBERS[`${language} ${state.Type}`];
  if (members === undefined || (outer === 'JSONata' && language !== 'JSONata')) {
    throw invalid(`the local cloud runs no state of type ${state.Type} in ${language} within ${outer} (${name})`);
  }
  refuseOthers(state, [...STATE, ...members]);
  if (state.Type === 'Task') {
    checkTask(name, state, language);
  }
  state.Retry?.forEach((retrier) => refuseOthers(retrier, RETRIER));
  state.Catch?.forEach((catcher) => refuseOthers(catcher, CATCHER[language]));
  state.Choices?.forEach((rule) => refuseOthers(rule, RULE));
  if (members.includes('Next') && (state.Next === undefined) === (state.End !== true)) {
    throw invalid(`state ${name} needs either Next or End`);
  }
  const { Branches = [], ItemProcessor, ...own } = state;
  if (language === 'JSONata') {
    checkExpressions(name, own);
  }
  Branches.forEach((branch) => {
    refuseOthers(branch, ['StartAt', 'States']);
    checkStates(branch, outer, names);
  });
  if (ItemProcessor !== undefined) {
    refuseOthers(ItemProcessor, PROCESSOR);
    checkStates(ItemProcessor, outer, names);
  }
}

function checkTask(name: string, state: State, language: string): void {
  const operation = OPERATIONS.get(operationOf(state) ?? '');
  if (operation === undefined ? language === 'JSONata' || !LAMBDA.test(state.Resource!) : language !== 'JSONata') {
    throw invalid(`the local cloud runs no task with the resource ${state.Resource} in ${language} (${name})`);
  }
  const known = [...operation?.input.structIterator() ?? []].map(([member]) => member[0].toUpperCase() + member.slice(1));
  const unknown = Object.keys(state.Arguments ?? {}).find((argument) => !known.includes(argument));
  if (unknown !== undefined) {
    throw invalid(`The field "${unknown}" is not supported by Step Functions (${name})`);
  }
}

function checkExpressions(name: string, value: Json): void {
  if (typeof value === 'string') {
    const expression = expressionIn(value);
    if (expression !== undefined) {
      checkExpression(name, expression);
    }
  } else if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach((each) => checkExpressions(name, each));
  }
}

function checkExpression(name: string, expression: string): void {
  try {
    jsonata(expression);
  } catch (error) {
    throw invalid(`JSONata syntax error in ${name}: ${(error as Error).message}`);
  }
  const refused = REFUSED_FUNCTIONS.find((each) => expression.includes(`$${each}(`));
  if (refused !== undefined) {
    throw invalid(`Step Functions has no function $${refused} (${name})`);
  }
}

function refuseOthers(value: object, members: readonly string[]): void {
  const other = Object.keys(value).find((member) => !members.includes(member));
  if (other !== undefined) {
    throw invalid(`the local cloud does not know the member ${other} of a state machine's definition here`);
  }
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidDefinition', `Invalid State Machine Definition: '${message}'`);
}
