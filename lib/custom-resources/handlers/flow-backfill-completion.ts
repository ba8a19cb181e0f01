import { createHash, randomBytes } from 'node:crypto';
import type { AppFlow, Bounds, FlowDescription, FlowRequest } from './appflow';
import { describeRange, parseRanges, Range, windowsOf } from './backfill-windows';
import type { CustomResourceEvent, Outcome, Properties } from './cloudformation';
import type { TimeLeft } from './deadline';
import { CustomResourceError, ErrorCode, flowNotFound } from './errors';
import { flowDescription } from './flow-description';
import { canonical } from './ownership';
import { persist } from './persistence';
import { isPassing, millisecondsSince, PolledEvent, PolledHandler, Progress, Services } from './polling';
import { requiredChoice, requiredCount, requiredStructure, requiredText } from './properties';
import { refusal } from './refusal';
import { complaintAbout, findRun, isOver } from './run';
import { asServiceError, isOutOfReach } from './service';

/** Says on the flow which window was started last, so that whoever looks next can go on. */
const PLACE_TAG = 'appflow-constructs:backfill';

/** Says on the flow who goes on. Only one may: AppFlow keeps the filter of a window for whoever runs the flow next. */
const TURN_TAG = 'appflow-constructs:backfill-turn';

const SEPARATOR = '/';

/** AWS does not say whether a filter between two values lets the values themselves through, nor how fine it is: windows reach into one another. */
const OVERLAP = 1;

const BOOLEANS = ['true', 'false'] as const;

/**
 * `Custom::AppFlowFlowBackfillCompletion`: loads the windows of a flow's history, one after the other: it gives the flow the filter of a window, runs it,
 * waits, and judges the run. Several of them follow one another where one has too little time, and each goes on where the one before has stopped.
 */
export const completeBackfill: PolledHandler = {
  async begin(event: CustomResourceEvent): Promise<Outcome> {
    if (event.RequestType !== 'Delete') {
      declaredIn(event.ResourceProperties);
    }
    // An event that is delivered twice has two that look after it, side by side.
    return { physicalResourceId: event.PhysicalResourceId ?? event.LogicalResourceId, data: { Waiter: randomBytes(4).toString('hex') } };
  },

  async isComplete(event: PolledEvent, services: Services): Promise<Progress> {
    if (event.RequestType === 'Delete') {
      await cancelOwnRun(event, services);
      return { done: true };
    }
    const declared = declaredIn(event.ResourceProperties);
    // An older attempt is one that was successful, or that a rollback returns to.
    const isNew = declared.attempt > Number(event.OldResourceProperties?.Attempt ?? -1);
    return { done: !isNew || declared.windows.length === 0 || await advance(new BackfillCompletion(event, declared, services)) };
  },
};

/** Resolves to whether nothing is left to do. */
async function advance(completion: BackfillCompletion): Promise<boolean> {
  try {
    return await completion.advance();
  } catch (error) {
    // The next look may come to more, for as long as there is one. So it is while a run is in progress that is not one of these.
    if (!isPassing(error) || completion.isLastLook) {
      throw error;
    }
    return completion.isTimeUp;
  }
}

interface Declared {
  readonly flow: FlowRequest;
  /** Which of the flow's tasks is the filter of the window. */
  readonly filterIndex: number;
  /** When the loading was begun, in milliseconds since 1970. */
  readonly attempt: number;
  readonly windows: readonly Range[];
  /** Another one where the same attempt is repeated for other windows, or another flow. */
  readonly plan: string;
  readonly timeLimit: number;
  /** The place of the custom resource among those that follow one another. */
  readonly link: number;
  /** Whether nobody goes on when the time is up. */
  readonly isLast: boolean;
  readonly allowFailedRecords: boolean;
}

/** The window that was started last. */
interface Place {
  readonly attempt: number;
  readonly index: number;
  readonly executionId: string;
  /** The request that has started it. */
  readonly request: string;
  readonly plan: string;
}

class BackfillCompletion {
  private readonly flowName: string;
  private readonly request: string;
  private readonly appflow: AppFlow;

  constructor(private readonly event: PolledEvent, private readonly declared: Declared, private readonly services: Services) {
    this.flowName = declared.flow.flowName;
    this.request = shortDigest([event.RequestId]);
    this.appflow = services.appflow;
  }

  public get isTimeUp(): boolean {
    return millisecondsSince(this.event) >= this.declared.timeLimit * 1000;
  }

  public get isLastLook(): boolean {
    return this.isTimeUp && this.declared.isLast;
  }

