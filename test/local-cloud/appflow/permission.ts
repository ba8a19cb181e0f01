import { type FlowDefinition } from './flow';
import { profilesOf } from './flow-rule';
import { accessDenied } from './refusal';
import { type Names } from './world';
import { type Caller } from '../service';

interface Named {
  readonly flowName?: string;
  readonly connectorProfileName?: string;
  readonly connectorLabel?: string;
  readonly resourceArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

type ResourceOf = (input: Named, names: Names) => string;

const flow: ResourceOf = ({ flowName = '*' }, names) => names.flow(flowName);
const profile: ResourceOf = ({ connectorProfileName = '*' }, names) => names.profile(connectorProfileName);
const connector: ResourceOf = ({ connectorLabel = '*' }, names) => names.connector(connectorLabel);
const tagged: ResourceOf = ({ resourceArn }) => resourceArn!;

/** What an operation is done to, by the Service Authorization Reference. The operations left out have no resource-level permissions. */
const RESOURCES: Readonly<Record<string, ResourceOf>> = {
  CancelFlowExecutions: flow,
  DeleteFlow: flow,
  DescribeFlow: flow,
  DescribeFlowExecutionRecords: flow,
  ListFlows: flow,
  StartFlow: flow,
  StopFlow: flow,
  UpdateFlow: flow,
  DeleteConnectorProfile: profile,
  DescribeConnectorEntity: profile,
  ListConnectorEntities: profile,
  ResetConnectorMetadataCache: profile,
  UpdateConnectorProfile: profile,
  DescribeConnector: connector,
  ListConnectors: connector,
  UnregisterConnector: connector,
  UpdateConnectorRegistration: connector,
  ListTagsForResource: tagged,
  TagResource: tagged,
  UntagResource: tagged,
};

/** The one action whose name is spelled otherwise than its operation. */
const ACTIONS: Readonly<Record<string, string>> = { UnregisterConnector: 'UnRegisterConnector' };

/** Refuses what the caller may not do. */
export function authorize(operation: string, input: object, caller: Caller | undefined, names: Names): void {
  if (caller?.mayDo === undefined) return;
  const { tags, flowName } = input as Named;
  const needed = [{ action: `appflow:${ACTIONS[operation] ?? operation}`, resource: RESOURCES[operation]?.(input, names) ?? '*' }];
  if (operation === 'CreateFlow' || operation === 'UpdateFlow') {
    // UseConnectorProfile is an action without an operation: CloudFormation's handler declares it for creating and for updating a flow.
    needed.push(...profilesOf(input as FlowDefinition).map((name) => ({ action: 'appflow:UseConnectorProfile', resource: names.profile(name) })));
  }
  if (operation === 'CreateFlow' && tags !== undefined && Object.keys(tags).length > 0) {
    // "Users must have permission to tag resources on creation": IAM user guide, "Controlling access to AWS resources using tags".
    needed.push({ action: 'appflow:TagResource', resource: names.flow(flowName!) });
  }
  for (const { action, resource } of needed) {
    if (!caller.mayDo(action, resource, tags)) throw accessDenied(`User: ${caller.accessKeyId} is not authorized to perform: ${action} on resource: ${resource}`);
  }
}
