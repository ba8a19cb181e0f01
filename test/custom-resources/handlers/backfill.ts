import { customResourceEvent } from './custom-resource';
import { InMemoryAppFlow } from './in-memory-appflow';
import { SimulatedTime } from './simulated-time';
import type { Bounds, FlowRequest, RunDescription, StartedFlow } from '../../../lib/custom-resources/handlers/appflow';
import { parseRanges, Range, windowsOf } from '../../../lib/custom-resources/handlers/backfill-windows';
import type { CustomResourceEvent, Outcome, Properties } from '../../../lib/custom-resources/handlers/cloudformation';
import { planBackfill } from '../../../lib/custom-resources/handlers/flow-backfill';
import { completeBackfill } from '../../../lib/custom-resources/handlers/flow-backfill-completion';

export const DAY = 24 * 60 * 60;

/** AppFlow in memory, that remembers which windows its runs have loaded. */
export class LoadingAppFlow extends InMemoryAppFlow {
  /** How often a run is looked at until it is over. */
  public looksPerRun = 1;
  /** How the next runs end; successfully where nothing is said. */
  public readonly endings: Partial<RunDescription>[] = [];
  /** What was loaded, in the order in which the runs have ended, without what windows reach into others. */
  public readonly loaded: Range[] = [];
  private readonly updates = new Set<string>();
  private readonly looks = new Map<string, number>();
  private readonly bounds = new Map<string, Bounds | undefined>();

  public async updateFlow(request: FlowRequest, clientToken?: string): Promise<void> {
    const flow = this.flows.get(request.flowName);
    const before = flow?.definition;
    try {
      await super.updateFlow(request);
    } finally {
      // A request that was carried out under its token is not carried out again.
      if (flow !== undefined && this.updates.has(clientToken!)) {
        flow.definition = before;
      } else if (flow?.definition !== before) {
        this.updates.add(clientToken!);
      }
    }
  }

  public async startFlow(name: string, clientToken?: string): Promise<StartedFlow> {
    try {
      return await super.startFlow(name, clientToken);
    } finally {
      this.note(name);
    }
  }

  public async *runs(name: string): AsyncIterable<RunDescription> {
    this.look(name);
    yield* super.runs(name);
  }

  public async cancelRuns(name: string, executionIds: string[]): Promise<void> {
    await super.cancelRuns(name, executionIds);
    this.note(name);
  }

  private note(name: string): void {
    const flow = this.flows.get(name);
    for (const executionId of flow?.runs.values() ?? []) {
      if (!this.bounds.has(executionId)) {
        this.bounds.set(executionId, boundsIn(flow!.definition));
        flow!.records.unshift({ executionId, status: 'InProgress' });
      }
    }
    if (flow !== undefined) {
      flow.runInProgress = flow.records.some(({ status }) => status === 'InProgress' || status === 'CancelStarted');
    }
  }

  private look(name: string): void {
    const flow = this.flows.get(name);
    if (flow === undefined) {
      return;
    }
    flow.records = flow.records.map(run => {
      const looks = (this.looks.get(run.executionId) ?? 0) + 1;
      this.looks.set(run.executionId, looks);
      if (run.status === 'CancelStarted') {
        return { ...run, status: 'Canceled' };
      }
      if (run.status !== 'InProgress' || looks <= this.looksPerRun) {
        return run;
      }
      const ended = { ...run, status: 'Successful', recordsProcessed: 10, ...this.endings.shift() };
      const bounds = this.bounds.get(run.executionId);
      if (ended.status === 'Successful' && bounds !== undefined) {
        this.loaded.push({ from: Number(bounds.lower) / 1000 + 1, to: Number(bounds.upper) / 1000 - 1 });
      }
      return ended;
    });
    this.note(name);
  }
}

function boundsIn(definition: Properties | undefined): Bounds | undefined {
  const [{ sourceFields, taskProperties }] = definition!.tasks as { sourceFields: string[]; taskProperties: Record<string, string> }[];
  return { field: sourceFields[0], lower: taskProperties.LOWER_BOUND, upper: taskProperties.UPPER_BOUND };
}

const FLOW = {
  flowName: 'Orders',
  kmsArn: 'key',
  triggerConfig: { triggerType: 'OnDemand' },
  tasks: [
    { taskType: 'Filter', sourceFields: ['changed'], taskProperties: { DATA_TYPE: 'datetime', LOWER_BOUND: '0', UPPER_BOUND: '0' } },
    { taskType: 'Map_all', sourceFields: [] },
  ],
};

interface Declared {
  readonly plan: { readonly properties: Properties; readonly outcome: Outcome };
  readonly completions: Properties[];
}

