import { type ConnectorType, type DestinationConnectorProperties, type DestinationFlowConfig, type SourceConnectorProperties } from '@aws-sdk/client-appflow';
import { DESTINATION_ACTIONS, judge, SOURCE_ACTIONS } from './bucket-policy';
import { memberOf, needsProfile } from './built-in-connector';
import { type FlowDefinition, sourceOperator } from './flow';
import { connectorServer, invalid, notFound } from './refusal';
import { type Names, type World } from './world';
import { type ServiceError } from '../service';

/** A CreateFlow or UpdateFlow request that satisfies the model. */
export interface FlowRequest {
  readonly definition: FlowDefinition;
  readonly kmsArn?: string;
  /** What UpdateFlow would replace; absent at CreateFlow. */
  readonly stored?: FlowDefinition;
}

export interface FlowSurroundings {
  readonly world: World;
  readonly names: Names;
  readonly hasProfile: (name: string) => boolean;
}

/** Something that the service refuses although it satisfies the model. */
export interface FlowRule {
  readonly name: string;
  /** Where it is documented or was observed. Nothing is refused without. */
  readonly evidence: string;
  readonly refusal: (request: FlowRequest, surroundings: FlowSurroundings) => ServiceError | undefined;
}

/** Both ways of putting it were observed: terraform-provider-aws 34508 at creation, 42482 and cdk-appflow 129 at update. */
function failed({ stored }: FlowRequest, reason: string): ServiceError {
  return invalid(stored ? `Update Flow request failed due to:[${reason}]` : `Create Flow request failed: [${reason}]`);
}

const IDENTIFYING = ['UPDATE', 'UPSERT'];

