import { setTimeout as sleep } from 'node:timers/promises';
import { evaluate, fill, place, type Reference, StateError, Variables } from './state-expressions';
import type { Failure, Outcome, StateTasks } from './state-tasks';
import { type Catcher, type Definition, type Json, languageOf, type Retrier, type State } from './states-language';

/** "Maximum execution history size: 25,000 events": developer guide, service quotas. */
const MAX_EVENTS = 25_000;

/** The time that has gone by in an execution, or in a branch of it, as the state machine counts it. */
export interface Clock {
  waitedSeconds: number;
}

/** What the parts of one execution share. */
export interface ExecutionContext {
  readonly tasks: StateTasks;
  readonly roleArn: string;
  readonly execution: Json;
  readonly count: { events: number };
  /** How fast time goes by while an execution waits. */
  millisecondsPerSecond(): number;
  isStopped(): boolean;
}

type Step = { readonly output: Json; readonly next?: string } | { readonly failure: Failure };

/** Runs the states of a definition, one after the other: the state machine's own, those of a branch, or those of an iteration. */
export class StateThread {
  /** Whether a part next to this one has failed, so that this one goes no further. */
  private isAbandoned = false;
  private readonly parts: StateThread[] = [];

  constructor(
    private readonly definition: Definition,
    private readonly language: string,
    private readonly variables: Variables,
    private readonly clock: Clock,
    private readonly context: ExecutionContext,
    private readonly item?: Json,
  ) {}

  async run(input: Json): Promise<Outcome | undefined> {
    let data = input;
    for (let name: string | undefined = this.definition.StartAt; name !== undefined;) {
      const step: Step = await this.enter(name, this.definition.States[name], data);
      if (this.context.isStopped() || this.isAbandoned) {
        return undefined;
      }
      if ('failure' in step) {
        return step;
      }
      data = step.output;
      name = step.next;
    }
    return { result: data };
  }

  private async enter(name: string, state: State, input: Json): Promise<Step> {
    const context = { Execution: this.context.execution, State: { Name: name, EnteredTime: new Date(this.now()).toISOString() }, ...this.item };
    const reference: Reference = { input, context };
    try {
      this.happened(2);
      return await this.pass(state, reference);
    } catch (error) {
      if (!(error instanceof StateError)) {
        throw error;
      }
      return this.failed(state, { Error: error.name, Cause: error.message }, reference);
    }
  }

  private async pass(state: State, reference: Reference): Promise<Step> {
    switch (state.Type) {
      case 'Task':
      case 'Parallel':
      case 'Map':
        return this.attempt(state, reference);
      case 'Wait':
        await this.wait(await this.evaluated(state.Seconds, reference));
        return this.leave(state, reference);
      case 'Choice':
        return { output: reference.input, next: await this.choose(state, reference) };
      case 'Fail':
        return { failure: { Error: await this.text(state, state.Error, reference), Cause: await this.text(state, state.Cause, reference) } };
      default:
        return this.leave(state, reference);
    }
  }

