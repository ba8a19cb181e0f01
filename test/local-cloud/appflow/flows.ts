import {
  type CancelFlowExecutionsRequest, type CancelFlowExecutionsResponse, type CreateFlowRequest, type CreateFlowResponse,
  type DeleteFlowRequest, type DescribeFlowExecutionRecordsRequest, type DescribeFlowExecutionRecordsResponse, type DescribeFlowRequest,
  type DescribeFlowResponse, type ExecutionDetails, type FlowDefinition as FlowSummary, type FlowStatus, type ListFlowsRequest,
  type ListFlowsResponse, type StartFlowRequest, type StartFlowResponse, type StopFlowRequest, type StopFlowResponse, type TriggerType,
  type UpdateFlowRequest, type UpdateFlowResponse,
} from '@aws-sdk/client-appflow';
import { type Flow, type FlowDefinition, partnerEventSource } from './flow';
import { flowRefusal, type FlowSurroundings, profilesOf } from './flow-rule';
import { pageOf } from './page';
import { conflict, notFound, quotaExceeded, unsupported } from './refusal';
import { toExecutionRecord } from './run';
import { Runs } from './runs';

const FLOWS_OF_AN_ACCOUNT = 1000;

/** The flows of the account, by name. */
export class Flows {
  readonly all = new Map<string, Flow>();
  readonly runs: Runs;

  constructor(private readonly surroundings: FlowSurroundings, private readonly now: () => Date) {
    this.runs = new Runs(surroundings.world, now, this.all);
  }

  create({ kmsArn, tags = {}, ...input }: CreateFlowRequest, by: string): CreateFlowResponse {
    const definition = definitionOf(input);
    const { world: { quotas }, names } = this.surroundings;
    if (this.all.has(definition.flowName)) throw conflict(`A flow with the name ${definition.flowName} already exists`);
    const quota = quotas?.flows ?? FLOWS_OF_AN_ACCOUNT;
    if (this.all.size >= quota) throw quotaExceeded(`The account already has ${quota} flows`);
    this.check({ definition, kmsArn });
    const createdAt = this.now();
    const flow: Flow = {
      arn: names.flow(definition.flowName),
      kmsArn,
      definition,
      tags: { ...tags },
      createdAt,
      createdBy: by,
      lastUpdatedAt: createdAt,
      lastUpdatedBy: by,
      status: initialStatus(definition.triggerConfig.triggerType!),
      schemaVersion: 1,
      runs: [],
    };
    this.all.set(definition.flowName, flow);
    return { flowArn: flow.arn, flowStatus: flow.status };
  }

  /** Whether an active scheduled or event flow may be updated is not documented: it is taken, and keeps its status. */
  update(input: UpdateFlowRequest, by: string): UpdateFlowResponse {
    const flow = this.get(input.flowName!);
    const definition = definitionOf(input);
    const before = flow.definition;
    this.check({ definition, kmsArn: flow.kmsArn, stored: before });
    // OnDemand to Scheduled leaves the flow a draft (observed). Any change of trigger begins like a new flow: inferred from that.
    const { triggerType } = definition.triggerConfig;
    if (triggerType !== before.triggerConfig.triggerType) flow.status = initialStatus(triggerType!);
    // "The version number increases by one when you change" mappings, data types or partition keys (API reference, DescribeFlow).
    if (JSON.stringify(definition.tasks) !== JSON.stringify(before.tasks)) flow.schemaVersion += 1;
    flow.definition = definition;
    flow.lastUpdatedAt = this.now();
    flow.lastUpdatedBy = by;
    return { flowStatus: flow.status };
  }

  /** On demand this runs the flow once; otherwise it activates it, active or not (API reference, StartFlow). */
  start({ flowName }: StartFlowRequest): StartFlowResponse {
    const flow = this.get(flowName!);
    if (flow.definition.triggerConfig.triggerType === 'OnDemand') {
      return { flowArn: flow.arn, flowStatus: flow.status, executionId: this.runs.begin(flow).id };
    }
    this.checkEventBus(flow);
    flow.status = 'Active';
    flow.statusMessage = undefined;
    return { flowArn: flow.arn, flowStatus: flow.status };
  }

  /**
   * On demand this is not supported (API reference, StopFlow). What it does to a draft is not documented: it suspends it like any other. That a run in
   * progress goes on is inferred: StopFlow "deactivates the existing flow", and runs have an operation of their own, CancelFlowExecutions.
   */
  stop({ flowName }: StopFlowRequest): StopFlowResponse {
    const flow = this.get(flowName!);
    if (flow.definition.triggerConfig.triggerType === 'OnDemand') {
      throw unsupported(`The flow ${flowName} is an on-demand flow and cannot be deactivated`);
    }
    flow.status = 'Suspended';
    return { flowArn: flow.arn, flowStatus: flow.status };
  }

