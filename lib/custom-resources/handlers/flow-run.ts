import type { AppFlow, FlowDescription } from './appflow';
import type { CustomResourceEvent, Outcome, Properties, Trail } from './cloudformation';
import { fullJitter, type TimeLeft } from './deadline';
import { CustomResourceError, ErrorCode, flowNotFound } from './errors';
import { flowDescription } from './flow-description';
import { clientToken } from './ownership';
import { persist } from './persistence';
import { requiredChoice, requiredText } from './properties';
import { quoted, refusal } from './refusal';
import { runsInProgress } from './run';
import { asServiceError, isOutOfReach, type ServiceError } from './service';
import type { OwnStack } from './stack';

const WHEN = ['OnCreate', 'OnChange', 'Always'] as const;

/** In the place of the id of a run, where a request has started none. */
export const NO_RUN = 'none';

const PAUSE = 1_000;
/** Runs take minutes, so there is no point in asking more often. */
const MAX_PAUSE = 20_000;
/** How long cancelled runs are waited for: less than half of the function's time. */
const CANCELLATION = 6 * 60_000;

/** `Custom::AppFlowFlowRun`: runs an on-demand flow when a deployment is to do so, and cancels its runs before it goes. */
export async function runFlow(event: CustomResourceEvent, appflow: AppFlow, stack: OwnStack, time: TimeLeft, trail: Trail): Promise<Outcome> {
  const run = new FlowRun(event, appflow, stack, time, trail);
  return event.RequestType === 'Delete' ? run.release() : run.apply();
}

class FlowRun {
  private readonly properties: Properties;
  private readonly old: Properties;

  constructor(
    private readonly event: CustomResourceEvent,
    private readonly appflow: AppFlow,
    private readonly stack: OwnStack,
    private readonly time: TimeLeft,
    private readonly trail: Trail,
  ) {
    this.properties = event.ResourceProperties;
    this.old = event.OldResourceProperties ?? {};
  }

  public async apply(): Promise<Outcome> {
    const name = requiredText(this.properties, 'FlowName');
    this.trail.subject = name;
    requiredChoice(this.properties, 'When', WHEN);
    const executionId = await this.runIfDue(name);
    return { physicalResourceId: name, data: { ExecutionId: executionId } };
  }

  public async release(): Promise<Outcome> {
    const { FlowName: name } = this.properties;
    if (cancels(this.properties) && typeof name === 'string') {
      await this.cancelBeforeDeletion(name);
    }
    return { physicalResourceId: this.event.PhysicalResourceId ?? this.event.LogicalResourceId };
  }

  private async runIfDue(name: string): Promise<string> {
    if (this.event.RequestType === 'Create') {
      return this.run(name);
    }
    const isDue = runIsDue(this.properties, this.old);
    const toCancel = cancels(this.old) && runIsDue(this.old, this.properties);
    if (!isDue && !toCancel) {
      return NO_RUN;
    }
    // The flow may not be as it was yet: a rollback comes to this resource first.
    if (await this.stack.isRollingBack()) {
      // A run that goes on is a smaller harm than a rollback that gets stuck.
      await (toCancel && typeof this.old.FlowName === 'string' ? this.cancel(this.old.FlowName).catch(() => undefined) : undefined);
      return NO_RUN;
    }
    return isDue ? this.run(name) : NO_RUN;
  }

  private async run(name: string): Promise<string> {
    const flow = await flowDescription(this.appflow, name);
    if (flow === undefined) {
      throw flowNotFound(name);
    }
    if (!isOnDemand(flow)) {
      throw new CustomResourceError(ErrorCode.TRIGGER_MISMATCH,
        `flow '${name}' is declared with trigger OnDemand, but has trigger ${flow.triggerType}, so starting it would not run it once; `
        + 'the trigger was changed outside of the stack: change it back and deploy again');
    }
    this.trail.trace = 'started';
    return this.start(name);
  }

  private async start(name: string): Promise<string> {
    // AppFlow answers a token that it knows with the run that it started before, so a repeated delivery does not run twice.
    const token = clientToken(this.event);
    for (let attempt = 0; ; attempt++) {
      try {
        return (await this.appflow.startFlow(name, token)).executionId ?? NO_RUN;
      } catch (error) {
        const refused = asServiceError(error);
        const wait = fullJitter(attempt, PAUSE, MAX_PAUSE);
        if (!refused.ambiguous || this.time.left() <= wait) {
          throw runNotStarted(name, refused);
        }
        await this.time.pause(wait);
      }
    }
  }

  private async cancelBeforeDeletion(name: string): Promise<void> {
    try {
      const flow = await flowDescription(this.appflow, name);
      if (flow !== undefined && isOnDemand(flow)) {
        await this.cancel(name);
      }
    } catch (error) {
      if (!isOutOfReach((error as Error).cause)) {
        throw error;
      }
    }
  }

  /** Cancels the runs in progress, and waits until none is left, or AppFlow has had time enough to end them. */
  private async cancel(name: string): Promise<void> {
    const end = Math.max(this.time.left() - CANCELLATION, 0);
    for (let pause = PAUSE; ; pause = Math.min(pause * 2, MAX_PAUSE)) {
      const running = await runsInProgress(this.appflow, name);
      const untouched = running.filter(({ status }) => status !== 'CancelStarted').map(({ executionId }) => executionId);
      if (untouched.length > 0) {
        await this.cancelRuns(name, untouched);
      }
      if (running.length === 0 || this.time.left() - pause <= end) {
        return;
      }
      await this.time.pause(pause);
    }
  }

  private async cancelRuns(name: string, executionIds: string[]): Promise<void> {
    try {
      await persist(async () => this.appflow.cancelRuns(name, executionIds), this.time);
    } catch (error) {
      throw new CustomResourceError(ErrorCode.RUN_NOT_CANCELED,
        `the runs in progress of flow '${name}' could not be cancelled: ${refusal('CancelFlowExecutions', asServiceError(error))}`, error);
    }
  }
}

/** Whether a deployment that changes one declaration to another runs the flow. */
function runIsDue(declared: Properties, before: Properties): boolean {
  return declared.When === 'Always'
    || declared.FlowName !== before.FlowName
    || declared.When === 'OnChange' && declared.Definition !== before.Definition;
}

/** CloudFormation delivers every value as a text. */
function cancels({ CancelOnDelete }: Properties): boolean {
  return CancelOnDelete === 'true';
}

function isOnDemand({ triggerType }: FlowDescription): boolean {
  return triggerType === 'OnDemand';
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
