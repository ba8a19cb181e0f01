import type { AppFlow, FlowDescription } from './appflow';
import { CustomResourceEvent, Outcome, Properties, Trail } from './cloudformation';
import { fullJitter, TimeLeft } from './deadline';
import { CustomResourceError, ErrorCode, flowNotFound } from './errors';
import { flowDescription } from './flow-description';
import { STOPPED_FOR_TAG } from './flow-timing';
import { isOfStack } from './ownership';
import { optionalChoice, requiredChoice, requiredStructure, requiredText } from './properties';
import { quoted, refusal } from './refusal';
import { asServiceError, isOutOfReach, ServiceError } from './service';
import type { OwnStack } from './stack';

const TRIGGER_TYPES = ['Scheduled', 'Event'] as const;
const STATUSES = ['Active', 'Suspended', 'AsFound', 'Manual'] as const;
const INITIAL_STATUSES = ['Active', 'Suspended'] as const;
const ON_DELETE = ['Leave'] as const;

type Status = typeof INITIAL_STATUSES[number];

/** How many flows are worked on at a time: AppFlow throttles an account, and a call takes a fraction of a second. */
const CONCURRENCY = 5;
/** How often a flow is told to start or stop before the deploy gives up. */
const MAX_ATTEMPTS = 5;
const PAUSE = 500;
const MAX_PAUSE = 8_000;
/** CloudFormation shows about a thousand characters. */
const TOLD_IN_FULL = 3;
const MOST_NAMED = 20;

/** The role may read flows with the tag of the stack only, so a flow that is gone is not told from one without. */
const REMEDIES = {
  AccessDeniedException: 'look whether the flow still exists and has the tag appflow-constructs:stack, by which the role of the custom resource knows it, and whether a '
    + 'policy of the organization denies the action; if the flow was deleted by hand, remove it from the stack and deploy, then add it again',
};

/** A flow as the resource declares it. */
interface DeclaredFlow {
  /** The logical id, which stays when the flow is replaced. */
  readonly key: string;
  readonly index: number;
  readonly name: string;
  readonly triggerType: string;
  readonly status: typeof STATUSES[number];
  readonly initialStatus?: Status;
  /** Whether the flow goes on running when it is no longer declared. */
  readonly isLeft: boolean;
}

/** What has gone wrong, with one flow or with several. */
interface Failure {
  readonly error: CustomResourceError;
  /** Whether the same can go well when it is tried again. */
  readonly canPass: boolean;
}

/** `Custom::AppFlowFlowActivation`: brings the flows of a stack to their declared states. */
export async function activateFlows(event: CustomResourceEvent, appflow: AppFlow, stack: OwnStack, time: TimeLeft, trail: Trail): Promise<Outcome> {
  const activation = new FlowActivation(event, appflow, stack, time, new TraceOfFlows(event.LogicalResourceId, trail));
  await (event.RequestType === 'Delete' ? activation.release() : activation.apply());
  return { physicalResourceId: event.PhysicalResourceId ?? event.LogicalResourceId };
}

class FlowActivation {
  private readonly flows: readonly DeclaredFlow[];
  private readonly before: readonly DeclaredFlow[];
  private rollback?: Promise<boolean>;

  constructor(
    private readonly event: CustomResourceEvent,
    private readonly appflow: AppFlow,
    private readonly stack: OwnStack,
    private readonly time: TimeLeft,
    private readonly trace: TraceOfFlows,
  ) {
    this.flows = flowsIn(event.ResourceProperties);
    this.before = flowsIn(event.OldResourceProperties ?? {});
  }

  public async apply(): Promise<void> {
    check(this.event.ResourceProperties);
    const failure = await this.onEach(this.flows, async flow => this.bringToDeclared(flow));
    if (failure !== undefined) {
      // A rollback reaches this resource before the flows, which still are as the failed deploy left them. And a flow that somebody has deleted, or that
      // AppFlow no longer activates, stood in the way of the deploy already: it must not keep the stack from its last good state, too.
      if (failure.canPass || !await this.isRollback()) {
        throw failure.error;
      }
      console.log(JSON.stringify({ RequestId: this.event.RequestId, IgnoredInRollback: failure.error.message }));
    }
    const names = new Set(this.flows.map(({ name }) => name));
    // CloudFormation deletes those flows next, active or not. A running flow is a smaller harm than a deployment that gets stuck.
    await this.onEach(this.before.filter(({ name }) => !names.has(name)), async flow => this.abandon(flow));
  }

