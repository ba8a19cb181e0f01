import { connectorRecord } from './connector-records';
import type { UnnamedFlowPlan } from './flow-plan';
import type { UnnamedConnectorProfilePlan } from './rules/connector-profile';
import type { Breach } from './rules/rule';
import { isPlainObject, literalString } from './values';

/** The metadata of a resource that says why the custom resource makes it. */
export const WHY_PROVIDED = 'appflow-constructs:why-by-custom-resource';

/** CloudFormation's schema allows fewer characters than the API, which takes 512. */
const PROFILE_BUCKET_PREFIX_LENGTH = 128;

/** Why CloudFormation cannot express a flow, if it cannot. What is known only at deploy time is no reason. */
export function whyFlowNotInCloudFormation(plan: UnnamedFlowPlan): string | undefined {
  return notInCloudFormation(plan)?.why;
}

/** What CloudFormation cannot express of a flow, and why. */
export function notInCloudFormation({ source, destination, tasks }: UnnamedFlowPlan): (Pick<Breach, 'at' | 'inSchema'> & { readonly why: string }) | undefined {
  if (connectorRecord(destination.connectorType)?.destination?.inCloudFormation === false) {
    return { at: ['destination', 'connectorType'], why: `AWS::AppFlow::Flow does not have the destination ${destination.connectorType}` };
  }
  const lacking = connectorRecord(source.connectorType)?.source?.operatorsNotInCloudFormation ?? [];
  const [operation] = tasks.flatMap((task, index) => Object.entries(task.connectorOperator ?? {})
    .filter(([, operator]) => lacking.includes(operator))
    .map(([member, operator]) => ({ at: ['tasks', index, 'connectorOperator', member], operator })));
  if (operation !== undefined) {
    return { at: operation.at, why: `AWS::AppFlow::Flow does not have the operator ${operation.operator} of ${source.connectorType}` };
  }
  const { dataTransferApi } = source.properties;
  return isPlainObject(dataTransferApi) && (dataTransferApi.Name === undefined || dataTransferApi.Type === undefined)
    ? { at: ['source', 'properties', 'dataTransferApi'], inSchema: true, why: 'AWS::AppFlow::Flow needs both name and type of a data transfer API' }
    : undefined;
}

/** Why CloudFormation cannot express a connector profile, if it cannot. What is known only at deploy time is no reason. */
export function whyProfileNotInCloudFormation({ connectorType, properties }: UnnamedConnectorProfilePlan): string | undefined {
  if (connectorRecord(connectorType)?.profile?.inCloudFormation === false) {
    return `AWS::AppFlow::ConnectorProfile does not have the connector ${connectorType}`;
  }
  const { bucketPrefix } = properties;
  return (literalString(bucketPrefix)?.length ?? 0) > PROFILE_BUCKET_PREFIX_LENGTH
    ? `AWS::AppFlow::ConnectorProfile takes at most ${PROFILE_BUCKET_PREFIX_LENGTH} characters of a bucket prefix`
    : undefined;
}