  /** Resolves to whether nothing is left to do. */
  public async advance(): Promise<boolean> {
    const flow = await this.describe();
    const place = placeOf(flow);
    if (place !== undefined && place.attempt > this.declared.attempt) {
      // A later deployment is at work.
      return true;
    }
    const current = place?.attempt === this.declared.attempt && place.plan === this.declared.plan ? place : undefined;
    const next = current === undefined ? 0 : await this.nextAfter(current, flow);
    if (next === this.declared.windows.length) {
      return true;
    }
    if (this.isTimeUp) {
      return this.giveUp(next, current);
    }
    if (!await this.isItsTurn(flow) || next === undefined) {
      return false;
    }
    if (await this.services.stack.isRollingBack()) {
      // CloudFormation no longer waits.
      return true;
    }
    await this.load(next, flow, current);
    return false;
  }

  /** The window that comes next; undefined while one is being loaded. */
  private async nextAfter({ index, executionId, request }: Place, flow: FlowDescription): Promise<number | undefined> {
    const run = await findRun(this.appflow, this.flowName, executionId);
    if (run === undefined || !isOver(run)) {
      return undefined;
    }
    const complaint = complaintAbout(this.flowName, run, this.declared);
    if (complaint === undefined) {
      return this.isOfAnother(flow, index) ? index : index + 1;
    }
    if (request !== this.request) {
      // What has failed for another request is tried again for this one.
      return index;
    }
    throw new CustomResourceError(complaint.code, `${this.describeWindow(index)} is not loaded: ${complaint.text}`);
  }

  /** Whether the flow has the filter of another window, so that nobody knows which one the run has loaded. */
  private isOfAnother({ bounds = [] }: FlowDescription, index: number): boolean {
    const { windows } = this.declared;
    const is = (other: number) => bounds.some(given => isSame(given, this.boundsOf(windows[other])));
    return !is(index) && windows.some((_, other) => is(other));
  }

  /** Whoever wants to go on says so, and is the one if nobody else has said so by the time of its next look. */
  private async isItsTurn({ arn, tags = {} }: FlowDescription): Promise<boolean> {
    const { attempt, link } = this.declared;
    const own = [attempt, link, this.request, this.event.Data?.Waiter].join(SEPARATOR);
    const found = tags[TURN_TAG];
    const [otherAttempt, otherLink, otherRequest] = found?.split(SEPARATOR) ?? [];
    const isEarlier = found === undefined || Number(otherAttempt) < attempt || Number(otherAttempt) === attempt && Number(otherLink) < link;
    const isFormer = Number(otherAttempt) === attempt && Number(otherLink) === link && otherRequest !== this.request;
    if (isEarlier || isFormer) {
      await this.tag(arn!, TURN_TAG, own);
    }
    return found === own;
  }

  private async load(index: number, { arn }: FlowDescription, previous: Place | undefined): Promise<void> {
    // The same for everybody who comes from the same place, so that AppFlow does it once.
    const { attempt, plan } = this.declared;
    const token = (operation: string) => digest([operation, this.event.StackId, this.flowName, attempt, plan, index, previous?.executionId ?? '']);
    await this.make('UpdateFlow', index, async () => this.appflow.updateFlow(this.requestFor(index), token('update')));
    let executionId: string | undefined;
    await this.make('StartFlow', index, async () => { ({ executionId } = await this.appflow.startFlow(this.flowName, token('start'))); });
    const place = [attempt, index, executionId, this.request, plan].join(SEPARATOR);
    await this.tag(arn!, PLACE_TAG, place);
  }

  private async tag(arn: string, key: string, value: string): Promise<void> {
    try {
      await persist(async () => this.appflow.tag(arn, { [key]: value }), this.services.time);
    } catch (error) {
      throw new CustomResourceError(ErrorCode.TAGS_NOT_APPLIED,
        `flow '${this.flowName}' could not be tagged with how far its history is loaded: ${refusal('TagResource', asServiceError(error))}`, error);
    }
  }

  private async make(operation: string, index: number, call: () => Promise<void>): Promise<void> {
    try {
      await persist(call, this.services.time);
    } catch (error) {
      const refused = asServiceError(error);
      throw new CustomResourceError(refused.isNotFound ? ErrorCode.FLOW_NOT_FOUND : ErrorCode.RUN_NOT_STARTED,
        `${this.describeWindow(index)} is not loaded: ${refusal(operation, refused)}`, refused);
    }
  }

  private async giveUp(next: number | undefined, current: Place | undefined): Promise<boolean> {
    const { windows } = this.declared;
    if (!this.isLastLook) {
      return true;
    }
    if (next === undefined) {
      // A run that goes on is a smaller harm than not to hear why the deployment has failed.
      await cancel(this.appflow, this.flowName, current!.executionId, this.services.time).catch(() => undefined);
    }
    const loaded = next ?? current!.index;
    throw new CustomResourceError(ErrorCode.BACKFILL_NOT_OVER,
      `${loaded} of ${windows.length} windows of the history of flow '${this.flowName}' were loaded in the time that there is, `
      + `the next one is ${describeRange(windows[loaded])}; give the backfill a longer 'timeout' or another 'window', and deploy again`);
  }