  public async release(): Promise<void> {
    const traces = TraceOfFlows.parse(this.event.PhysicalResourceId);
    const failure = await this.onEach(this.flows, async flow => {
      const trace = traces === undefined ? 'unknown' : traces[flow.index];
      if (trace === 'stopped') {
        await this.bringIfThere(flow, 'Active');
      } else if (trace === 'started' || trace === 'unknown' && !flow.isLeft) {
        await this.bringIfThere(flow, 'Suspended');
      }
    });
    if (failure !== undefined) {
      throw failure.error;
    }
  }

  /** Works on flows, several at a time. Resolves to what is to be said of those that it has failed for, or that there was no time for. */
  private async onEach(flows: readonly DeclaredFlow[], work: (flow: DeclaredFlow) => Promise<void>): Promise<Failure | undefined> {
    const left = flows.filter(({ status }) => status !== 'Manual');
    const total = left.length;
    const failures: { name: string; error: CustomResourceError }[] = [];
    let done = 0;
    const worker = async () => {
      while (this.time.left() > 0) {
        const flow = left.shift();
        if (flow === undefined) {
          return;
        }
        try {
          await work(flow);
          done++;
        } catch (error) {
          if (!(error instanceof CustomResourceError)) {
            throw error;
          }
          // A call that is cut off says nothing of its flow.
          if (this.time.left() > 0) {
            failures.push({ name: flow.name, error });
          }
        }
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    if (done + failures.length < total) {
      return { error: outOfTime(done, total, failures.map(({ name }) => name)), canPass: true };
    }
    return failures.length === 0 ? undefined : {
      error: summaryOf(failures, total),
      canPass: failures.some(({ error: { cause } }) => cause instanceof ServiceError && cause.ambiguous),
    };
  }

  private async bringToDeclared(declared: DeclaredFlow): Promise<void> {
    const flow = await this.describe(declared.name);
    if (isOnDemand(flow)) {
      throw mismatch(declared, flow);
    }
    if (declared.status === 'AsFound') {
      await this.bringToFound(declared, flow);
    } else {
      await this.bring(declared, declared.status as Status, flow);
    }
  }

  /** A flow that replaces another takes over the other's state, also when a rollback brings it back; one that nobody has activated yet its initial state. */
  private async bringToFound(declared: DeclaredFlow, flow: FlowDescription): Promise<void> {
    const before = this.before.find(({ key, name }) => key === declared.key && name !== declared.name);
    const other = before && await this.describeIfThere(before.name);
    if (other?.status === 'Active' || Object.hasOwn(other?.tags ?? {}, STOPPED_FOR_TAG)) {
      await this.bring(declared, 'Active', flow);
    } else if (flow.status === 'Draft' && other?.status === 'Suspended') {
      // As a draft, the next deployment would activate it.
      await this.suspendDraft(declared);
    } else if (flow.status === 'Draft') {
      await this.bring(declared, declared.initialStatus ?? 'Active', flow);
    }
  }

  /** What StopFlow does to a draft is not documented. A flow that stays a draft does not run either. */
  private async suspendDraft({ name }: DeclaredFlow): Promise<void> {
    try {
      await this.appflow.stopFlow(name);
    } catch (error) {
      asServiceError(error);
    }
  }

  /** Stops a flow that is no longer declared, if a rollback would start it again. */
  private async abandon(flow: DeclaredFlow): Promise<void> {
    const isReplaced = this.flows.some(({ key }) => key === flow.key);
    // CloudFormation retains a successor, too, when it takes the replacement back: nothing else would stop it. And what a flow was found as, only its
    // successor tells: one without is left as it is, until CloudFormation deletes it.
    if (flow.isLeft ? isReplaced && await this.isRollback() : isReplaced || flow.status !== 'AsFound') {
      await this.bringIfThere(flow, 'Suspended');
    }
  }

  /** Starts or stops a flow that is there, until it is as wanted. */
  private async bring({ name, index }: DeclaredFlow, wanted: Status, found: FlowDescription): Promise<void> {
    let flow: FlowDescription = found;
    let refused: ServiceError | undefined;
    for (let attempt = 0; !hasReached(flow.status, wanted); attempt++) {
      if (attempt === MAX_ATTEMPTS || this.time.left() <= 0) {
        throw notReached(name, wanted, flow, refused);
      }
      try {
        this.trace.set(index, wanted === 'Active' ? 'started' : 'stopped');
        refused = undefined;
        const status = wanted === 'Active' ? (await this.appflow.startFlow(name)).status : await this.appflow.stopFlow(name);
        if (hasReached(status, wanted)) {
          return;
        }
      } catch (error) {
        refused = asServiceError(error);
        if (!refused.ambiguous) {
          if (attempt === 0) {
            this.trace.set(index, 'unchanged');
          }
          throw refused.isNotFound ? flowNotFound(name) : notReached(name, wanted, flow, refused);
        }
      }
      // Either nobody knows whether the call was carried out, or its effect does not show yet: look again.
      await this.time.pause(fullJitter(attempt, PAUSE, MAX_PAUSE));
      flow = await this.describe(name);
    }
  }

  /**
   * As `bring`, without a failure for a flow that is gone, that has become one that cannot be stopped, or that is no longer the stack's: whoever
   * activates it now has taken the tag away.
   */
  private async bringIfThere(declared: DeclaredFlow, wanted: Status): Promise<void> {
    try {
      const flow = await this.describe(declared.name);
      if (!isOnDemand(flow) && isOfStack(flow.tags, this.event)) {
        await this.bring(declared, wanted, flow);
      }
    } catch (error) {
      const { code, cause } = error as CustomResourceError;
      const cannotBeRead = code === ErrorCode.FLOW_NOT_READ && isOutOfReach(cause);
      if (code !== ErrorCode.FLOW_NOT_FOUND && !cannotBeRead && !(cause instanceof ServiceError && cause.isUnsupported)) {
        throw error;
      }
    }
  }

  /** Whether this is the way back from a failed deploy. Asked only when something is in the way, since AppFlow needs all the calls. */
  private async isRollback(): Promise<boolean> {
    return this.rollback ??= this.event.RequestType === 'Update' && this.time.left() > 0 ? this.stack.isRollingBack().catch(() => false) : Promise.resolve(false);
  }

  private async describe(name: string): Promise<FlowDescription> {
    const flow = await flowDescription(this.appflow, name, REMEDIES);
    if (flow === undefined) {
      throw flowNotFound(name);
    }
    return flow;
  }

  /** Of a flow that the role may not read nothing can be taken over, as of one that is gone. */
  private async describeIfThere(name: string): Promise<FlowDescription | undefined> {
    return this.appflow.describeFlow(name).catch((error) => {
      asServiceError(error);
      return undefined;
    });
  }
}

const TRACES = ['unchanged', 'started', 'stopped'] as const;

/** What a Create has done to each flow before it failed, a digit a flow: CloudFormation takes a physical id of 1,024 bytes, and 500 resources. */
class TraceOfFlows {
  /** Undefined for a resource that was created, or whose Create never answered. */
  public static parse(physicalResourceId = ''): (typeof TRACES[number])[] | undefined {
    const [, digits] = /^[^/]*\/(\d*)\/create-failed\//.exec(physicalResourceId) ?? [];
    return digits === undefined ? undefined : [...digits].map(digit => TRACES[Number(digit)]);
  }

  private readonly traces: typeof TRACES[number][] = [];

  constructor(private readonly logicalId: string, private readonly trail: Trail) {}

  public set(index: number, trace: typeof TRACES[number]): void {
    this.traces[index] = trace;
    const digits = Array.from(this.traces, (each = 'unchanged') => TRACES.indexOf(each));
    this.trail.subject = `${this.logicalId}/${digits.join('')}`;
    this.trail.trace = digits.some(digit => digit > 0) ? 'started' : 'unchanged';
  }
}

/** The flows that properties declare, as far as they do: what a deploy has got wrong must not keep a rollback from going back. */
function flowsIn({ Flows }: Properties): DeclaredFlow[] {
  return Object.entries((Flows ?? {}) as Record<string, Properties | null>)
    .filter((entry): entry is [string, Properties & { FlowName: string }] => typeof entry[1]?.FlowName === 'string')
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([key, { FlowName, TriggerType, Status, InitialStatus, OnDelete }], index) => ({
      key,
      index,
      name: FlowName,
      triggerType: String(TriggerType),
      status: Status as DeclaredFlow['status'],
      initialStatus: InitialStatus as Status | undefined,
      isLeft: OnDelete === 'Leave',
    }));
}

function check(properties: Properties): void {
  const flows = requiredStructure(properties, 'Flows');
  for (const key of Object.keys(flows)) {
    const flow = requiredStructure(flows, key);
    requiredText(flow, 'FlowName');
    requiredChoice(flow, 'TriggerType', TRIGGER_TYPES);
    requiredChoice(flow, 'Status', STATUSES);
    optionalChoice(flow, 'InitialStatus', INITIAL_STATUSES);
    optionalChoice(flow, 'OnDelete', ON_DELETE);
  }
}

function notReached(name: string, wanted: Status, flow: FlowDescription, refused: ServiceError | undefined): CustomResourceError {
  const [code, verb, operation] = wanted === 'Active'
    ? [ErrorCode.FLOW_NOT_ACTIVATED, 'activated', 'StartFlow']
    : [ErrorCode.FLOW_NOT_SUSPENDED, 'suspended', 'StopFlow'];
  const explanation = flow.statusMessage ? ` ("${quoted(flow.statusMessage)}")` : '';
  const reason = refused
    ? refusal(operation, refused)
    : `AppFlow accepted ${operation}, but the flow stays ${flow.status}${explanation}; look at the flow in the AppFlow console, and deploy again`;
  return new CustomResourceError(code, `flow '${name}' could not be ${verb}: ${reason}`, refused);
}

function mismatch({ name, triggerType }: DeclaredFlow, flow: FlowDescription): CustomResourceError {
  return new CustomResourceError(ErrorCode.TRIGGER_MISMATCH,
    `flow '${name}' is declared with trigger ${triggerType}, but has trigger ${flow.triggerType}, so starting it would not do what is declared; `
    + 'the trigger was changed outside of the stack: change it back and deploy again');
}

function outOfTime(done: number, total: number, failed: readonly string[]): CustomResourceError {
  const failures = failed.length > 0 ? `, and not for ${named(failed)}` : '';
  return new CustomResourceError(ErrorCode.OUT_OF_TIME,
    `the time of the function was up when it had done its work for ${done} of ${total} flows${failures}; deploy again, or spread the flows over several stacks`);
}

function summaryOf(failures: readonly { name: string; error: CustomResourceError }[], total: number): CustomResourceError {
  if (failures.length === 1) {
    return failures[0].error;
  }
  const told = failures.slice(0, TOLD_IN_FULL).map(({ error }) => error.message).join('; ');
  const others = failures.slice(TOLD_IN_FULL).map(({ name }) => name);
  return new CustomResourceError(ErrorCode.FLOWS_NOT_AS_DECLARED,
    `${failures.length} of ${total} flows are not as declared: ${told}${others.length > 0 ? `; and ${named(others)}` : ''}`);
}

function named(flows: readonly string[]): string {
  const [first, others] = [flows.slice(0, MOST_NAMED), flows.length - MOST_NAMED];
  return `${first.map(name => `'${name}'`).join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
}

function isOnDemand(flow: FlowDescription): boolean {
  return flow.triggerType === 'OnDemand';
}

/** A draft, or a flow that AppFlow has deactivated because of errors, does not run and so counts as suspended. */
function hasReached(status: string | undefined, wanted: Status): boolean {
  return status !== undefined && (status === 'Active') === (wanted === 'Active');
}
