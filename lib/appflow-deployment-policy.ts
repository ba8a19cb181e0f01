import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { aws_iam, aws_kms as kms } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { bucketArns, keepingCredentials, onBuckets, onKeys, passing, readingSecrets } from './custom-resources/caller-permissions';
import { because, justifyWildcards } from './private/justification';

/** Properties of the policy that deployments with Amazon AppFlow need. Names can have the wildcards `*` and `?`. */
export interface AppFlowDeploymentPolicyProps {
  /**
   * The name of the managed policy. Give one to know its ARN, which `cdk bootstrap` asks for.
   *
   * @default - CloudFormation makes a name
   */
  readonly managedPolicyName?: string;

  /**
   * The names of the stacks, which the names of the library's own resources in them start with: functions, roles and log groups. CloudFormation shortens
   * names that are long, so give no more of a stack's name than its beginning, such as `Sales*`.
   *
   * @default - all stacks
   */
  readonly stackNames?: string[];

  /**
   * The names of the flows. Where a flow is given none, its name starts with the construct's path: `Sales-*` is for those of the stack `Sales`.
   *
   * @default - all flows
   */
  readonly flowNames?: string[];

  /**
   * The names of the connector profiles that are made, and of those that flows use. Where a profile is given none, its name starts with the construct's
   * path.
   *
   * @default - all connector profiles
   */
  readonly connectorProfileNames?: string[];

  /**
   * The names of the secrets with the credentials of connector profiles. CloudFormation reads them.
   *
   * @default - none
   */
  readonly secretNames?: string[];

  /**
   * The names of the buckets that flows read from, write to, or pass records through.
   *
   * @default - all buckets
   */
  readonly bucketNames?: string[];

  /**
   * The keys that flows and connector profiles are encrypted with. AppFlow alone is given the use of them.
   *
   * @default - all keys of the account
   */
  readonly encryptionKeys?: kms.IKeyRef[];

  /**
   * The names of the roles that AppFlow is given: for the AWS Glue Data Catalog, and for Amazon Redshift. No other service can be given them.
   *
   * @default - all roles
   */
  readonly roleNames?: string[];

  /**
   * The names of the functions that are registered as custom connectors.
   *
   * @default - none, and no custom connectors
   */
  readonly connectorFunctionNames?: string[];

  /**
   * Whether the policy is also for the library's custom resources: the function that activates, runs, makes and tags flows, with its role, its logs and,
   * for what takes longer, a state machine.
   *
   * @default true
   */
  readonly customResources?: boolean;

