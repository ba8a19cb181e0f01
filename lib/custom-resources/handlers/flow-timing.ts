import type { AppFlow, FlowDescription, RunDescription } from './appflow';
import type { CustomResourceEvent, Outcome, Properties } from './cloudformation';
import type { TimeLeft } from './deadline';
import { CustomResourceError, ErrorCode } from './errors';
import { flowDescription } from './flow-description';
import { canonical, isOfStack } from './ownership';
import { another, persist } from './persistence';
import { requiredStructure, requiredText } from './properties';
import { refusal } from './refusal';
import { ScheduleStart } from './schedule-start';
import { asServiceError, ServiceError } from './service';
import type { OwnStack } from './stack';
import { Times, TimingId } from './timing-id';

/** Says of a flow that it was active and is stopped so that another can go on in its place. */
export const STOPPED_FOR_TAG = 'appflow-constructs:stopped-for';

/** "The first time a schedule-triggered flow runs, it imports the last 30 days": user guide, flow-triggers. */
const DEFAULT_SECONDS_BACK = 30 * 86_400;

/** How long a run in progress is waited for: not for half of the function's time, which is 15 minutes. */
const MAX_WAIT = 6 * 60_000;
const SHARE_OF_TIME = 0.4;
const PAUSE = 500;
const MAX_PAUSE = 15_000;

export interface TimingSurroundings {
  readonly appflow: AppFlow;
  readonly stack: OwnStack;
  readonly time: TimeLeft;
  /** Milliseconds since 1 January 1970. */
  readonly now?: () => number;
}

/**
 * `Custom::AppFlowFlowTiming`: the times of a flow that are worked out on deployment, before CloudFormation creates or updates the flow: when its
 * schedule starts, and where its first run starts to read.
 */
export async function timeFlow(event: CustomResourceEvent, surroundings: TimingSurroundings): Promise<Outcome> {
  return event.RequestType === 'Delete'
    // A flow that another has replaced goes with its own resource.
    ? { physicalResourceId: event.PhysicalResourceId ?? event.LogicalResourceId }
    : new FlowTiming(event, surroundings).settle();
}

/** What the properties say. */
class Declaration {
  public readonly flowName: string;
  public readonly start?: Properties;
  public readonly continuation?: Properties;

  constructor(properties: Properties) {
    this.flowName = requiredText(properties, 'FlowName');
    this.start = properties.Start === undefined ? undefined : requiredStructure(properties, 'Start');
    this.continuation = properties.Continuation === undefined ? undefined : requiredStructure(properties, 'Continuation');
  }

  /** What the user says of where the first run starts to read. */
  public get from(): number | undefined {
    const { FirstExecutionFrom } = this.continuation ?? {};
    return FirstExecutionFrom === undefined ? undefined : Number(FirstExecutionFrom);
  }

  public get source(): string {
    return canonical(this.continuation?.SourceObject);
  }

  /** What makes a start another one: not the end of the schedule, which the start only has to come before. */
  public get startSettings(): string {
    const { EndTime, ...settings } = this.start ?? {};
    return canonical(settings);
  }
}

class FlowTiming {
  private readonly declared: Declaration;
  private readonly appflow: AppFlow;
  private readonly time: TimeLeft;

  constructor(private readonly event: CustomResourceEvent, private readonly surroundings: TimingSurroundings) {
    this.declared = new Declaration(event.ResourceProperties);
    this.appflow = surroundings.appflow;
    this.time = surroundings.time;
  }

  public async settle(): Promise<Outcome> {
    const { event, declared } = this;
    if (event.RequestType === 'Create') {
      return this.outcome(TimingId.FIRST.followedBy(declared, {
        start: this.nextStart(),
        firstExecutionFrom: declared.continuation && await this.fromOfFlow(),
      }));
    }
    const id = TimingId.parse(event.PhysicalResourceId!);
    const settled = await this.rolledBackFrom(id);
    if (settled !== undefined) {
      await this.resume();
      return this.outcome(settled);
    }
    const before = new Declaration(event.OldResourceProperties ?? {});
    // The start first: it can be refused, and then no flow must have been stopped.
    const start = this.startAfter(before, id.times);
    return this.outcome(id.followedBy(declared, { start, firstExecutionFrom: declared.continuation && await this.fromAfter(before, id.times) }));
  }

  private outcome(id: TimingId): Outcome {
    const { start, firstExecutionFrom } = id.times;
    // Both attributes are there, since a preview of changes evaluates a reference to the other one with the answer before.
    return { physicalResourceId: `${id}`, data: { StartTime: String(start ?? ''), FirstExecutionFrom: String(firstExecutionFrom ?? '') } };
  }

