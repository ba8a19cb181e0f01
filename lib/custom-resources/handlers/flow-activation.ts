import { AppFlow, FlowDescription, StartedFlow } from './appflow';
import { CustomResourceEvent, Outcome, Properties, traceOf, Trail } from './cloudformation';
import { fullJitter, TimeLeft } from './deadline';
import { CustomResourceError, ErrorCode, flowNotFound } from './errors';
import { clientToken } from './ownership';
import { optionalChoice, requiredChoice, requiredText } from './properties';
import { quoted, refusal } from './refusal';
import { ServiceError } from './service';

const TRIGGER_TYPES = ['Scheduled', 'Event', 'OnDemand'] as const;
const STATUSES = ['Active', 'Suspended'] as const;
const RUNS = ['OnCreate', 'OnChange'] as const;

type Status = typeof STATUSES[number];

/** How often a flow is told to start or stop before the deploy gives up. */
const MAX_ATTEMPTS = 5;
const PAUSE = 500;
const MAX_PAUSE = 8_000;
/** Runs take minutes, so there is no point in asking more often. */
const MAX_RUN_PAUSE = 20_000;

/** `Custom::AppFlowFlowActivation`: brings a flow to the declared status, and runs it where that is declared. */
export async function activateFlow(event: CustomResourceEvent, appflow: AppFlow, time: TimeLeft, trail: Trail): Promise<Outcome> {
  const activation = new FlowActivation(event, appflow, time, trail);
  return event.RequestType === 'Delete' ? activation.release() : activation.apply();
}

class FlowActivation {
  private readonly properties: Properties;
  private readonly old: Properties;

  constructor(
    private readonly event: CustomResourceEvent,
    private readonly appflow: AppFlow,
    private readonly time: TimeLeft,
    private readonly trail: Trail,
  ) {
    this.properties = event.ResourceProperties;
    this.old = event.OldResourceProperties ?? {};
  }

  public async apply(): Promise<Outcome> {
    const name = requiredText(this.properties, 'FlowName');
    this.trail.subject = name;
    requiredChoice(this.properties, 'OnDelete', ['Stop', 'Leave']);
    const onDemand = requiredChoice(this.properties, 'TriggerType', TRIGGER_TYPES) === 'OnDemand';
    const outcome = onDemand ? await this.applyOnDemand(name) : await this.applyStatus(name);
    await this.abandonFailedReplacement(name);
    return outcome;
  }

  public async release(): Promise<Outcome> {
    const physicalResourceId = this.event.PhysicalResourceId ?? this.event.LogicalResourceId;
    const { FlowName: name, OnDelete, TriggerType } = this.properties;
    const trace = traceOf(physicalResourceId);
    if (typeof name === 'string' && TriggerType !== 'OnDemand') {
      if (trace === 'stopped') {
        await this.bringIfThere(name, 'Active');
      } else if (trace === 'started' || OnDelete !== 'Leave') {
        await this.bringIfThere(name, 'Suspended');
      }
    }
    return { physicalResourceId };
  }

  /** On-demand flows are always active and cannot be stopped; what can be declared is that they run. */
  private async applyOnDemand(name: string): Promise<Outcome> {
    const run = optionalChoice(this.properties, 'Run', RUNS);
    const flow = await this.describe(name);
    const found = { physicalResourceId: name, data: statusData(flow.status) };
    if (!this.runIsDue(name, run, flow)) {
      return found;
    }
    if (!isOnDemand(flow)) {
      if (this.precedesRollbackOf(flow)) {
        return found;
      }
      throw mismatch(name, 'OnDemand', flow);
    }
    const started = await this.run(name);
    return {
      physicalResourceId: name,
      data: { ...statusData(started.status ?? flow.status), ...(started.executionId !== undefined && { ExecutionId: started.executionId }) },
    };
  }