  /**
   * The permissions boundary without which no role of the custom resources can be made. Apply it to the stacks with `PermissionsBoundary.of(app)`, or
   * with `cdk bootstrap --custom-permissions-boundary`. Without it, whoever deploys can let those roles do anything.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  readonly permissionsBoundary?: aws_iam.IManagedPolicyRef;
}

/**
 * The policy that CloudFormation's execution role needs to deploy what this library makes, where that role is no administrator: what CloudFormation's
 * handlers for flows, connector profiles and custom connectors declare, what AppFlow asks of whoever creates them, and what the library's custom resources
 * consist of.
 *
 * It is for the account and the Region of its stack, as the execution role of `cdk bootstrap` is. It has nothing for the rest of your stacks: buckets,
 * keys, secrets and roles that they make, and their policies, need what they need without AppFlow.
 *
 * @example
 * declare const stack: Stack;
 * const policy = new AppFlowDeploymentPolicy(stack, 'Policy', {
 *   managedPolicyName: 'DeployFlows',
 *   stackNames: ['Sales*'],
 *   flowNames: ['Sales-*'],
 *   connectorProfileNames: ['Sales-*', 'crm'],
 *   secretNames: ['crm/*'],
 * });
 * // cdk bootstrap --cloudformation-execution-policies arn:aws:iam::111111111111:policy/DeployFlows,…
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
 */
@propertyInjectable
export class AppFlowDeploymentPolicy extends iam.ManagedPolicy {
  /** By what the property injectors of the AWS CDK know the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.AppFlowDeploymentPolicy';

  constructor(scope: Construct, id: string, props: AppFlowDeploymentPolicyProps = {}) {
    super(scope, id, {
      managedPolicyName: props.managedPolicyName,
      description: 'Lets CloudFormation deploy Amazon AppFlow flows, connector profiles and connectors (appflow-constructs)',
    });

    const statements = [
      ...this.forFlowsAndProfiles(props),
      ...this.forConnectors(props.connectorFunctionNames ?? []),
      ...onBuckets(bucketArns(this, props.bucketNames ?? ALL)),
      ...passing(this.roleArns(props.roleNames ?? ALL)),
      ...onKeys(props.encryptionKeys?.map(({ keyRef }) => keyRef.keyArn) ?? [this.arn('kms', 'key', '*')]),
      ...keepingCredentials(this),
      ...readingSecrets(this, (props.secretNames ?? []).map((secretId) => ({ secretId, isName: true }))),
      // Each stack of the CDK asks for the version of the bootstrapping.
      new iam.PolicyStatement({ actions: ['ssm:GetParameters'], resources: [this.arn('ssm', 'parameter', 'cdk-bootstrap/*')] }),
      ...props.customResources ?? true ? this.forCustomResources(props.stackNames ?? ALL, props.permissionsBoundary) : [],
    ];
    this.addStatements(...statements);
    justifyWildcards(this, statements.map((statement) => because(WILDCARDS, statement)));
  }

  private forFlowsAndProfiles({ flowNames, connectorProfileNames }: AppFlowDeploymentPolicyProps): iam.PolicyStatement[] {
    return [
      this.onAll('appflow:CreateFlow', 'appflow:CreateConnectorProfile', 'appflow:DescribeConnectorProfiles'),
      new iam.PolicyStatement({
        actions: [
          'DescribeFlow', 'ListFlows', 'UpdateFlow', 'DeleteFlow', 'StartFlow', 'StopFlow', 'TagResource', 'UntagResource', 'ListTagsForResource',
        ].map(ofAppFlow),
        resources: (flowNames ?? ALL).map((name) => this.arn('appflow', 'flow', name)),
      }),
      new iam.PolicyStatement({
        actions: ['UseConnectorProfile', 'UpdateConnectorProfile', 'DeleteConnectorProfile'].map(ofAppFlow),
        resources: (connectorProfileNames ?? ALL).map((name) => this.arn('appflow', 'connectorprofile', name)),
      }),
    ];
  }

  private forConnectors(functionNames: string[]): iam.PolicyStatement[] {
    return functionNames.length > 0
      ? [
        this.onAll('appflow:RegisterConnector'),
        new iam.PolicyStatement({
          actions: ['DescribeConnector', 'ListConnectors', 'UpdateConnectorRegistration', 'UnRegisterConnector'].map(ofAppFlow),
          resources: [this.arn('appflow', 'connector', '*')],
        }),
        new iam.PolicyStatement({
          actions: ['lambda:InvokeFunction', 'lambda:AddPermission', 'lambda:RemovePermission', 'lambda:GetPolicy'],
          resources: functionNames.map((name) => this.arn('lambda', 'function', name, ArnFormat.COLON_RESOURCE_NAME)),
        }),
      ]
      : [];
  }

  /** What the handlers of CloudFormation declare for the types that the custom resources consist of, as far as these use it. */
  private forCustomResources(stackNames: string[], permissionsBoundary: aws_iam.IManagedPolicyRef | undefined): iam.PolicyStatement[] {
    const names = stackNames.map((name) => `${name}-${OWN}`);
    const roles = this.roleArns(names);
    return [
      new iam.PolicyStatement({
        actions: [
          'CreateFunction', 'GetFunction', 'GetFunctionCodeSigningConfig', 'GetFunctionRecursionConfig', 'GetRuntimeManagementConfig', 'UpdateFunctionCode',
          'UpdateFunctionConfiguration', 'DeleteFunction', 'InvokeFunction', 'TagResource', 'UntagResource', 'ListTags',
        ].map((action) => `lambda:${action}`),
        resources: names.map((name) => this.arn('lambda', 'function', name, ArnFormat.COLON_RESOURCE_NAME)),
      }),
      new iam.PolicyStatement({
        actions: ['s3:GetObject', 's3:GetObjectVersion'],
        resources: bucketArns(this, [`cdk-*-assets-${Stack.of(this).account}-${Stack.of(this).region}/*`]),
      }),
      new iam.PolicyStatement({
        actions: [
          'GetRole', 'UpdateRole', 'UpdateRoleDescription', 'UpdateAssumeRolePolicy', 'DeleteRole', 'TagRole', 'UntagRole', 'GetRolePolicy',
          'DeleteRolePolicy', 'ListRolePolicies', 'ListAttachedRolePolicies',
        ].map((action) => `iam:${action}`),
        resources: roles,
      }),
      new iam.PolicyStatement({
        actions: ['iam:CreateRole', 'iam:PutRolePolicy', ...permissionsBoundary !== undefined ? ['iam:PutRolePermissionsBoundary'] : []],
        resources: roles,
        conditions: permissionsBoundary !== undefined
          ? { StringEquals: { 'iam:PermissionsBoundary': permissionsBoundary.managedPolicyRef.policyArn } }
          : undefined,
      }),
      new iam.PolicyStatement({
        actions: ['iam:PassRole'],
        resources: roles,
        conditions: { StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'states.amazonaws.com'] } },
      }),
      new iam.PolicyStatement({
        actions: [
          'CreateLogGroup', 'DeleteLogGroup', 'PutRetentionPolicy', 'DeleteRetentionPolicy', 'GetDataProtectionPolicy', 'AssociateKmsKey',
          'DisassociateKmsKey', 'TagResource', 'UntagResource', 'ListTagsForResource',
        ].map((action) => `logs:${action}`),
        resources: names.map((name) => this.arn('logs', 'log-group', name, ArnFormat.COLON_RESOURCE_NAME)),
      }),
      new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: [this.arn('logs', 'log-group', '*', ArnFormat.COLON_RESOURCE_NAME)] }),
      new iam.PolicyStatement({
        actions: [
          'CreateStateMachine', 'DescribeStateMachine', 'UpdateStateMachine', 'DeleteStateMachine', 'TagResource', 'UntagResource', 'ListTagsForResource',
        ].map((action) => `states:${action}`),
        // Their names are seen to start with the logical id.
        resources: [this.arn('states', 'stateMachine', `*${OWN}`, ArnFormat.COLON_RESOURCE_NAME)],
      }),
    ];
  }

  /** What IAM cannot limit to resources, it can to the Region. */
  private onAll(...actions: string[]): iam.PolicyStatement {
    return new iam.PolicyStatement({ actions, resources: ['*'], conditions: { StringEquals: { 'aws:RequestedRegion': Stack.of(this).region } } });
  }

  private roleArns(names: string[]): string[] {
    return names.map((name) => Stack.of(this).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: name }));
  }

  private arn(service: string, resource: string, resourceName: string, arnFormat?: ArnFormat): string {
    return Stack.of(this).formatArn({ service, resource, resourceName, arnFormat });
  }
}

const ALL = ['*'];

const WILDCARDS = 'Some actions have no resources that a policy can name, and the resources of others are not there yet when the policy is made.';

/** How the logical ids of the library's own resources start, which CloudFormation makes their names from. */
const OWN = 'AppFlowConstructs*';

function ofAppFlow(action: string): string {
  return `appflow:${action}`;
}
