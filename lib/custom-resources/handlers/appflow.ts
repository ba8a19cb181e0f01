import {
  AppflowClient, CreateConnectorProfileCommand, type CreateConnectorProfileRequest, CreateConnectorProfileRequest$, CreateFlowCommand,
  type CreateFlowRequest, CreateFlowRequest$, DeleteConnectorProfileCommand, DeleteFlowCommand, DescribeConnectorProfilesCommand, DescribeFlowCommand,
  ListTagsForResourceCommand, StartFlowCommand, StopFlowCommand, TagResourceCommand, UntagResourceCommand, UpdateConnectorProfileCommand,
  type UpdateConnectorProfileRequest, UpdateConnectorProfileRequest$, UpdateFlowCommand, type UpdateFlowRequest, UpdateFlowRequest$,
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
  /** Undefined when there is no such flow. */
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
