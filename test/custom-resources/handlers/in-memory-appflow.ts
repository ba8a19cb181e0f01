import {
  AppFlow, boundsOf, endsOf, FlowDescription, FlowRequest, ProfileDescription, ProfileRequest, RunDescription, StartedFlow,
} from '../../../lib/custom-resources/handlers/appflow';
import { ServiceError } from '../../../lib/custom-resources/handlers/service';

export interface FlowInMemory {
  trigger: 'Scheduled' | 'Event' | 'OnDemand';
  status: string;
  statusMessage?: string;
  tags: Record<string, string>;
  /** Ids of the runs, by client token. */
  runs: Map<string, string>;
  runInProgress: boolean;
  /** What AppFlow tells of its runs, newest first. */
  records: RunDescription[];
  firstExecutionFrom?: Date;
  /** What it was created or updated with, where that was through AppFlow itself. */
  definition?: Readonly<Record<string, unknown>>;
  kmsArn?: string;
}

type Operation = keyof AppFlow;

export interface Fault {
  readonly operation: Operation;
  /** Which call from now on, counted from 1. */
  readonly nth?: number;
  readonly error: ServiceError;
  /** Carry the call out and lose its answer. */
  readonly afterEffect?: boolean;
  /** Also all calls after the nth. */
  readonly lasting?: boolean;
}

export const refused = (reason: string, message = `${reason} of the double`) => new ServiceError(reason, message, reason === 'ConflictException');
export const lost = () => new ServiceError('ECONNRESET', 'socket hang up', true);

/** AppFlow as the handlers see it, in memory. */
export class InMemoryAppFlow implements AppFlow {
  public static readonly arnOf = (name: string) => `arn:aws:appflow:eu-west-1:111122223333:flow/${name}`;

  public readonly flows = new Map<string, FlowInMemory>();
  /** Connector profiles, as they were created or updated. */
  public readonly profiles = new Map<string, ProfileRequest>();
  /** The calls that were made, as `operation subject`. */
  public readonly calls: string[] = [];
  /** StopFlow on flows that cannot be stopped. */
  public pointlessStops = 0;
  /** Requests that were carried out, by their tokens. */
  private readonly done = new Map<string, string>();
  private readonly faults: (Fault & { seen: number })[] = [];

  /** Adds a flow as CloudFormation leaves it: active on demand, otherwise a draft. */
  public addFlow(name: string, trigger: FlowInMemory['trigger'] = 'Scheduled', status = trigger === 'OnDemand' ? 'Active' : 'Draft'): FlowInMemory {
    const flow: FlowInMemory = { trigger, status, tags: {}, runs: new Map(), runInProgress: false, records: [] };
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
    return this.calls.filter(call => !/^(describeFlow|describeProfile|runs|listTags) /.test(call));
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
        kmsArn: flow.kmsArn,
        tags: { ...flow.tags },
        firstExecutionFrom: flow.firstExecutionFrom,
        ...endsOf((flow.definition ?? {}) as Parameters<typeof endsOf>[0]),
        bounds: boundsOf(flow.definition?.tasks as Parameters<typeof boundsOf>[0]),
      };
    });
  }

  public async createFlow(request: FlowRequest, tags: Readonly<Record<string, string>>, clientToken: string): Promise<string> {
    const { flowName: name, kmsArn, ...definition } = request;
    return this.call('createFlow', name, () => {
      if (this.isNew('createFlow', name, clientToken, this.flows)) {
        const trigger = (definition.triggerConfig as { triggerType: FlowInMemory['trigger'] } | undefined)?.triggerType;
        Object.assign(this.addFlow(name, trigger), { definition, kmsArn, tags: { ...tags } });
      }
      return InMemoryAppFlow.arnOf(name);
    });
  }

  public async updateFlow({ flowName, ...definition }: FlowRequest): Promise<void> {
    return this.call('updateFlow', flowName, () => {
      this.existing(flowName).definition = definition;
    });
  }

  public async deleteFlow(name: string): Promise<void> {
    return this.call('deleteFlow', name, () => {
      this.existing(name);
      this.flows.delete(name);
    });
  }

  public async describeProfile(name: string): Promise<ProfileDescription | undefined> {
    return this.call('describeProfile', name, () => this.profiles.has(name) ? { arn: `arn of ${name}`, credentialsArn: `credentials of ${name}` } : undefined);
  }

  public async createProfile(request: ProfileRequest, clientToken: string): Promise<void> {
    const { connectorProfileName: name } = request;
    return this.call('createProfile', name, () => {
      if (this.isNew('createProfile', name, clientToken, this.profiles)) {
        this.profiles.set(name, request);
      }
    });
  }

  public async updateProfile(request: ProfileRequest): Promise<void> {
    const { connectorProfileName: name } = request;
    return this.call('updateProfile', name, () => {
      if (!this.profiles.has(name)) {
        throw refused('ResourceNotFoundException');
      }
      this.profiles.set(name, { ...this.profiles.get(name), ...request });
    });
  }

  public async deleteProfile(name: string): Promise<void> {
    return this.call('deleteProfile', name, () => {
      if (!this.profiles.delete(name)) {
        throw refused('ResourceNotFoundException');
      }
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

  public async *runs(name: string): AsyncIterable<RunDescription> {
    yield* await this.call('runs', name, () => [...this.flows.get(name)?.records ?? []]);
  }

  public async cancelRuns(name: string, executionIds: string[]): Promise<void> {
    return this.call('cancelRuns', name, () => {
      const flow = this.existing(name);
      flow.records = flow.records.map(run => executionIds.includes(run.executionId) && run.status === 'InProgress' ? { ...run, status: 'CancelStarted' } : run);
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

  /** A request that was carried out under its token is answered as it was. */
  private isNew(operation: Operation, name: string, clientToken: string, existing: ReadonlyMap<string, unknown>): boolean {
    const key = `${operation} ${clientToken}`;
    if (this.done.get(key) === name) {
      return false;
    }
    if (existing.has(name)) {
      throw refused('ConflictException', `${name} already exists`);
    }
    this.done.set(key, name);
    return true;
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
