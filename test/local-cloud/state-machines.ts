import { randomUUID } from 'node:crypto';
import type { Identities } from './iam';
import { ServiceError } from './service';
import { type Clock, StateThread } from './state-execution';
import { Variables } from './state-expressions';
import type { StateTasks } from './state-tasks';
import { type Definition, type Json, parseDefinition } from './states-language';

/** One execution of a state machine. */
export interface Execution extends Clock {
  readonly arn: string;
  readonly stateMachineArn: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  /** How long it has waited, in all and for retries, as the state machine counts time. */
  waitedSeconds: number;
  output?: Json;
  error?: string;
  cause?: string;
  /** How many events its history has. */
  events: number;
}

interface StateMachine {
  readonly definition: Definition;
  readonly roleArn: string;
}

/** State machines of standard workflows. What of https://states-language.net/spec.html they do not know is refused by name. */
export class StateMachines {
  readonly executions: Execution[] = [];
  /** How fast time goes by while an execution waits, so that no test waits as long as the state machine says. */
  millisecondsPerSecond = 1;
  private readonly machines = new Map<string, StateMachine>();
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  constructor(private readonly tasks: StateTasks, private readonly identities: Identities) {}

  put(arn: string, definition: string, roleArn: string): void {
    if (!this.identities.hasRole(roleArn)) {
      throw new ServiceError('AccessDeniedException', `Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role ${roleArn}.`);
    }
    this.machines.set(arn, { definition: parseDefinition(definition), roleArn });
  }

  delete(arn: string): void {
    this.machines.delete(arn);
  }

  start(stateMachineArn: string, input: string): Execution {
    const machine = this.machines.get(stateMachineArn);
    if (!machine) {
      throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
    }
    const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${randomUUID()}`;
    const execution: Execution = { arn, stateMachineArn, status: 'RUNNING', waitedSeconds: 0, events: 2 };
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
    this.tasks.stop();
  }

  private async run({ definition, roleArn }: StateMachine, execution: Execution, input: Json): Promise<void> {
    const thread = new StateThread(definition, definition.QueryLanguage ?? 'JSONPath', new Variables(), execution, {
      tasks: this.tasks,
      roleArn,
      execution: { Id: execution.arn, Input: input, RoleArn: roleArn },
      count: execution,
      millisecondsPerSecond: () => this.millisecondsPerSecond,
      isStopped: () => this.stopped,
    });
    const outcome = await thread.run(input);
    if (outcome === undefined) {
      execution.status = 'ABORTED';
    } else if ('failure' in outcome) {
      Object.assign(execution, { status: 'FAILED', error: outcome.failure.Error, cause: outcome.failure.Cause });
    } else {
      Object.assign(execution, { status: 'SUCCEEDED', output: outcome.result });
    }
  }
}