  private runIsDue(name: string, run: typeof RUNS[number] | undefined, flow: FlowDescription): boolean {
    if (run === undefined || this.event.RequestType === 'Create') {
      return run !== undefined;
    }
    if (this.event.PhysicalResourceId !== name) {
      // A new flow has never run; one that has is the flow to which a rollback returns.
      return !flow.hasRun;
    }
    // Other properties under the same physical id: back from a replacement that failed here, so this flow has not changed.
    const isRollback = this.old.FlowName !== undefined && this.old.FlowName !== name;
    return run === 'OnChange' && !isRollback && this.old.Definition !== this.properties.Definition;
  }

  private async run(name: string): Promise<StartedFlow> {
    // AppFlow answers a token that it knows with the run that it started before, so a repeated delivery does not run twice.
    const token = clientToken(this.event);
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.appflow.startFlow(name, token);
      } catch (error) {
        const refused = error as ServiceError;
        const wait = fullJitter(attempt, PAUSE * 2, MAX_RUN_PAUSE);
        if (!refused.ambiguous || this.time.left() <= wait) {
          throw runNotStarted(name, refused);
        }
        await this.time.pause(wait);
      }
    }
  }

  private async applyStatus(name: string): Promise<Outcome> {
    const wanted = requiredChoice(this.properties, 'Status', STATUSES);
    const flow = await this.describe(name);
    if (isOnDemand(flow)) {
      if (this.precedesRollbackOf(flow)) {
        return { physicalResourceId: name, data: statusData(flow.status) };
      }
      throw mismatch(name, String(this.properties.TriggerType), flow);
    }
    return { physicalResourceId: name, data: statusData(await this.bring(name, wanted, flow)) };
  }

  /**
   * Whether a rollback has reached this resource before the flow itself, which still is as the failed deploy left it:
   * in a deploy the flow is always updated first. A failure here would only keep the rollback from reaching the flow.
   */
  private precedesRollbackOf(flow: FlowDescription): boolean {
    return this.event.RequestType === 'Update' && this.old.TriggerType !== this.properties.TriggerType && this.old.TriggerType === flow.triggerType;
  }

  /** Starts or stops a flow that is there, until it is as wanted. Resolves to its status; undefined if it went away meanwhile. */
  private async bring(name: string, wanted: Status, found: FlowDescription): Promise<string | undefined> {
    let flow: FlowDescription | undefined = found;
    let refused: ServiceError | undefined;
    for (let attempt = 0; !hasReached(flow.status, wanted); attempt++) {
      if (attempt === MAX_ATTEMPTS || this.time.left() <= 0) {
        throw notReached(name, wanted, flow, refused);
      }
      try {
        this.trail.trace = wanted === 'Active' ? 'started' : 'stopped';
        refused = undefined;
        const status = wanted === 'Active' ? (await this.appflow.startFlow(name)).status : await this.appflow.stopFlow(name);
        if (hasReached(status, wanted)) {
          return status;
        }
      } catch (error) {
        refused = error as ServiceError;
        if (!refused.ambiguous) {
          this.trail.trace = attempt === 0 ? 'unchanged' : this.trail.trace;
          throw refused.isNotFound ? flowNotFound(name) : notReached(name, wanted, flow, refused);
        }
      }
      // Either nobody knows whether the call was carried out, or its effect does not show yet: look again.
      await this.time.pause(fullJitter(attempt, PAUSE, MAX_PAUSE));
      flow = await this.describe(name);
    }
    return flow.status;
  }

  /**
   * As `bring`, without a failure for a flow that is gone, that has become one that cannot be stopped, or that this role no longer covers: after a
   * replacement the role is for the new flow alone, and CloudFormation deletes the old one next, active or not.
   */
  private async bringIfThere(name: string, wanted: Status): Promise<void> {
    try {
      const flow = await this.describe(name);
      if (!isOnDemand(flow)) {
        await this.bring(name, wanted, flow);
      }
    } catch (error) {
      const { code, cause } = error as Refused;
      const isOutOfReach = code === ErrorCode.FLOW_NOT_READ && cause?.isAccessDenied;
      if (code !== ErrorCode.FLOW_NOT_FOUND && !cause?.isUnsupported && !isOutOfReach) {
        throw error;
      }
    }
  }

  /**
   * A replacement that failed here leaves CloudFormation with the old physical id, and so without a Delete for the new flow.
   * It shows in the rollback: the old flow is the declared one and has this physical id, the properties before were of another flow.
   */
  private async abandonFailedReplacement(name: string): Promise<void> {
    const { FlowName: abandoned, OnDelete, TriggerType } = this.old;
    if (typeof abandoned === 'string' && abandoned !== name && this.event.PhysicalResourceId === name
      && OnDelete !== 'Leave' && TriggerType !== 'OnDemand') {
      // CloudFormation deletes that flow next. A running flow is a smaller harm than a rollback that gets stuck.
      await this.bringIfThere(abandoned, 'Suspended').catch(() => undefined);
    }
  }

  private async describe(name: string): Promise<FlowDescription> {
    let flow: FlowDescription | undefined;
    try {
      flow = await this.appflow.describeFlow(name);
    } catch (error) {
      const refused = error as ServiceError;
      throw new Refused(ErrorCode.FLOW_NOT_READ, `the status of flow '${name}' could not be read: ${refusal('DescribeFlow', refused)}`, refused);
    }
    if (flow === undefined) {
      throw flowNotFound(name);
    }
    return flow;
  }
}

