import {
  AppflowClient, CancelFlowExecutionsCommand, CreateConnectorProfileCommand, type CreateConnectorProfileRequest, CreateConnectorProfileRequest$,
  CreateFlowCommand, type CreateFlowRequest, CreateFlowRequest$, DeleteConnectorProfileCommand, DeleteFlowCommand, DescribeConnectorProfilesCommand,
  DescribeFlowCommand, DescribeFlowExecutionRecordsCommand, type DescribeFlowResponse, type ExecutionRecord, ListTagsForResourceCommand,
  StartFlowCommand, StopFlowCommand, TagResourceCommand, UntagResourceCommand, UpdateConnectorProfileCommand, type UpdateConnectorProfileRequest,
  UpdateConnectorProfileRequest$, UpdateFlowCommand, type UpdateFlowRequest, UpdateFlowRequest$,
} from '@aws-sdk/client-appflow';
import type { Deadline } from './deadline';
import { typed } from './request';
import { ServiceCalls } from './service';

/** A flow as far as the handlers look at it. */
export interface FlowDescription {
  /** `Active`, `Deprecated`, `Draft`, `Errored` or `Suspended`. */
  readonly status?: string;
  /** AppFlow's own explanation of the status. */
  readonly statusMessage?: string;
  /** `Scheduled`, `Event` or `OnDemand`. */
  readonly triggerType?: string;
  readonly arn?: string;
  /** Whether the flow was ever run. */
  readonly hasRun?: boolean;
  readonly kmsArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly source?: FlowEndDescription;
  readonly destination?: FlowEndDescription;
  /** Of a scheduled flow: where its first run starts to read, where that is said. */
  readonly firstExecutionFrom?: Date;
  /** What its filters let through that have two bounds. */
  readonly bounds?: readonly Bounds[];
}

/** The bounds of a filter. */
export interface Bounds {
  readonly field: string;
  readonly lower: string;
  readonly upper: string;
}

/** A task as the API describes it, as far as the handlers look at it. */
interface TaskDescription {
  readonly sourceFields?: readonly string[];
  readonly taskProperties?: Readonly<Record<string, string>>;
}

/** The source or the destination of a flow. */
export interface FlowEndDescription {
  readonly connectorType: string;
  /** The members of the connector's own properties. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A run of a flow. */
export interface RunDescription {
  readonly executionId: string;
  /** `InProgress`, `Successful`, `Error`, `CancelStarted` or `Canceled`. */
  readonly status: string;
  readonly startedAt?: Date;
  /** Where the records end that an incremental run has asked for. */
  readonly dataPullEndTime?: Date;
  readonly recordsProcessed?: number;
  /** How many records could not be written. */
  readonly failedRecords?: number;
  /** AppFlow's own explanation of an error. */
  readonly message?: string;
}

export interface StartedFlow {
  readonly status?: string;
  /** Of the run; on-demand flows only. */
  readonly executionId?: string;
}

/** A connector profile as far as the handlers look at it. */
export interface ProfileDescription {
  readonly arn: string;
  readonly credentialsArn: string;
}

/** What AppFlow is asked to create or update, in the members of the API. Numbers, booleans and times may be texts. */
export type FlowRequest = Readonly<Record<string, unknown>> & { readonly flowName: string };
export type ProfileRequest = Readonly<Record<string, unknown>> & { readonly connectorProfileName: string };

/** What the handlers need of AppFlow. Every call rejects with a `ServiceError` only. */
export interface AppFlow {
  /** Undefined when there is no such flow. */
  describeFlow(name: string): Promise<FlowDescription | undefined>;
  /** Resolves to the ARN of the flow, which is created once for each token. */
  createFlow(request: FlowRequest, tags: Readonly<Record<string, string>>, clientToken: string): Promise<string | undefined>;
  updateFlow(request: FlowRequest, clientToken: string): Promise<void>;
  /** Also deletes an active flow. */
  deleteFlow(name: string): Promise<void>;
  /** Activates a scheduled or event flow; runs an on-demand flow, once for each token. */
  startFlow(name: string, clientToken?: string): Promise<StartedFlow>;
  /** Resolves to the status of the flow. */
  stopFlow(name: string): Promise<string | undefined>;
  /** The runs of a flow, newest first, one page after the other for as long as they are asked for; none when there is no such flow. */
  runs(name: string): AsyncIterable<RunDescription>;
  /** Cancels runs in progress; those that are over stay as they are. */
  cancelRuns(name: string, executionIds: string[]): Promise<void>;
  /** Undefined when there is no such flow or connector. */
  listTags(arn: string): Promise<Record<string, string> | undefined>;
  tag(arn: string, tags: Record<string, string>): Promise<void>;
  untag(arn: string, keys: string[]): Promise<void>;
  /** Undefined when there is no such profile. */
  describeProfile(name: string): Promise<ProfileDescription | undefined>;
  /** Creates a profile, once for each token. */
  createProfile(request: ProfileRequest, clientToken: string): Promise<void>;
  updateProfile(request: ProfileRequest, clientToken: string): Promise<void>;
  deleteProfile(name: string): Promise<void>;
}

/** The most that DescribeFlowExecutionRecords gives in one answer. */
const RUNS_OF_A_PAGE = 100;

/** AppFlow through the SDK, within the time of one invocation. */
export class AppFlowService implements AppFlow {
  private readonly client: AppflowClient;
  private readonly calls: ServiceCalls;

