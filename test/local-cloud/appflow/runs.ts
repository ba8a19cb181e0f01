import { randomUUID } from 'node:crypto';
import { type ScheduledTriggerProperties } from '@aws-sdk/client-appflow';
import { type Flow, movesRecords } from './flow';
import { quotaExceeded } from './refusal';
import { isOver, type Run, type RunOutcome } from './run';
import { type World } from './world';

const CONCURRENT_RUNS = 1000;
const THIRTY_DAYS = 30 * 24 * 60 * 60 * 1000;

/** Starts runs, ends them when they are looked at, cancels them. */
export class Runs {
  private readonly outcomes = new Map<string, RunOutcome[]>();

  constructor(private readonly world: World, private readonly now: () => Date, private readonly flows: ReadonlyMap<string, Flow>) {}

  /** Says how the next run of a flow ends; several calls speak of several runs. */
  setNext(flowName: string, outcome: RunOutcome): void {
    this.outcomes.set(flowName, [...this.outcomes.get(flowName) ?? [], outcome]);
  }

  begin(flow: Flow, startedAt = this.now()): Run {
    const quota = this.world.quotas?.concurrentRuns ?? CONCURRENT_RUNS;
    const running = [...this.flows.values()].flatMap(({ runs }) => runs).filter((run) => !isOver(run));
    if (running.length >= quota) throw quotaExceeded(`The account already has ${quota} concurrent flow runs`);
    const run: Run = {
      id: randomUUID(),
      startedAt,
      lastUpdatedAt: startedAt,
      pull: pullOf(flow, startedAt),
      outcome: this.outcomes.get(flow.definition.flowName)?.shift() ?? this.usual(flow),
      status: 'InProgress',
      looks: 0,
    };
    flow.runs.unshift(run);
    return run;
  }

  /** A caller looks at the runs of a flow: those whose time has come have ended. */
  look(flow: Flow): void {
    for (const run of flow.runs.filter((candidate) => !isOver(candidate)).reverse()) {
      run.looks += 1;
      if (run.status === 'CancelStarted') this.end(flow, run, 'Canceled');
      else if (this.isDue(run)) this.end(flow, run, run.outcome.status);
    }
  }

  /** Cancels what is in progress and returns the ids that could not be canceled. Without ids, everything in progress is meant. */
  cancel(flow: Flow, ids: readonly string[] | undefined): string[] {
    const running = new Map(flow.runs.filter(({ status }) => status === 'InProgress').map((run) => [run.id, run]));
    for (const run of running.values()) {
      if (ids === undefined || ids.includes(run.id)) {
        run.status = 'CancelStarted';
        run.lastUpdatedAt = this.now();
      }
    }
    return (ids ?? []).filter((id) => !running.has(id));
  }

  private isDue(run: Run): boolean {
    const after = run.outcome.settlesAfter ?? this.world.runsSettleAfter ?? { looks: 1 };
    return 'looks' in after ? run.looks > after.looks : this.now().getTime() - run.startedAt.getTime() >= after.milliseconds;
  }

  private end(flow: Flow, run: Run, status: Run['status']): void {
    run.status = status;
    run.lastUpdatedAt = this.now();
    const threshold = scheduleOf(flow)?.flowErrorDeactivationThreshold;
    const failures = flow.runs.filter(isOver).findIndex((ended) => ended.status !== 'Error');
    const consecutive = failures === -1 ? flow.runs.filter(isOver).length : failures;
    // "…the maximum number of consecutive flow failures before deactivation" (model, FlowErrorDeactivationThreshold). Suspended is what
    // StopFlow, the documented way to deactivate, leaves.
    if (threshold !== undefined && consecutive >= threshold && flow.status === 'Active') {
      flow.status = 'Suspended';
      flow.statusMessage = `Deactivated after ${consecutive} consecutive failed runs`;
    }
  }

  private usual(flow: Flow): RunOutcome {
    const recordsProcessed = movesRecords(flow.definition) ? this.world.recordsPerRun ?? 10 : 0;
    return { status: 'Successful', recordsProcessed, bytesProcessed: 100 * recordsProcessed, bytesWritten: 100 * recordsProcessed };
  }
}

export function scheduleOf({ definition: { triggerConfig } }: Flow): ScheduledTriggerProperties | undefined {
  return triggerConfig.triggerType === 'Scheduled' ? triggerConfig.triggerProperties?.Scheduled : undefined;
}

/**
 * The first incremental run reads the last 30 days or from `firstExecutionFrom`, later runs from where the last one ended; the offset
 * shifts what is read back, not the run (user guide, flow-triggers).
 */
function pullOf(flow: Flow, startedAt: Date): Run['pull'] {
  const schedule = scheduleOf(flow);
  if (schedule?.dataPullMode !== 'Incremental') return undefined;
  const last = flow.runs.find(({ status, pull }) => status === 'Successful' && pull !== undefined);
  const from = last?.pull?.to ?? schedule.firstExecutionFrom ?? new Date(startedAt.getTime() - THIRTY_DAYS);
  return { from, to: new Date(startedAt.getTime() - (schedule.scheduleOffset ?? 0) * 1000) };
}