export const FLOW_RULES: readonly FlowRule[] = [
  {
    name: 'one destination',
    evidence: 'a flow has one destination: user guide, create-flow; CloudFormation reference, DestinationFlowConfigList. The words are ours',
    refusal: (request) => request.definition.destinationFlowConfigList.length === 1 ? undefined
      : failed(request, 'A flow must have exactly one destination'),
  },
  {
    name: 'connector properties',
    evidence: 'the properties hold "the information that is required to query a particular source connector" and to reach a destination: API reference. The words are ours',
    refusal: (request) => {
      const { sourceFlowConfig, destinationFlowConfigList: [destination] } = request.definition;
      const source = memberOf('SourceConnectorProperties', sourceFlowConfig.connectorType!);
      if (source === undefined || sourceFlowConfig.sourceConnectorProperties?.[source as keyof SourceConnectorProperties] === undefined) {
        return failed(request, `SourceConnectorProperties are missing for connector: ${sourceFlowConfig.connectorType}`);
      }
      const target = memberOf('DestinationConnectorProperties', destination.connectorType!);
      // The structure of LookoutMetrics has no members, so there is nothing that it could require.
      if (destination.connectorType === 'LookoutMetrics') return undefined;
      return target === undefined || destination.destinationConnectorProperties?.[target as keyof DestinationConnectorProperties] === undefined
        ? failed(request, `DestinationConnectorProperties are missing for connector: ${destination.connectorType}`) : undefined;
    },
  },
  {
    name: 'trigger properties of a schedule',
    evidence: 'observed: cdklabs/cdk-appflow issue 129',
    refusal: (request) => {
      const { triggerType, triggerProperties } = request.definition.triggerConfig;
      return triggerType === 'Scheduled' && triggerProperties?.Scheduled === undefined
        ? failed(request, 'TriggerProps is required for Scheduled Trigger Type.') : undefined;
    },
  },
  {
    name: 'no events from a custom connector',
    evidence: 'the TriggerType of the custom connector SDK knows SCHEDULED and ONDEMAND only: github.com/awslabs/aws-appflow-custom-connector-java. The words are ours',
    refusal: (request) => request.definition.triggerConfig.triggerType === 'Event' && request.definition.sourceFlowConfig.connectorType === 'CustomConnector'
      ? failed(request, 'Trigger type Event is not supported for connector: CustomConnector') : undefined,
  },
  {
    name: 'events for EventBridge',
    evidence: 'EventBridge takes events only: user guide, EventBridge. The words are ours',
    refusal: (request) => destinationOf(request).connectorType === 'EventBridge' && request.definition.triggerConfig.triggerType !== 'Event'
      ? failed(request, 'Trigger type Event is required for destination: EventBridge') : undefined,
  },
  {
    name: 'schedule and key for Lookout for Metrics',
    evidence: 'scheduled flows only, with a customer managed key: user guide, lookout. The words are ours',
    refusal: (request) => destinationOf(request).connectorType === 'LookoutMetrics' && request.stored === undefined
      && (request.definition.triggerConfig.triggerType !== 'Scheduled' || request.kmsArn === undefined)
      ? failed(request, 'Destination LookoutMetrics requires a Scheduled trigger and a kmsArn') : undefined,
  },
  {
    name: 'profile named',
    evidence: 'each of these connectors is reached through a connector profile: its user guide page. The words are ours',
    refusal: (request) => connections(request.definition).filter(({ type, profile }) => needsProfile(type) && profile === undefined)
      .map(({ type }) => failed(request, `ConnectorProfileName is required for connector: ${type}`))[0],
  },
  {
    name: 'profile found',
    evidence: '"The resource specified in the request (such as the source or destination connector profile) is not found": API reference, ResourceNotFoundException',
    // A name given to a connector without profiles is taken (a deployed Slack to S3 flow gives its S3 destination one), so it is not looked up.
    refusal: ({ definition }, { hasProfile }) => profilesOf(definition).filter((name) => !hasProfile(name))
      .map((name) => notFound(`Connector Profile with name: ${name} does not exist`))[0],
  },
  {
    name: 'projection or Map_all',
    evidence: 'observed for Salesforce and a custom connector: terraform-provider-aws issues 34482, 34508',
    // For S3 a Map alone is taken: acceptance tests of terraform-provider-aws. For other sources nothing is known, so nothing is refused.
    // Any connector's PROJECTION counts: a task keyed by another connector than the source is taken (aws-cdk 17748).
    refusal: (request) => {
      const { sourceFlowConfig: { connectorType }, tasks } = request.definition;
      if (connectorType !== 'Salesforce' && connectorType !== 'CustomConnector') return undefined;
      const projected = tasks.some(({ taskType, connectorOperator = {} }) => taskType === 'Map_all'
        || taskType === 'Filter' && Object.values(connectorOperator).includes('PROJECTION'));
      return projected ? undefined : failed(request, 'Task Validation Error: You must specify a projection task or a MAP_ALL task');
    },
  },
  {
    name: 'filter without comparison',
    evidence: 'observed: issues of terraform-provider-aws',
    refusal: (request) => request.definition.tasks.some((task) => task.taskType === 'Filter' && sourceOperator(request.definition, task) === 'NO_OP')
      ? failed(request, 'Task Validation Error: The operator NO_OP is not valid for filtering tasks') : undefined,
  },
  {
    name: 'id field names',
    evidence: 'observed for UPDATE: issues of terraform-provider-aws; documented as required for UPSERT: API reference, SalesforceDestinationProperties',
    // For other connectors it is inferred, so nothing is refused: a custom connector declares its write operations itself.
    refusal: (request) => {
      const { writeOperationType = '', idFieldNames = [] } = destinationOf(request).destinationConnectorProperties?.Salesforce ?? {};
      return IDENTIFYING.includes(writeOperationType) && idFieldNames.length === 0
        ? failed(request, `Atleast one field must be specified in idFieldNames for the ${writeOperationType} Operation.`) : undefined;
    },
  },
  {
    name: 'another destination object',
    evidence: 'observed: terraform-provider-aws issue 42482 (S3), aws-cdk issue 14452 (EventBridge)',
    refusal: (request) => request.stored && changed(destinationObject(request.stored), destinationObject(request.definition))
      ? failed(request, 'Destination object for the destination connector can not be updated') : undefined,
  },
  {
    name: 'another source object',
    evidence: 'observed for bucket and prefix of S3: issues of terraform-provider-aws; which side these words belong to was not kept',
    refusal: (request) => request.stored && changed(sourceObject(request.stored), sourceObject(request.definition))
      ? failed(request, 'Do not update the object for the flow.') : undefined,
  },
  {
    name: 'policy of the source bucket',
    evidence: 'user guide, s3-policies-management; that CreateFlow looks was observed. The words are ours',
    refusal: (request, { world, names }) => {
      const s3 = request.definition.sourceFlowConfig.sourceConnectorProperties?.S3;
      return s3 && policyRefusal(request, s3.bucketName!, s3.bucketPrefix, SOURCE_ACTIONS, world, names);
    },
  },
  {
    name: 'policy of the destination bucket',
    evidence: 'user guide, s3-policies-management; that CreateFlow looks was observed. The words are ours',
    // The page names destination buckets only: that intermediate and error buckets need the same is inferred, so those are not looked at.
    refusal: (request, { world, names }) => {
      const s3 = destinationOf(request).destinationConnectorProperties?.S3;
      return s3 && policyRefusal(request, s3.bucketName!, s3.bucketPrefix, DESTINATION_ACTIONS, world, names);
    },
  },
  {
    name: 'objects under the source prefix',
    evidence: 'stated in a comment of the Alchemy AppFlow provider, not reproduced: refused on demand only. The words are ours',
    refusal: ({ definition, stored }, { world: { refuseEmptySourcePrefix, hasObjects } }) => {
      const s3 = definition.sourceFlowConfig.sourceConnectorProperties?.S3;
      return s3 && !stored && refuseEmptySourcePrefix && hasObjects && !hasObjects(s3.bucketName!, s3.bucketPrefix ?? '')
        ? connectorServer(`No objects found in bucket ${s3.bucketName} under prefix ${s3.bucketPrefix ?? ''}`) : undefined;
    },
  },
];

