import {
  type CancelFlowExecutionsRequest, type CreateConnectorProfileRequest, type CreateFlowRequest, type DeleteConnectorProfileRequest,
  type DeleteFlowRequest, type DescribeConnectorEntityRequest, type DescribeConnectorProfilesRequest, type DescribeConnectorRequest,
  type DescribeConnectorsRequest, type DescribeFlowExecutionRecordsRequest, type DescribeFlowRequest, type ListConnectorEntitiesRequest,
  type ListConnectorsRequest, type ListTagsForResourceRequest, type RegisterConnectorRequest, type ResetConnectorMetadataCacheRequest,
  type StartFlowRequest, type StopFlowRequest, type TagResourceRequest, type UnregisterConnectorRequest, type UntagResourceRequest,
  type UpdateConnectorProfileRequest, type UpdateConnectorRegistrationRequest, type UpdateFlowRequest,
} from '@aws-sdk/client-appflow';
import { ClientTokens } from './client-tokens';
import { Connectors, type RegisteredConnector } from './connectors';
import { type Flow } from './flow';
import { Flows } from './flows';
import { checkInput } from './input';
import { type JsonObject } from './json';
import { inputOf, type Operation, OPERATIONS, route } from './operation';
import { toWire } from './output';
import { authorize } from './permission';
import { type Profile, Profiles } from './profiles';
import { RateLimit } from './rate-limit';
import { redact } from './redaction';
import { conflict, throttled } from './refusal';
import { type Run, type RunOutcome } from './run';
import { Tags } from './tags';
import { Names, type World } from './world';
import { type Caller, type LocalRequest, type LocalResponse, type LocalService, ServiceError } from '../service';

/** A call as it is kept for tests: without credentials. */
export interface AppFlowCall {
  readonly operation: string;
  readonly input: JsonObject;
  readonly caller?: Caller;
  /** `ok`, or the name of the error that the call was answered with. */
  readonly outcome: string;
  /** Paths of members that the API does not know and the service therefore ignores. */
  readonly unknownMembers: readonly string[];
}

type Handler = (input: object, by: string) => object | void;

/** Amazon AppFlow in memory: it does what the service is documented or was observed to do and says so where it is not known. */
export class AppFlowService implements LocalService {
  readonly signingName = 'appflow';
  readonly calls: AppFlowCall[] = [];
  private readonly names: Names;
  private readonly flowStore: Flows;
  private readonly profileStore: Profiles;
  private readonly connectorStore: Connectors;
  private readonly tokens: ClientTokens;
  private readonly rate?: RateLimit;
  private readonly handlers: Readonly<Record<string, Handler>>;

  constructor(world: World) {
    const now = world.now ?? (() => new Date());
    this.names = new Names(world);
    this.tokens = new ClientTokens(now);
    this.rate = world.callsPerSecond !== undefined ? new RateLimit(world.callsPerSecond, now) : undefined;
    this.flowStore = new Flows({ world, names: this.names, hasProfile: (name) => this.profiles.has(name) }, now);
    this.profileStore = new Profiles(world, this.names, now, (name) => this.flowStore.using(name));
    this.connectorStore = new Connectors(world, this.names, now, (name) => this.profileStore.get(name), () => this.profiles.values());
    this.handlers = this.handlersOf(new Tags(() => [...this.flows.values(), ...this.connectors.values()]));
  }

  get flows(): ReadonlyMap<string, Flow> { return this.flowStore.all; }

  get profiles(): ReadonlyMap<string, Profile> { return this.profileStore.all; }

  get connectors(): ReadonlyMap<string, RegisteredConnector> { return this.connectorStore.all; }

  operationOf(request: LocalRequest): string | undefined {
    return route(request)?.name;
  }

  async handle(request: LocalRequest): Promise<LocalResponse> {
    const operation = route(request);
    if (!operation) {
      return this.renderError(new ServiceError('UnknownOperationException', `Amazon AppFlow has no operation ${request.method} ${request.path}`, 404));
    }
    try {
      return jsonResponse(operation.status, this.call(operation, () => inputOf(operation, request), request.caller));
    } catch (error) {
      if (error instanceof ServiceError) return this.renderError(error);
      throw error;
    }
  }

  renderError({ name, message, status }: ServiceError): LocalResponse {
    return jsonResponse(status, { message }, { 'x-amzn-errortype': name });
  }

