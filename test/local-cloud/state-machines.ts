import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Identities } from './iam';
import type { Lambda } from './lambda';
import { ServiceError } from './service';

interface Retrier {
  readonly ErrorEquals: string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
}

interface Catcher {
  readonly ErrorEquals: string[];
  readonly Next: string;
}

interface Task {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Retry?: Retrier[];
  readonly Catch?: Catcher[];
}

interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, Task>>;
}

/** One execution of a state machine. */
export interface Execution {
  readonly arn: string;
  readonly stateMachineArn: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  /** How long it has waited for retries, as the state machine counts time. */
  waitedSeconds: number;
}

interface StateMachine {
  readonly definition: Definition;
  readonly roleArn: string;
}

interface Failure {
  readonly Error: string;
  readonly Cause: string;
}

/**
 * State machines of tasks that invoke Lambda functions, with retries and catchers: https://states-language.net/spec.html. All else is refused by name.
 */
export class StateMachines {
  readonly executions: Execution[] = [];
  /** How fast time goes by while an execution waits, so that no test waits as long as the state machine says. */
  millisecondsPerSecond = 1;
  private readonly machines = new Map<string, StateMachine>();
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  constructor(private readonly lambda: Lambda, private readonly identities: Identities) {}

  put(arn: string, definition: string, roleArn: string): void {
    if (!this.identities.hasRole(roleArn)) {
      throw new ServiceError('AccessDeniedException', `Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role ${roleArn}.`);
    }
    this.machines.set(arn, { definition: parse(definition), roleArn });
  }

  delete(arn: string): void {
    this.machines.delete(arn);
  }

  start(stateMachineArn: string, input: string): Execution {
    const machine = this.machines.get(stateMachineArn);
    if (!machine) {
      throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
    }
    const execution: Execution = {
      arn: `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${randomUUID()}`, stateMachineArn, status: 'RUNNING', waitedSeconds: 0,
    };
    this.executions.push(execution);
    const end = this.run(machine, execution, JSON.parse(input)).finally(() => this.running.delete(end));
    this.running.add(end);
    return execution;
  }

  /** Resolves when no execution is under way. */
  async settled(): Promise<void> {
    while (this.running.size > 0) {
      await Promise.all([...this.running]);
    }
  }

  stop(): void {
    this.stopped = true;
  }

  private async run({ definition, roleArn }: StateMachine, execution: Execution, input: unknown): Promise<void> {
    let data = input;
    for (let state: Task | undefined = definition.States[definition.StartAt]; state !== undefined;) {
      const task: Task = state;
      const outcome = await this.runTask(task, data, roleArn, execution);
      const failure = 'failure' in outcome ? outcome.failure : undefined;
      const catcher = failure && task.Catch?.find(({ ErrorEquals }) => matches(ErrorEquals, failure));
      if (this.stopped || (failure && !catcher)) {
        execution.status = this.stopped ? 'ABORTED' : 'FAILED';
        return;
      }
      data = 'failure' in outcome ? outcome.failure : outcome.result;
      const next: string | undefined = catcher ? catcher.Next : task.Next;
      state = next === undefined ? undefined : definition.States[next];
    }
    execution.status = 'SUCCEEDED';
  }

  private async runTask(task: Task, input: unknown, roleArn: string, execution: Execution): Promise<{ result: unknown } | { failure: Failure }> {
    const attempts = new Map<Retrier, number>();
    for (;;) {
      const outcome = await this.invoke(task.Resource, input, roleArn);
      if ('result' in outcome) {
        return outcome;
      }
      const retrier = task.Retry?.find(({ ErrorEquals }) => matches(ErrorEquals, outcome.failure));
      const made = retrier ? attempts.get(retrier) ?? 0 : 0;
      if (!retrier || made >= (retrier.MaxAttempts ?? 3) || this.stopped) {
        return outcome;
      }
      attempts.set(retrier, made + 1);
      const seconds = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** made;
      execution.waitedSeconds += seconds;
      await sleep(seconds * this.millisecondsPerSecond);
    }
  }

  private async invoke(functionArn: string, input: unknown, roleArn: string): Promise<{ result: unknown } | { failure: Failure }> {
    if (!this.identities.allows(roleArn, 'lambda:InvokeFunction', functionArn)) {
      return { failure: { Error: 'Lambda.AccessDeniedException', Cause: `${roleArn} is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn}` } };
    }
    try {
      const outcome = await this.lambda.invoke(functionArn, input);
      return 'result' in outcome
        ? { result: outcome.result ?? null }
        : { failure: { Error: outcome.error.name, Cause: JSON.stringify(errorPayload(outcome.error)) } };
    } catch (error) {
      return { failure: { Error: `Lambda.${(error as Error).name}`, Cause: (error as Error).message } };
    }
  }
}

/** What Lambda answers, and tells Step Functions, of a function that has failed. */
export function errorPayload({ name, message, trace }: { readonly name: string; readonly message: string; readonly trace?: readonly string[] }) {
  return { errorType: name, errorMessage: message, trace };
}

function matches(patterns: string[], { Error: name }: Failure): boolean {
  return patterns.includes('States.ALL') || patterns.includes(name) || patterns.includes('States.TaskFailed');
}

const MEMBERS = {
  definition: ['Comment', 'StartAt', 'States'],
  state: ['Comment', 'Type', 'Resource', 'Next', 'End', 'Retry', 'Catch'],
  retrier: ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate'],
  catcher: ['ErrorEquals', 'Next'],
};

function parse(text: string): Definition {
  const definition = JSON.parse(text) as Definition;
  refuseOthers(definition, MEMBERS.definition);
  for (const [name, state] of Object.entries(definition.States)) {
    if (state.Type !== 'Task' || !/^arn:[^:]+:lambda:[^:]+:[^:]+:function:[^:]+$/.test(state.Resource)) {
      throw invalid(`the local cloud runs no state of type ${String(state.Type)} with the resource ${state.Resource} (${name})`);
    }
    refuseOthers(state, MEMBERS.state);
    state.Retry?.forEach((retrier) => refuseOthers(retrier, MEMBERS.retrier));
    state.Catch?.forEach((catcher) => refuseOthers(catcher, MEMBERS.catcher));
    if ((state.Next === undefined) === (state.End !== true)) {
      throw invalid(`state ${name} needs either Next or End`);
    }
  }
  const targets = [
    definition.StartAt,
    ...Object.values(definition.States).flatMap(({ Next, Catch = [] }) => [Next ?? [], ...Catch.map((each) => each.Next)].flat()),
  ];
  const missing = targets.find((target) => !(target in definition.States));
  if (missing !== undefined) {
    throw invalid(`MISSING_TRANSITION_TARGET: ${missing}`);
  }
  return definition;
}

function refuseOthers(value: object, members: string[]): void {
  const other = Object.keys(value).find((member) => !members.includes(member));
  if (other !== undefined) {
    throw invalid(`the local cloud does not know the member ${other} of a state machine's definition`);
  }
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidDefinition', `Invalid State Machine Definition: '${message}'`);
}