export interface BackfillDeployment {
  readonly from: number;
  readonly to?: number;
  readonly revision?: string;
  readonly windowSeconds?: number;
  readonly description?: string;
  readonly allowFailedRecords?: boolean;
  /** Seconds that each custom resource has. */
  readonly timeLimit?: number;
  /** Another resource of the stack fails after all of these have succeeded. */
  readonly failsElsewhere?: boolean;
}

/** The custom resources of a backfill as CloudFormation and CDK's provider framework call them, in simulated time. */
export class Backfill {
  public now = Date.UTC(2026, 0, 1);
  /** How many waiters there are for each request, side by side. */
  public waiters = 1;
  public declared?: Declared;
  private rollingBack = false;

  constructor(public readonly appflow: LoadingAppFlow, private readonly links = 2) {
    jest.spyOn(Date, 'now').mockImplementation(() => this.now);
    appflow.addFlow('Orders', 'OnDemand').definition = FLOW;
  }

  /** Where the increments begin. */
  public get end(): number {
    return Number(this.declared!.plan.outcome.data!.To);
  }

  /** Resolves to why the deployment has failed, if it has. */
  public async deploy(deployment: BackfillDeployment): Promise<string | undefined> {
    const before = this.declared;
    const done: (() => Promise<void>)[] = [];
    try {
      const plan = await this.plan(deployment, before);
      const completions: Properties[] = [];
      for (let link = 0; link < this.links; link++) {
        const properties = this.propertiesOf(deployment, plan.outcome, link);
        const old = before?.completions[link];
        completions.push(properties);
        done.unshift(async () => this.complete(old === undefined ? { RequestType: 'Delete', ResourceProperties: properties }
          : { RequestType: 'Update', ResourceProperties: old, OldResourceProperties: properties }));
        if (JSON.stringify(old) !== JSON.stringify(properties)) {
          await this.complete({ RequestType: old === undefined ? 'Create' : 'Update', ResourceProperties: properties, OldResourceProperties: old });
        }
      }
      if (deployment.failsElsewhere) {
        throw new Error('another resource has failed');
      }
      this.declared = { plan, completions };
      return undefined;
    } catch (error) {
      this.rollingBack = true;
      try {
        for (const undo of done) {
          await undo();
        }
      } finally {
        this.rollingBack = false;
      }
      return (error as Error).message;
    }
  }

  public async destroy(): Promise<void> {
    for (const properties of [...this.declared!.completions].reverse()) {
      await this.complete({ RequestType: 'Delete', ResourceProperties: properties });
    }
    this.declared = undefined;
  }

  private async plan({ from, to, revision }: BackfillDeployment, before: Declared | undefined): Promise<Declared['plan']> {
    const properties: Properties = { FlowName: 'Orders', From: String(from), ...to !== undefined && { To: String(to) }, Revision: revision };
    if (before !== undefined && JSON.stringify(before.plan.properties) === JSON.stringify(properties)) {
      return before.plan;
    }
    this.now += 1_000;
    return {
      properties,
      outcome: await planBackfill(customResourceEvent({
        RequestType: before === undefined ? 'Create' : 'Update', ResourceProperties: properties, PhysicalResourceId: before?.plan.outcome.physicalResourceId,
      })),
    };
  }

  private propertiesOf(deployment: BackfillDeployment, { data = {} }: Outcome, link: number): Properties {
    return {
      Flow: { ...FLOW, description: deployment.description },
      FilterIndex: '0',
      Ranges: data.Ranges,
      Attempt: data.Attempt,
      WindowSeconds: String(deployment.windowSeconds ?? 30 * DAY),
      AllowFailedRecords: String(deployment.allowFailedRecords ?? false),
      TimeLimitSeconds: String(deployment.timeLimit ?? 2880),
      Link: String(link + 1),
      IsLast: String(link === this.links - 1),
    };
  }

  private async complete(request: Partial<CustomResourceEvent>): Promise<void> {
    const event = customResourceEvent({ ...request, LogicalResourceId: 'Completion' });
    const services = () => ({ appflow: this.appflow, stack: { isRollingBack: async () => this.rollingBack }, time: new SimulatedTime() });
    const polled = await Promise.all(Array.from({ length: this.waiters }, async () => {
      const { physicalResourceId, data } = await completeBackfill.begin(event, services());
      return { ...event, PhysicalResourceId: physicalResourceId, Data: data, BegunAt: this.now };
    }));
    for (;;) {
      // CloudFormation takes the first answer.
      const looks = await Promise.allSettled(polled.map(async (waiter) => completeBackfill.isComplete(waiter, services())));
      for (const look of looks) {
        if (look.status === 'rejected') {
          throw look.reason;
        }
        if (look.value.done) {
          return;
        }
      }
      this.now += 30_000;
    }
  }
}

export function windows(ranges: string | readonly Range[], seconds = 30 * DAY): Range[] {
  return windowsOf(typeof ranges === 'string' ? parseRanges(ranges)! : ranges, seconds);
}