  /** The id to which a rollback returns, which the request does not tell from a deployment of what was declared before. */
  private async rolledBackFrom(id: TimingId): Promise<TimingId | undefined> {
    if (id.isFor(this.declared)) {
      return id;
    }
    const { predecessor } = id;
    return predecessor.isFor(this.declared) && await this.isReturn(predecessor.times) ? predecessor : undefined;
  }

  private async isReturn({ start }: Times): Promise<boolean> {
    const { flowName, continuation } = this.declared;
    if (continuation !== undefined && flowName !== this.event.OldResourceProperties?.FlowName) {
      // CloudFormation deletes the replaced flow once there is no way back.
      return await this.describe(flowName) !== undefined;
    }
    // A start that is still ahead is right in either case.
    return start === undefined || this.start!.isAhead(start, this.now) || this.surroundings.stack.isRollingBack();
  }

  private nextStart(): number | undefined {
    return this.start?.next(this.now);
  }

  private startAfter(before: Declaration, { start }: Times): number | undefined {
    const { declared } = this;
    const isKept = start !== undefined && before.startSettings === declared.startSettings
      && (before.flowName === declared.flowName || this.start!.isAhead(start, this.now));
    return isKept ? this.start!.beforeEnd(start) : this.nextStart();
  }

  private get start(): ScheduleStart | undefined {
    const { flowName, start } = this.declared;
    return start && new ScheduleStart(flowName, start);
  }

  /** Where a flow starts to read that goes on for no other. */
  private get defaultFrom(): number {
    return this.declared.from ?? Math.floor(this.now) - DEFAULT_SECONDS_BACK;
  }

  /** Where a new flow starts to read; one that was there before this resource keeps what it has. */
  private async fromOfFlow(): Promise<number> {
    return this.declared.from ?? seconds((await this.describe(this.declared.flowName))?.firstExecutionFrom) ?? this.defaultFrom;
  }

  private async fromAfter(before: Declaration, times: Times): Promise<number> {
    const { declared } = this;
    if (before.flowName === declared.flowName) {
      return (before.continuation === undefined ? undefined : this.fromChangedSince(before) ?? times.firstExecutionFrom) ?? this.fromOfFlow();
    }
    // A flow that was not to be continued is neither looked at nor stopped.
    return before.continuation === undefined ? this.defaultFrom : this.fromAfterReplacement(before);
  }

  private async fromAfterReplacement(before: Declaration): Promise<number> {
    const { declared } = this;
    const position = await this.positionOf(before.flowName);
    if (position === undefined) {
      return this.defaultFrom;
    }
    // Of another object nothing has been read yet.
    const isAnew = before.source !== declared.source || this.fromChangedSince(before) !== undefined;
    return isAnew ? Math.min(position, this.defaultFrom) : position;
  }

  /** Where the user newly wants the first run to start to read. */
  private fromChangedSince(before: Declaration): number | undefined {
    return before.from !== this.declared.from ? this.declared.from : undefined;
  }

  /** Where the flow that is replaced has come to, once it is stopped; undefined where it has gone or has never been told where to begin. */
  private async positionOf(name: string): Promise<number | undefined> {
    const found = await this.describe(name);
    if (found === undefined) {
      return undefined;
    }
    if (!isOfStack(found.tags, this.event)) {
      throw new CustomResourceError(ErrorCode.PREDECESSOR_NOT_MARKED,
        `flow '${name}' is to be replaced by '${this.declared.flowName}', which is to go on where it stops, but it does not have the tag `
        + 'appflow-constructs:stack, without which the custom resource may not touch it; deploy once without the replacement, which gives it the tag, '
        + 'or let the new flow begin anew with DataPull.incremental({ continueOnReplacement: false })');
    }
    const isSchedule = found.triggerType === 'Scheduled';
    try {
      if (isSchedule) {
        await this.stop(name, found);
      }
      const end = isSchedule ? await this.endOfLastRun(name) : undefined;
      return end !== undefined ? end - Number(this.declared.continuation?.OverlapSeconds) : seconds(found.firstExecutionFrom);
    } catch (error) {
      // Without a rollback nobody else would start it. With one, what fails here is tried again.
      await this.resumeIfStopped(name).catch(() => undefined);
      throw error;
    }
  }

  /** Stops a flow that runs, and leaves a note for a rollback, and for whoever activates the flow that follows. */
  private async stop(name: string, { status, tags = {}, arn }: FlowDescription): Promise<void> {
    const note = noteOf(this.declared.flowName);
    const isActive = status === 'Active';
    if ((isActive || Object.hasOwn(tags, STOPPED_FOR_TAG)) && tags[STOPPED_FOR_TAG] !== note) {
      await this.retag(name, 'TagResource', async () => this.appflow.tag(arn!, { [STOPPED_FOR_TAG]: note }));
    }
    if (isActive) {
      await this.bring(name, 'StopFlow');
    }
  }