  /** Does an operation in process, input and output in the form of the API's JSON. Refusals are thrown. */
  invoke(operationName: string, input: JsonObject = {}, caller?: Caller): JsonObject {
    const operation = OPERATIONS.get(operationName);
    if (!operation) throw new ServiceError('UnknownOperationException', `Amazon AppFlow has no operation ${operationName}`, 404);
    return this.call(operation, () => input, caller);
  }

  /** Says how the next run of a flow ends. */
  setNextRun(flowName: string, outcome: RunOutcome): void {
    this.flowStore.runs.setNext(flowName, outcome);
  }

  /** What the schedule or an event does: begins a run of an active flow, now or as of another time. */
  trigger(flowName: string, at?: Date): Run {
    const flow = this.flowStore.get(flowName);
    if (flow.status !== 'Active') throw conflict(`The flow ${flowName} is ${flow.status}: nothing triggers it`);
    return this.flowStore.runs.begin(flow, at);
  }

  /** What the private connection of a profile has come to. */
  setPrivateConnection(profileName: string, state: NonNullable<Profile['privateConnection']>): void {
    this.profileStore.get(profileName).privateConnection = state;
  }

  private call(operation: Operation, read: () => JsonObject, caller: Caller | undefined): JsonObject {
    let input: JsonObject = {};
    let unknown: readonly string[] = [];
    const record = (outcome: string) => {
      this.calls.push({ operation: operation.name, input: redact(input), caller, outcome, unknownMembers: unknown });
    };
    try {
      input = read();
      if (caller !== undefined && this.rate?.take() === false) throw throttled();
      const { value, unknownMembers } = checkInput(operation.input, input, this.names.partition);
      unknown = unknownMembers;
      authorize(operation.name, value, caller, this.names);
      const handler = this.handlers[operation.name];
      const output = this.tokens.once(operation.name, value, () => toWire(operation.output, handler(value, caller?.accessKeyId ?? 'local') ?? {}));
      record('ok');
      return output as JsonObject;
    } catch (error) {
      record(error instanceof Error ? error.name : 'unknown');
      throw error;
    }
  }

  private handlersOf(tags: Tags): Record<string, Handler> {
    const { flowStore: flows, profileStore: profiles, connectorStore: connectors } = this;
    return {
      CreateFlow: (input, by) => flows.create(input as CreateFlowRequest, by),
      UpdateFlow: (input, by) => flows.update(input as UpdateFlowRequest, by),
      DeleteFlow: (input) => flows.delete(input as DeleteFlowRequest),
      DescribeFlow: (input) => flows.describe(input as DescribeFlowRequest),
      ListFlows: (input) => flows.list(input),
      StartFlow: (input) => flows.start(input as StartFlowRequest),
      StopFlow: (input) => flows.stop(input as StopFlowRequest),
      DescribeFlowExecutionRecords: (input) => flows.describeRuns(input as DescribeFlowExecutionRecordsRequest),
      CancelFlowExecutions: (input) => flows.cancelRuns(input as CancelFlowExecutionsRequest),
      CreateConnectorProfile: (input) => profiles.create(input as CreateConnectorProfileRequest),
      UpdateConnectorProfile: (input) => profiles.update(input as UpdateConnectorProfileRequest),
      DeleteConnectorProfile: (input) => profiles.delete(input as DeleteConnectorProfileRequest),
      DescribeConnectorProfiles: (input) => profiles.describe(input as DescribeConnectorProfilesRequest),
      RegisterConnector: (input, by) => connectors.register(input as RegisterConnectorRequest, by),
      UpdateConnectorRegistration: (input) => connectors.update(input as UpdateConnectorRegistrationRequest),
      UnregisterConnector: (input) => connectors.unregister(input as UnregisterConnectorRequest),
      DescribeConnector: (input) => connectors.describe(input as DescribeConnectorRequest),
      DescribeConnectors: (input) => connectors.describeAll(input as DescribeConnectorsRequest),
      ListConnectors: (input) => connectors.list(input as ListConnectorsRequest),
      ListConnectorEntities: (input) => connectors.listEntities(input as ListConnectorEntitiesRequest),
      DescribeConnectorEntity: (input) => connectors.describeEntity(input as DescribeConnectorEntityRequest),
      ResetConnectorMetadataCache: (input) => connectors.resetMetadataCache(input as ResetConnectorMetadataCacheRequest),
      TagResource: (input) => tags.tag(input as TagResourceRequest),
      UntagResource: (input) => tags.untag(input as UntagResourceRequest),
      ListTagsForResource: (input) => tags.list(input as ListTagsForResourceRequest),
    };
  }
}

function jsonResponse(status: number, body: JsonObject, headers: Record<string, string> = {}): LocalResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