  /**
   * An active flow needs `forceDelete`. An on-demand flow is always Active, cannot be deactivated as the refusal advises, and is deleted
   * without it by the acceptance tests of terraform-provider-aws (which never send `forceDelete`): only schedules and events are refused.
   */
  delete({ flowName, forceDelete }: DeleteFlowRequest): void {
    const flow = this.get(flowName!);
    if (flow.status === 'Active' && flow.definition.triggerConfig.triggerType !== 'OnDemand' && !forceDelete) {
      throw conflict('Flow is in active state, please set forceDelete to true or deactivate the flow');
    }
    this.all.delete(flowName!);
  }

  /** Tasks are shown as they were given. The service shows `Map_all` expanded into the fields of the object (observed), which nobody here knows. */
  describe({ flowName }: DescribeFlowRequest): DescribeFlowResponse {
    const flow = this.get(flowName!);
    this.runs.look(flow);
    return {
      ...flow.definition,
      flowArn: flow.arn,
      kmsArn: flow.kmsArn,
      flowStatus: flow.status,
      flowStatusMessage: flow.statusMessage,
      lastRunExecutionDetails: lastRun(flow),
      createdAt: flow.createdAt,
      createdBy: flow.createdBy,
      lastUpdatedAt: flow.lastUpdatedAt,
      lastUpdatedBy: flow.lastUpdatedBy,
      tags: flow.tags,
      schemaVersion: flow.schemaVersion,
    };
  }

  list(input: ListFlowsRequest): ListFlowsResponse {
    const { items, nextToken } = pageOf('ListFlows', [...this.all.values()], input);
    return { flows: items.map(summaryOf), nextToken };
  }

  describeRuns(input: DescribeFlowExecutionRecordsRequest): DescribeFlowExecutionRecordsResponse {
    const flow = this.get(input.flowName!);
    this.runs.look(flow);
    const { items, nextToken } = pageOf(`DescribeFlowExecutionRecords ${flow.arn}`, flow.runs, input);
    return { flowExecutions: items.map(toExecutionRecord), nextToken };
  }

  cancelRuns({ flowName, executionIds }: CancelFlowExecutionsRequest): CancelFlowExecutionsResponse {
    return { invalidExecutions: this.runs.cancel(this.get(flowName!), executionIds) };
  }

  get(name: string): Flow {
    const flow = this.all.get(name);
    if (!flow) throw notFound(`Flow with name: ${name} does not exist`);
    return flow;
  }

  /** The names of the flows that go through a connector profile. */
  using(profile: string): string[] {
    return [...this.all.values()].filter(({ definition }) => profilesOf(definition).includes(profile)).map(({ definition }) => definition.flowName);
  }

  /** "Before you can activate the flow, you must" associate the partner event source with the event bus (user guide, EventBridge). The words are ours. */
  private checkEventBus({ definition }: Flow): void {
    const source = partnerEventSource(definition);
    if (source !== undefined && this.surroundings.world.hasEventBus?.(source) === false) {
      throw conflict(`The partner event source ${source} of the flow ${definition.flowName} is not associated with an event bus`);
    }
  }

  private check(request: Parameters<typeof flowRefusal>[0]): void {
    const refusal = flowRefusal(request, this.surroundings);
    if (refusal) throw refusal;
  }
}

/** OnDemand flows are Active from creation, the others drafts until StartFlow (CloudFormation reference, FlowStatus). */
function initialStatus(triggerType: TriggerType): FlowStatus {
  return triggerType === 'OnDemand' ? 'Active' : 'Draft';
}

function definitionOf(
  { flowName, description, triggerConfig, sourceFlowConfig, destinationFlowConfigList, tasks, metadataCatalogConfig }: UpdateFlowRequest,
): FlowDefinition {
  return {
    flowName: flowName!,
    description,
    triggerConfig: triggerConfig!,
    sourceFlowConfig: sourceFlowConfig!,
    destinationFlowConfigList: destinationFlowConfigList!,
    tasks: tasks!,
    metadataCatalogConfig,
  };
}

function summaryOf(flow: Flow): FlowSummary {
  const { definition: { flowName, description, triggerConfig, sourceFlowConfig, destinationFlowConfigList: [destination] } } = flow;
  return {
    flowArn: flow.arn,
    description,
    flowName,
    flowStatus: flow.status,
    sourceConnectorType: sourceFlowConfig.connectorType,
    destinationConnectorType: destination.connectorType,
    triggerType: triggerConfig.triggerType,
    createdAt: flow.createdAt,
    createdBy: flow.createdBy,
    lastUpdatedAt: flow.lastUpdatedAt,
    lastUpdatedBy: flow.lastUpdatedBy,
    tags: flow.tags,
    lastRunExecutionDetails: lastRun(flow),
  };
}

function lastRun({ runs: [last] }: Flow): ExecutionDetails | undefined {
  return last && {
    mostRecentExecutionMessage: last.status === 'Error' ? last.outcome.message : undefined,
    mostRecentExecutionTime: last.startedAt,
    mostRecentExecutionStatus: last.status,
  };
}