  private async attempt(state: State, reference: Reference): Promise<Step> {
    const attempts = new Map<Retrier, number>();
    for (;;) {
      const outcome = await this.resultOf(state, reference);
      if (outcome === undefined) {
        return { output: undefined };
      }
      if ('result' in outcome) {
        return this.leave(state, { ...reference, result: outcome.result });
      }
      const retrier = state.Retry?.find(({ ErrorEquals }) => matches(ErrorEquals, outcome.failure));
      const made = retrier ? attempts.get(retrier) ?? 0 : 0;
      if (!retrier || made >= (retrier.MaxAttempts ?? 3) || this.context.isStopped()) {
        return this.failed(state, outcome.failure, reference);
      }
      attempts.set(retrier, made + 1);
      await this.wait(Math.min((retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** made, retrier.MaxDelaySeconds ?? Infinity));
    }
  }

  private async resultOf(state: State, reference: Reference): Promise<Outcome | undefined> {
    const { input } = reference;
    if (state.Type === 'Task') {
      this.happened(3);
      const given = state.Arguments === undefined ? input : await this.evaluated(state.Arguments, reference);
      return this.context.tasks.run(state, given, this.context.roleArn);
    }
    this.happened(2);
    if (state.Type === 'Parallel') {
      return this.together(state.Branches!.map((branch) => ({ part: this.part(branch, this.item), input })), state.Branches!.length);
    }
    const items = await this.evaluated(state.Items ?? '{% $states.input %}', reference) as Json[];
    const parts = items.map((Value, Index) => ({ part: this.part(state.ItemProcessor!, { Map: { Item: { Index, Value } } }), input: Value }));
    return this.together(parts, state.MaxConcurrency ?? items.length);
  }

  private part(definition: Definition, item?: Json): StateThread {
    const clock = { waitedSeconds: this.clock.waitedSeconds };
    const part = new StateThread(definition, this.language, new Variables(this.variables), clock, this.context, item);
    this.parts.push(part);
    return part;
  }

  /** Runs parts at the same time, so many at once, and fails with the first that fails. */
  private async together(parts: readonly { readonly part: StateThread; readonly input: Json }[], concurrency: number): Promise<Outcome | undefined> {
    const results: Json[] = [];
    let failure: Failure | undefined;
    const waiting = parts.map((part, index) => ({ ...part, index }));
    const work = async (since: number) => {
      let time = since;
      for (let next = waiting.shift(); next !== undefined && failure === undefined; next = waiting.shift()) {
        next.part.clock.waitedSeconds = time;
        const outcome = await next.part.run(next.input);
        time = next.part.clock.waitedSeconds;
        if (outcome !== undefined && 'failure' in outcome) {
          failure ??= outcome.failure;
          parts.forEach(({ part }) => part.abandon());
        } else {
          results[next.index] = outcome?.result;
        }
      }
      this.clock.waitedSeconds = Math.max(this.clock.waitedSeconds, time);
    };
    const since = this.clock.waitedSeconds;
    await Promise.all(Array.from({ length: Math.min(concurrency, parts.length) }, async () => work(since)));
    return failure !== undefined ? { failure } : this.context.isStopped() || this.isAbandoned ? undefined : { result: results };
  }

  private abandon(): void {
    this.isAbandoned = true;
    this.parts.forEach((part) => part.abandon());
  }

  private async leave(state: State, reference: Reference): Promise<Step> {
    const { input, result } = reference;
    const next = state.Next;
    if (languageOf(state, this.language) === 'JSONata') {
      const fallback = 'result' in reference ? result : input;
      const output = state.Output === undefined ? fallback : await this.evaluated(state.Output, reference);
      await this.assign(state.Assign, reference);
      return { output, next };
    }
    const selected = state.ResultSelector === undefined ? result : fill(state.ResultSelector, result);
    const passed = state.Type === 'Pass' ? state.Result ?? input : selected;
    return { output: place(state.ResultPath, input, passed), next };
  }

  private async failed(state: State, failure: Failure, reference: Reference): Promise<Step> {
    const catcher = state.Catch?.find(({ ErrorEquals }) => matches(ErrorEquals, failure));
    if (catcher === undefined) {
      return { failure };
    }
    return { output: await this.caught(state, catcher, { ...reference, errorOutput: failure }), next: catcher.Next };
  }

  private async caught(state: State, { Output, Assign, ResultPath }: Catcher, reference: Reference): Promise<Json> {
    if (languageOf(state, this.language) !== 'JSONata') {
      return place(ResultPath, reference.input, reference.errorOutput);
    }
    const output = Output === undefined ? reference.errorOutput : await this.evaluated(Output, reference);
    await this.assign(Assign, reference);
    return output;
  }

  private async choose(state: State, reference: Reference): Promise<string> {
    for (const { Condition, Next } of state.Choices!) {
      const holds = await this.evaluated(Condition, reference);
      if (typeof holds !== 'boolean') {
        throw new StateError('States.QueryEvaluationError', `The condition ${Condition} is not true or false: ${JSON.stringify(holds)}`);
      }
      if (holds) {
        return Next;
      }
    }
    if (state.Default === undefined) {
      throw new StateError('States.NoChoiceMatched', 'no condition holds, and there is no Default');
    }
    return state.Default;
  }

  private async assign(values: Json, reference: Reference): Promise<void> {
    if (values !== undefined) {
      this.variables.assign(await this.evaluated(values, reference));
    }
  }

  private async text(state: State, value: Json, reference: Reference): Promise<string> {
    const text = languageOf(state, this.language) === 'JSONata' ? await this.evaluated(value, reference) : value;
    if (typeof text !== 'string') {
      throw new StateError('States.QueryEvaluationError', `an error and its cause are texts, and not ${JSON.stringify(text)}`);
    }
    return text;
  }

  private async evaluated(value: Json, reference: Reference): Promise<Json> {
    return evaluate(value, reference, this.variables, () => this.now());
  }

  private async wait(seconds: Json): Promise<void> {
    if (typeof seconds !== 'number' || !(seconds >= 0 && seconds <= 99_999_999)) {
      throw new StateError('States.Runtime', `a state cannot wait for ${JSON.stringify(seconds)} seconds`);
    }
    this.clock.waitedSeconds += seconds;
    await sleep(seconds * this.context.millisecondsPerSecond());
  }

  private now(): number {
    return Date.now() + this.clock.waitedSeconds * 1000;
  }

  private happened(events: number): void {
    this.context.count.events += events;
    if (this.context.count.events > MAX_EVENTS) {
      throw new StateError('States.Runtime', `The execution reached the maximum number of history events (${MAX_EVENTS}).`);
    }
  }
}

function matches(patterns: string[], { Error: name }: Failure): boolean {
  return name !== 'States.Runtime' && (patterns.includes('States.ALL') || patterns.includes(name) || patterns.includes('States.TaskFailed'));
}
