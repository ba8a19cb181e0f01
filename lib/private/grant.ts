import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import { Construct, Dependable, type IConstruct } from 'constructs';
import { AppFlowError } from './errors';
import { warn } from './report';
import { differ, quote, quoteAll } from './values';

/** The types of AppFlow's resources, as their ARNs name them. */
type ResourceType = 'flow' | 'connectorprofile' | 'connector';

/** What a grant is about. */
export interface GrantedResource {
  readonly construct: IConstruct & IEnvironmentAware;
  readonly type: ResourceType;
  readonly arn: string;
}

const TITLES: Readonly<Record<ResourceType, string>> = { flow: 'flow', connectorprofile: 'connector profile', connector: 'connector' };

/** IAM's reference has flows alone for the first, and AppFlow has tags of connectors, too. */
const ON_TAGS = ['ListTagsForResource', 'TagResource', 'UntagResource'];

/**
 * The actions that IAM can limit to one resource, by its type.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonappflow.html
 */
const ACTIONS: Readonly<Record<ResourceType, readonly string[]>> = {
  flow: [
    'CancelFlowExecutions', 'DeleteFlow', 'DescribeFlow', 'DescribeFlowExecution', 'DescribeFlowExecutionRecords', 'ListFlows', 'RunFlow',
    'StartFlow', 'StopFlow', 'UpdateFlow', ...ON_TAGS,
  ],
  connectorprofile: [
    'DeleteConnectorProfile', 'DescribeConnectorEntity', 'DescribeConnectorFields', 'ListConnectorEntities', 'ListConnectorFields',
    'ResetConnectorMetadataCache', 'UpdateConnectorProfile', 'UseConnectorProfile',
  ],
  connector: ['DescribeConnector', 'ListConnectors', 'UnRegisterConnector', 'UpdateConnectorRegistration', ...ON_TAGS],
};

/** The actions that IAM can only allow on all resources. */
const ON_ALL_RESOURCES = [
  'CreateConnectorProfile', 'CreateFlow', 'DescribeConnectorProfiles', 'DescribeConnectors', 'DescribeFlows', 'RegisterConnector',
];

/** Lets an identity do something, and tells where that cannot be or has to be done elsewhere. */
export function grant({ construct, type, arn }: GrantedResource, grantee: iam.IGrantable, actions: readonly string[]): iam.Grant {
  const { grantPrincipal } = grantee;
  if (differ(grantPrincipal.principalAccount, construct.env.account)) {
    throw new AppFlowError('grantee-in-another-account', {
      what: `identities of another account cannot use this ${TITLES[type]}, since AppFlow has no resource policies`,
      got: `${nameOf(construct, grantee)} of the account ${grantPrincipal.principalAccount}`,
      allowed: `identities of the account ${construct.env.account}`,
      remedy: `grant it to a role of the account ${construct.env.account}, and let the other account assume that role`,
    }, construct);
  }
  const result = iam.Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [arn] });
  if (!result.success && !isOfAccount(grantPrincipal)) {
    throw new AppFlowError('grantee-without-policy', {
      what: `this ${TITLES[type]} cannot be granted to a principal that has no policy of its own, since AppFlow has no resource policies`,
      got: nameOf(construct, grantee),
      allowed: 'a role, a user or a group, or what has a role',
      remedy: 'grant it to the role that the principal assumes',
    }, construct);
  }
  if (!result.success || isLeftAsItIs(grantPrincipal, result)) {
    const statement = new iam.PolicyStatement({ actions: [...actions], resources: [arn] });
    warn(construct, 'grantee-policy-not-changed', {
      what: `the policy of ${nameOf(construct, grantee)} cannot be changed from here, and needs a statement for this ${TITLES[type]}`,
      remedy: `add it where the identity is defined: ${JSON.stringify(Stack.of(construct).resolve(statement.toStatementJson()))}`,
    });
  }
  return result;
}

/** The same for any actions. IAM does not refuse a statement with an action that is not of its resource; it allows nothing. */
export function grantActions(resource: GrantedResource, grantee: iam.IGrantable, actions: readonly string[]): iam.Grant {
  const { type, construct } = resource;
  const misplaced = actions.filter((action) => isAmong(OTHER_ACTIONS[type], action));
  if (misplaced.length > 0) {
    throw new AppFlowError('action-not-of-resource', {
      what: `these actions cannot be limited to a ${TITLES[type]} in IAM, so that the grant would allow nothing`,
      got: quoteAll(misplaced),
      allowed: quoteAll(ACTIONS[type].map((action) => `appflow:${action}`)),
      remedy: 'grant them on what they act on, or on all resources in a policy statement of your own',
    }, construct);
  }
  return grant(resource, grantee, actions);
}

/**
 * Whether a grant has changed nothing, although CDK calls it successful: that of an imported role that is not to be changed, say. Else there is a policy
 * that it can be waited for, which is below a role of the stack, and is put together only on synthesis. Of a resource without a role CDK warns itself.
 */
function isLeftAsItIs(principal: iam.IPrincipal, result: iam.Grant): boolean {
  return Construct.isConstruct(principal)
    && Dependable.of(result).dependencyRoots.length === 0
    && !principal.node.findAll().some((child) => CfnResource.isCfnResource(child) && child.cfnResourceType === 'AWS::IAM::Policy');
}

/** What is known not to be an action of a type. Of others, which AppFlow may have by now, nothing is known. */
const OTHER_ACTIONS: Readonly<Record<ResourceType, readonly string[]>> = {
  flow: otherThan('flow'),
  connectorprofile: otherThan('connectorprofile'),
  connector: otherThan('connector'),
};

function otherThan(type: ResourceType): string[] {
  return [...Object.values(ACTIONS).flat(), ...ON_ALL_RESOURCES].filter((action) => !ACTIONS[type].includes(action));
}

/** IAM does not regard the case of actions. */
function isAmong(actions: readonly string[], action: string): boolean {
  return actions.some((other) => `appflow:${other}`.toLowerCase() === action.toLowerCase());
}

/** Whether a principal is, or has, identities of an account, which have policies somewhere. Services and identity providers have none. */
function isOfAccount({ policyFragment }: iam.IPrincipal): boolean {
  return policyFragment.principalJson.AWS !== undefined;
}

function nameOf(scope: IConstruct, grantee: iam.IGrantable): string {
  return Construct.isConstruct(grantee)
    ? quote(grantee.node.path)
    : JSON.stringify(Stack.of(scope).resolve(grantee.grantPrincipal.policyFragment.principalJson));
}
