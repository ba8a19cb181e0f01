import { AppFlow, AppFlowError, FlowDescription, StartedFlow } from '../../../lib/custom-resources/handlers/appflow';

export interface FlowInMemory {
  trigger: 'Scheduled' | 'Event' | 'OnDemand';
  status: string;
  statusMessage?: string;
  tags: Record<string, string>;
  /** Ids of the runs, by client token. */
  runs: Map<string, string>;
  runInProgress: boolean;
}

type Operation = keyof AppFlow;

export interface Fault {
  readonly operation: Operation;
  /** Which call from now on, counted from 1. */
  readonly nth?: number;
  readonly error: AppFlowError;
  /** Carry the call out and lose its answer. */
  readonly afterEffect?: boolean;
  /** Also all calls after the nth. */
  readonly lasting?: boolean;
}

export const refused = (reason: string, message = `${reason} of the double`) => new AppFlowError(reason, message, reason === 'ConflictException');
export const lost = () => new AppFlowError('ECONNRESET', 'socket hang up', true);

/** AppFlow as the handlers see it, in memory. */
export class InMemoryAppFlow implements AppFlow {
  public static readonly arnOf = (name: string) => `arn:aws:appflow:eu-west-1:111122223333:flow/${name}`;

  public readonly flows = new Map<string, FlowInMemory>();
  /** The calls that were made, as `operation subject`. */
  public readonly calls: string[] = [];
  /** StopFlow on flows that cannot be stopped. */
  public pointlessStops = 0;
  private readonly faults: (Fault & { seen: number })[] = [];

  /** Adds a flow as CloudFormation leaves it: active on demand, otherwise a draft. */
  public addFlow(name: string, trigger: FlowInMemory['trigger'] = 'Scheduled', status = trigger === 'OnDemand' ? 'Active' : 'Draft'): FlowInMemory {
    const flow: FlowInMemory = { trigger, status, tags: {}, runs: new Map(), runInProgress: false };
    this.flows.set(name, flow);
    return flow;
  }

  public inject(fault: Fault): void {
    this.faults.push({ ...fault, seen: 0 });
  }

  public clearFaults(): void {
    this.faults.length = 0;
  }

  /** The calls that change something. */
  public get changes(): string[] {
    return this.calls.filter(call => !/^(describeFlow|listTags) /.test(call));
  }

  public async describeFlow(name: string): Promise<FlowDescription | undefined> {
    return this.call('describeFlow', name, () => {
      const flow = this.flows.get(name);
      return flow && {
        status: flow.status,
        statusMessage: flow.statusMessage,
        triggerType: flow.trigger,
        arn: InMemoryAppFlow.arnOf(name),
        hasRun: flow.runs.size > 0,
      };
    });
  }

  public async startFlow(name: string, clientToken?: string): Promise<StartedFlow> {
    return this.call('startFlow', name, () => {
      const flow = this.existing(name);
      if (flow.trigger !== 'OnDemand') {
        flow.status = 'Active';
        return { status: flow.status };
      }
      const known = flow.runs.get(clientToken!);
      if (known === undefined && flow.runInProgress) {
        throw refused('ConflictException', 'a run is in progress');
      }
      const executionId = known ?? `run-${flow.runs.size + 1}`;
      flow.runs.set(clientToken!, executionId);
      return { status: flow.status, executionId };
    });
  }

  public async stopFlow(name: string): Promise<string | undefined> {
    return this.call('stopFlow', name, () => {
      const flow = this.existing(name);
      if (flow.trigger === 'OnDemand') {
        this.pointlessStops++;
        throw refused('UnsupportedOperationException');
      }
      return (flow.status = 'Suspended');
    });
  }

  public async listTags(arn: string): Promise<Record<string, string> | undefined> {
    return this.call('listTags', arn, () => {
      const flow = this.flows.get(nameIn(arn));
      return flow && { ...flow.tags };
    });
  }

  public async tag(arn: string, tags: Record<string, string>): Promise<void> {
    return this.call('tag', arn, () => {
      Object.assign(this.existing(nameIn(arn)).tags, tags);
    });
  }

  public async untag(arn: string, keys: string[]): Promise<void> {
    return this.call('untag', arn, () => {
      const { tags } = this.existing(nameIn(arn));
      keys.forEach(key => delete tags[key]);
    });
  }

  private existing(name: string): FlowInMemory {
    const flow = this.flows.get(name);
    if (!flow) {
      throw refused('ResourceNotFoundException');
    }
    return flow;
  }

  private call<T>(operation: Operation, subject: string, effect: () => T): T {
    this.calls.push(`${operation} ${subject}`);
    const fault = this.faults.find(candidate => candidate.operation === operation
      && (++candidate.seen === (candidate.nth ?? 1) || candidate.lasting === true && candidate.seen > (candidate.nth ?? 1)));
    if (fault && !fault.afterEffect) {
      throw fault.error;
    }
    const result = effect();
    if (fault) {
      throw fault.error;
    }
    return result;
  }
}

const nameIn = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);