/** The first refusal that a request meets. */
export function flowRefusal(request: FlowRequest, surroundings: FlowSurroundings): ServiceError | undefined {
  for (const rule of FLOW_RULES) {
    const refusal = rule.refusal(request, surroundings);
    if (refusal) return refusal;
  }
  return undefined;
}

/** The connector profiles that a flow goes through. */
export function profilesOf(definition: FlowDefinition): string[] {
  return connections(definition).filter(({ type, profile }) => needsProfile(type) && profile !== undefined).map(({ profile }) => profile!);
}

function destinationOf({ definition: { destinationFlowConfigList: [destination] } }: FlowRequest): DestinationFlowConfig {
  return destination;
}

function connections({ sourceFlowConfig, destinationFlowConfigList }: FlowDefinition): { type: ConnectorType; profile?: string }[] {
  return [sourceFlowConfig, ...destinationFlowConfigList]
    .map(({ connectorType, connectorProfileName }) => ({ type: connectorType!, profile: connectorProfileName }));
}

/** What is known not to be changeable: bucket and prefix of S3, the event source of EventBridge. Other connectors' objects are not known to be refused. */
function destinationObject({ destinationFlowConfigList: [{ destinationConnectorProperties: properties = {} }] }: FlowDefinition): string | undefined {
  const { S3: s3, EventBridge: eventBridge } = properties;
  return s3 ? `${s3.bucketName}/${s3.bucketPrefix ?? ''}` : eventBridge?.object;
}

function sourceObject({ sourceFlowConfig: { sourceConnectorProperties: { S3: s3 } = {} } }: FlowDefinition): string | undefined {
  return s3 && `${s3.bucketName}/${s3.bucketPrefix ?? ''}`;
}

function changed(before: string | undefined, after: string | undefined): boolean {
  return before !== after;
}

function policyRefusal(
  request: FlowRequest, bucket: string, prefix: string | undefined, actions: readonly string[], world: World, names: Names,
): ServiceError | undefined {
  if (world.bucketPolicies === undefined) return undefined;
  const { flowName } = request.definition;
  const { missing, notes } = judge(world.bucketPolicies(bucket), {
    account: world.account,
    flowArn: names.flow(flowName),
    bucketArn: names.bucket(bucket),
    // Keys contain the flow's name (observed); a policy for the prefix alone is good enough.
    key: [prefix?.replace(/^\/|\/$/g, ''), flowName, 'object'].filter(Boolean).join('/'),
    actions,
  });
  if (missing.length === 0) return undefined;
  return failed(request, [`The policy of bucket ${bucket} does not allow appflow.amazonaws.com: ${missing.join(', ')}`, ...notes].join('. '));
}