  /** Waits for a run in progress, and resolves to the time up to which the last successful run has read. */
  private async endOfLastRun(name: string): Promise<number | undefined> {
    const last = this.time.left() - Math.min(MAX_WAIT, this.time.left() * SHARE_OF_TIME);
    for (let attempt = 0; ; attempt++) {
      const { running, end } = await this.lookAtRuns(name);
      if (running === undefined) {
        return end;
      }
      const pause = Math.min(MAX_PAUSE, PAUSE * 2 ** attempt);
      if (this.time.left() - pause < last) {
        throw stillRunning(name, this.declared.flowName, running);
      }
      await this.time.pause(pause);
    }
  }

  /** A run that failed is one whose records the successor has to read. */
  private async lookAtRuns(name: string): Promise<{ running?: RunDescription; end?: number }> {
    try {
      for await (const run of this.appflow.runs(name)) {
        if (run.status === 'InProgress' || run.status === 'CancelStarted') {
          return { running: run };
        }
        if (run.status === 'Successful' && run.dataPullEndTime !== undefined) {
          return { end: seconds(run.dataPullEndTime) };
        }
      }
      return {};
    } catch (error) {
      throw new CustomResourceError(ErrorCode.RUNS_NOT_READ,
        `the runs of flow '${name}' could not be read: ${refusal('DescribeFlowExecutionRecords', asServiceError(error))}`);
    }
  }

  /** Starts the declared flow again, where it was stopped for one that does not come. */
  private async resume(): Promise<void> {
    if (this.declared.continuation !== undefined) {
      await this.resumeIfStopped(this.declared.flowName);
    }
  }

  private async resumeIfStopped(name: string): Promise<void> {
    const found = await this.describe(name);
    if (found === undefined || !isOfStack(found.tags, this.event) || !Object.hasOwn(found.tags!, STOPPED_FOR_TAG)) {
      return;
    }
    if (found.status !== 'Active') {
      await this.bring(name, 'StartFlow');
    }
    await this.retag(name, 'UntagResource', async () => this.appflow.untag(found.arn!, [STOPPED_FOR_TAG]));
  }

  private async bring(name: string, operation: 'StartFlow' | 'StopFlow'): Promise<void> {
    const isReached = (status: string | undefined) => status !== undefined && (status === 'Active') === (operation === 'StartFlow');
    for (let attempt = 0; ; attempt++) {
      let refused: ServiceError | undefined;
      try {
        if (isReached(operation === 'StartFlow' ? (await this.appflow.startFlow(name)).status : await this.appflow.stopFlow(name))) {
          return;
        }
      } catch (error) {
        refused = asServiceError(error);
      }
      if (refused?.ambiguous === false || !await another(attempt, this.time)) {
        throw notBrought(name, operation, refused);
      }
      if (isReached((await this.describe(name))?.status)) {
        return;
      }
    }
  }

  private async retag(name: string, operation: string, call: () => Promise<void>): Promise<void> {
    try {
      await persist(call, this.time);
    } catch (error) {
      throw new CustomResourceError(ErrorCode.TAGS_NOT_APPLIED, `the tags of flow '${name}' could not be changed: ${refusal(operation, asServiceError(error))}`);
    }
  }

  private async describe(name: string): Promise<FlowDescription | undefined> {
    return flowDescription(this.appflow, name);
  }

  private get now(): number {
    return (this.surroundings.now ?? Date.now)() / 1000;
  }
}

function notBrought(name: string, operation: 'StartFlow' | 'StopFlow', refused: ServiceError | undefined): CustomResourceError {
  const reason = refused
    ? refusal(operation, refused)
    : `AppFlow accepted ${operation} to no effect; look at the flow in the AppFlow console, and deploy again`;
  return operation === 'StartFlow'
    ? new CustomResourceError(ErrorCode.FLOW_NOT_ACTIVATED,
      `flow '${name}' was stopped so that another could go on in its place, and could not be activated again: ${reason}`)
    : new CustomResourceError(ErrorCode.FLOW_NOT_SUSPENDED, `flow '${name}' could not be suspended so that another can go on in its place: ${reason}`);
}

function stillRunning(name: string, successor: string, { executionId, startedAt }: RunDescription): CustomResourceError {
  const since = startedAt === undefined ? '' : ` since ${startedAt.toISOString()}`;
  return new CustomResourceError(ErrorCode.PREDECESSOR_BUSY,
    `flow '${name}' is to be replaced by '${successor}', which is to go on where it stops, but its run ${executionId} is in progress${since} and did not end `
    + 'in the time that there is; the flow is left as it was: wait for the run to end or cancel it, and deploy again, or let the new flow begin anew with '
    + 'DataPull.incremental({ continueOnReplacement: false })');
}

/** Values of tags have fewer characters than names of flows. */
function noteOf(flowName: string): string {
  return flowName.replace(/[!#]/g, '_');
}

function seconds(date: Date | undefined): number | undefined {
  return date && Math.floor(date.getTime() / 1000);
}