  /** What UpdateFlow takes: the flow without what it keeps for life, with the filter of a window. */
  private requestFor(index: number): FlowRequest {
    const { kmsArn, ...changeable } = this.declared.flow;
    const { lower, upper } = this.boundsOf(this.declared.windows[index]);
    const tasks = (changeable.tasks as Properties[]).map((task, position) => position === this.declared.filterIndex
      ? { ...task, taskProperties: { ...task.taskProperties as Properties, LOWER_BOUND: lower, UPPER_BOUND: upper } }
      : task);
    return { ...changeable, tasks } as unknown as FlowRequest;
  }

  private boundsOf({ from, to }: Range): Bounds {
    const { sourceFields } = (this.declared.flow.tasks as Properties[])[this.declared.filterIndex];
    const milliseconds = (seconds: number) => String(seconds * 1000);
    return { field: (sourceFields as string[])[0], lower: milliseconds(from - OVERLAP), upper: milliseconds(to + OVERLAP) };
  }

  private describeWindow(index: number): string {
    const { windows } = this.declared;
    return `window ${index + 1} of ${windows.length} of the history of flow '${this.flowName}', ${describeRange(windows[index])},`;
  }

  private async describe(): Promise<FlowDescription> {
    const found = await flowDescription(this.appflow, this.flowName);
    if (found === undefined) {
      throw flowNotFound(this.flowName);
    }
    return found;
  }
}

/** A flow that goes, or goes back to what it was, has nobody who waits for its run. */
async function cancelOwnRun({ ResourceProperties }: PolledEvent, { appflow, time }: Services): Promise<void> {
  const { flowName } = (ResourceProperties.Flow ?? {}) as Properties;
  if (typeof flowName !== 'string') {
    return;
  }
  try {
    const place = placeOf(await flowDescription(appflow, flowName));
    const isOwn = place !== undefined && String(place.attempt) === ResourceProperties.Attempt;
    const run = isOwn ? await findRun(appflow, flowName, place.executionId) : undefined;
    if (run?.status === 'InProgress') {
      await cancel(appflow, flowName, run.executionId, time);
    }
  } catch (error) {
    // A flow that the role no longer covers, or that is gone, has no runs that are the stack's.
    if (!isOutOfReach((error as Error).cause)) {
      throw error;
    }
  }
}

async function cancel(appflow: AppFlow, flowName: string, executionId: string, time: TimeLeft): Promise<void> {
  try {
    await persist(async () => appflow.cancelRuns(flowName, [executionId]), time);
  } catch (error) {
    throw new CustomResourceError(ErrorCode.RUN_NOT_CANCELED,
      `run '${executionId}' of flow '${flowName}' could not be cancelled: ${refusal('CancelFlowExecutions', asServiceError(error))}`, error);
  }
}

function placeOf(flow: FlowDescription | undefined): Place | undefined {
  const [attempt, index, executionId, request, plan] = flow?.tags?.[PLACE_TAG]?.split(SEPARATOR) ?? [];
  return plan === undefined ? undefined : { attempt: Number(attempt), index: Number(index), executionId, request, plan };
}

function isSame(one: Bounds, other: Bounds): boolean {
  return one.field === other.field && one.lower === other.lower && one.upper === other.upper;
}

function declaredIn(properties: Properties): Declared {
  const flow = requiredStructure(properties, 'Flow');
  const windowSeconds = requiredCount(properties, 'WindowSeconds');
  const ranges = parseRanges(requiredText(properties, 'Ranges'));
  if (ranges === undefined) {
    throw new CustomResourceError(ErrorCode.INVALID_REQUEST,
      'property Ranges of the custom resource must be ranges of time; deploy with the constructs of this library, which set it');
  }
  return {
    flow: { ...flow, flowName: requiredText(flow, 'flowName') },
    filterIndex: requiredCount(properties, 'FilterIndex'),
    attempt: requiredCount(properties, 'Attempt'),
    windows: windowsOf(ranges, windowSeconds),
    plan: shortDigest([canonical(flow), canonical(ranges), windowSeconds]),
    timeLimit: requiredCount(properties, 'TimeLimitSeconds'),
    link: requiredCount(properties, 'Link'),
    isLast: requiredChoice(properties, 'IsLast', BOOLEANS) === 'true',
    allowFailedRecords: requiredChoice(properties, 'AllowFailedRecords', BOOLEANS) === 'true',
  };
}

function shortDigest(parts: readonly unknown[]): string {
  return digest(parts).slice(0, 8);
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