/** The flow is not as declared, or could not be looked at; the cause is AppFlow's last answer, if that was an error. */
class Refused extends CustomResourceError {
  constructor(code: ErrorCode, message: string, readonly cause?: ServiceError) {
    super(code, message);
  }
}

function notReached(name: string, wanted: Status, flow: FlowDescription, refused: ServiceError | undefined): Refused {
  const [code, verb, operation] = wanted === 'Active'
    ? [ErrorCode.FLOW_NOT_ACTIVATED, 'activated', 'StartFlow']
    : [ErrorCode.FLOW_NOT_SUSPENDED, 'suspended', 'StopFlow'];
  const explanation = flow.statusMessage ? ` ("${quoted(flow.statusMessage)}")` : '';
  const reason = refused
    ? refusal(operation, refused)
    : `AppFlow accepted ${operation}, but the flow stays ${flow.status}${explanation}; look at the flow in the AppFlow console, and deploy again`;
  return new Refused(code, `flow '${name}' could not be ${verb}: ${reason}`, refused);
}

function runNotStarted(name: string, refused: ServiceError): CustomResourceError {
  if (refused.isNotFound) {
    return flowNotFound(name);
  }
  return refused.isConflict
    ? new CustomResourceError(ErrorCode.RUN_IN_PROGRESS,
      `flow '${name}' could not be run: another run did not end in time, AppFlow answered "${quoted(refused.message)}"; `
      + 'wait for the run to end or cancel it, and deploy again')
    : new CustomResourceError(ErrorCode.RUN_NOT_STARTED, `flow '${name}' could not be run: ${refusal('StartFlow', refused)}`);
}

function mismatch(name: string, declared: string, flow: FlowDescription): CustomResourceError {
  return new CustomResourceError(ErrorCode.TRIGGER_MISMATCH,
    `flow '${name}' is declared with trigger ${declared}, but has trigger ${flow.triggerType}, so starting it would not do what is declared; `
    + 'the trigger was changed outside of the stack: change it back and deploy again');
}

function isOnDemand(flow: FlowDescription): boolean {
  return flow.triggerType === 'OnDemand';
}

/** A draft, or a flow that AppFlow has deactivated because of errors, does not run and so counts as suspended. */
function hasReached(status: string | undefined, wanted: Status): boolean {
  return status !== undefined && (status === 'Active') === (wanted === 'Active');
}

function statusData(status: string | undefined): Record<string, string> {
  return status === undefined ? {} : { FlowStatus: status };
}