  /**
   * @param permissionsAreNew whether the deployment may just have granted the permissions, so that a denial can pass by itself
   */
  constructor(deadline: Deadline, permissionsAreNew: boolean) {
    this.calls = new ServiceCalls(deadline, permissionsAreNew);
    this.client = new AppflowClient(this.calls.configuration);
  }

  public async describeFlow(flowName: string): Promise<FlowDescription | undefined> {
    return this.calls.unlessGone(async abortSignal => {
      const flow = await this.client.send(new DescribeFlowCommand({ flowName }), { abortSignal });
      return flow.flowStatus === 'Deleted' ? undefined : {
        status: flow.flowStatus,
        statusMessage: flow.flowStatusMessage,
        triggerType: flow.triggerConfig?.triggerType,
        arn: flow.flowArn,
        hasRun: flow.lastRunExecutionDetails?.mostRecentExecutionTime !== undefined,
        kmsArn: flow.kmsArn,
        tags: flow.tags,
        ...endsOf(flow),
        firstExecutionFrom: flow.triggerConfig?.triggerProperties?.Scheduled?.firstExecutionFrom,
        bounds: boundsOf(flow.tasks),
      };
    });
  }

  public async createFlow(request: FlowRequest, tags: Readonly<Record<string, string>>, clientToken: string): Promise<string | undefined> {
    const input = typed(CreateFlowRequest$, { ...request, tags, clientToken }) as CreateFlowRequest;
    return this.calls.make(async abortSignal => (await this.client.send(new CreateFlowCommand(input), { abortSignal })).flowArn);
  }

  public async updateFlow(request: FlowRequest, clientToken: string): Promise<void> {
    const input = typed(UpdateFlowRequest$, { ...request, clientToken }) as UpdateFlowRequest;
    await this.calls.make(async abortSignal => this.client.send(new UpdateFlowCommand(input), { abortSignal }));
  }

  public async deleteFlow(flowName: string): Promise<void> {
    await this.calls.make(async abortSignal => this.client.send(new DeleteFlowCommand({ flowName, forceDelete: true }), { abortSignal }));
  }

  public async startFlow(flowName: string, clientToken?: string): Promise<StartedFlow> {
    return this.calls.make(async abortSignal => {
      const flow = await this.client.send(new StartFlowCommand({ flowName, clientToken }), { abortSignal });
      return { status: flow.flowStatus, executionId: flow.executionId };
    });
  }

  public async stopFlow(flowName: string): Promise<string | undefined> {
    return this.calls.make(async abortSignal => (await this.client.send(new StopFlowCommand({ flowName }), { abortSignal })).flowStatus);
  }

  public async *runs(flowName: string): AsyncIterable<RunDescription> {
    let nextToken: string | undefined;
    do {
      const page = await this.calls.unlessGone(async abortSignal => this.client.send(
        new DescribeFlowExecutionRecordsCommand({ flowName, maxResults: RUNS_OF_A_PAGE, nextToken }), { abortSignal }));
      yield* (page?.flowExecutions ?? []).map(toRun);
      nextToken = page?.nextToken;
    } while (nextToken !== undefined);
  }

  public async cancelRuns(flowName: string, executionIds: string[]): Promise<void> {
    await this.calls.make(async abortSignal => this.client.send(new CancelFlowExecutionsCommand({ flowName, executionIds }), { abortSignal }));
  }

  public async listTags(resourceArn: string): Promise<Record<string, string> | undefined> {
    return this.calls.unlessGone(async abortSignal => {
      const answer = await this.client.send(new ListTagsForResourceCommand({ resourceArn }), { abortSignal });
      return answer.tags ?? {};
    });
  }

  public async tag(resourceArn: string, tags: Record<string, string>): Promise<void> {
    await this.calls.make(async abortSignal => this.client.send(new TagResourceCommand({ resourceArn, tags }), { abortSignal }));
  }

  public async untag(resourceArn: string, tagKeys: string[]): Promise<void> {
    await this.calls.make(async abortSignal => this.client.send(new UntagResourceCommand({ resourceArn, tagKeys }), { abortSignal }));
  }

  public async describeProfile(name: string): Promise<ProfileDescription | undefined> {
    return this.calls.make(async abortSignal => {
      const { connectorProfileDetails: [profile] = [] } = await this.client.send(
        new DescribeConnectorProfilesCommand({ connectorProfileNames: [name] }), { abortSignal });
      return profile && { arn: profile.connectorProfileArn ?? '', credentialsArn: profile.credentialsArn ?? '' };
    });
  }

  public async createProfile(request: ProfileRequest, clientToken: string): Promise<void> {
    const input = typed(CreateConnectorProfileRequest$, { ...request, clientToken }) as CreateConnectorProfileRequest;
    await this.calls.make(async abortSignal => this.client.send(new CreateConnectorProfileCommand(input), { abortSignal }));
  }

  public async updateProfile(request: ProfileRequest, clientToken: string): Promise<void> {
    const input = typed(UpdateConnectorProfileRequest$, { ...request, clientToken }) as UpdateConnectorProfileRequest;
    await this.calls.make(async abortSignal => this.client.send(new UpdateConnectorProfileCommand(input), { abortSignal }));
  }

  public async deleteProfile(connectorProfileName: string): Promise<void> {
    await this.calls.make(async abortSignal => this.client.send(new DeleteConnectorProfileCommand({ connectorProfileName }), { abortSignal }));
  }

  public close(): void {
    this.client.destroy();
  }
}

/** The bounds of the filters among tasks that have two. */
export function boundsOf(tasks: readonly TaskDescription[] = []): Bounds[] {
  return tasks.flatMap(({ sourceFields = [], taskProperties: { LOWER_BOUND: lower, UPPER_BOUND: upper } = {} }) =>
    lower !== undefined && upper !== undefined ? [{ field: sourceFields[0], lower, upper }] : []);
}

/** The source and the destination of a flow, which has one each. */
export function endsOf({ sourceFlowConfig: source, destinationFlowConfigList: [destination] = [] }: Pick<
  DescribeFlowResponse, 'sourceFlowConfig' | 'destinationFlowConfigList'
>): Pick<FlowDescription, 'source' | 'destination'> {
  return {
    source: toEnd(source?.connectorType, source?.sourceConnectorProperties),
    destination: toEnd(destination?.connectorType, destination?.destinationConnectorProperties),
  };
}

function toEnd(connectorType: string | undefined, union: object = {}): FlowEndDescription | undefined {
  const properties: Record<string, unknown> = Object.assign({}, ...Object.values(union));
  return connectorType === undefined ? undefined : { connectorType, properties };
}

function toRun({ executionId, executionStatus, executionResult, startedAt, dataPullEndTime }: ExecutionRecord): RunDescription {
  return {
    executionId: executionId ?? '',
    status: executionStatus ?? 'unknown',
    startedAt,
    dataPullEndTime,
    recordsProcessed: executionResult?.recordsProcessed,
    failedRecords: executionResult?.errorInfo?.putFailuresCount,
    message: executionResult?.errorInfo?.executionMessage,
  };
}
