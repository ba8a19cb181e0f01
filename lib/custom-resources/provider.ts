import * as path from 'path';
import { Aspects, Aws, Duration, type ITaggable, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CUSTOM_RESOURCE_RUNTIME_FAMILY, CUSTOM_RESOURCE_SINGLETON_LOG_GROUP } from 'aws-cdk-lib/custom-resources';
import { Construct, DependencyGroup, type IDependable } from 'constructs';
import { PollingProvider } from './polling-provider';
import { CustomResourceHandler } from '../custom-resource-handler';
import { because, justifyWildcards, NO_RESOURCES } from '../private/justification';
import { allowEncryptingLogs } from '../private/permissions';
import { shortHash } from '../private/short-hash';

const ID = 'AppFlowConstructsProvider';
const HANDLER = path.join(__dirname, '..', '..', 'assets', 'appflow-handler');

/** Marks the flows that the handler of a stack may act on. */
const OWNER_TAG = 'appflow-constructs:stack';

const TOLD_BY_TAG = 'The names of flows are not known, or change on deployment; a condition leaves those alone that do not have the tag of the stack.';
const ONLY_READ = 'Reading a flow tells whether it is there, and whose it is, before anything is done to it; the names of flows change on deployment.';

/**
 * The function behind the library's custom resources: one a stack, with a role that may do only what they need, on the flows that they are for.
 */
export class AppFlowProvider extends Construct {
  /** The provider of the stack that the scope is in. */
  public static of(scope: Construct): AppFlowProvider {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(ID) as AppFlowProvider | undefined) ?? new AppFlowProvider(stack, ID);
  }

  /** How long a custom resource may take before CloudFormation gives up on it. */
  public readonly serviceTimeout = Duration.minutes(20);

  /** What a custom resource names as its provider. */
  public readonly serviceToken: string;

  /** The same for a custom resource that is polled. */
  public readonly pollingServiceTimeout = PollingProvider.TIMEOUT;

  private readonly logGroup: logs.LogGroup;
  private readonly role: iam.Role;
  private readonly policy: iam.Policy;
  private polling?: PollingProvider;
  private ownFlows?: iam.PolicyStatement;
  private readsFlows = false;
  private readsStack = false;
  private providedFlows?: iam.Policy;

  private constructor(scope: Construct, id: string) {
    super(scope, id);

    this.logGroup = this.createLogGroup();
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: 'Lets the custom resources of appflow-constructs activate and tag the flows of this stack',
    });
    this.policy = new iam.Policy(this, 'Policy', { roles: [this.role] });
    this.logGroup.grantWrite(this.policy);
    this.serviceToken = this.functionFor('Handler', 'handler', Duration.minutes(15)).functionArn;
  }

  /** What a custom resource names as its provider that takes longer than one invocation. */
  public get pollingServiceToken(): string {
    this.polling ??= new PollingProvider(this, 'Polling', {
      onEvent: this.functionFor('OnEvent', 'onEvent', Duration.minutes(5)),
      isComplete: this.functionFor('IsComplete', 'isComplete', Duration.minutes(5)),
      logGroup: this.logGroup,
    });
    return this.polling.serviceToken;
  }

  /**
   * Marks a flow as one of the stack.
   *
   * The handler knows the flows of its stack by a tag, not by their names: a policy with names would be too small for many flows, and would already
   * have lost a flow that a deployment renames or removes when the flow has to be stopped.
   */
  public mark(flow: ITaggable): void {
    flow.tags.setTag(OWNER_TAG, Aws.STACK_ID);
  }

  /** Lets the handler act on the marked flows of the stack. Returns what a custom resource must wait for, and outlive. */
  public allowOnOwnFlows(actions: string[]): IDependable {
    if (this.ownFlows === undefined) {
      this.ownFlows = because(TOLD_BY_TAG, new iam.PolicyStatement({
        resources: [this.flows],
        conditions: taggedAs('ResourceTag'),
      }));
      addStatements(this.policy, this.ownFlows);
    }
    this.ownFlows.addActions(...actions);
    return new DependencyGroup(this.role, this.policy);
  }

  /**
   * Lets the handler create, update and delete a flow of the stack. Returns what its custom resource must wait for, and outlive.
   *
   * The policy is one of its own, which all such flows share: when the last of them goes, so does the policy, but after the flow. The handler reads
   * flows without their tag, so that it can tell a flow that is gone, or is another's, from a denial.
   *
   * @param statements what AppFlow asks of whoever creates the flow
   */
  public allowProvidingFlow(flow: ITaggable, statements: iam.PolicyStatement[]): IDependable {
    this.mark(flow);
    if (this.providedFlows === undefined) {
      const [tagged, asked] = [taggedAs('ResourceTag'), taggedAs('RequestTag')];
      // Flows have much in common, and IAM has room for 10,240 characters.
      this.providedFlows = new iam.Policy(this, 'FlowPolicy', { roles: [this.role], document: new iam.PolicyDocument({ minimize: true }) });
      addStatements(
        this.providedFlows,
        because(NO_RESOURCES, new iam.PolicyStatement({ actions: ['appflow:CreateFlow'], resources: ['*'], conditions: asked })),
        because(TOLD_BY_TAG, new iam.PolicyStatement({ actions: ['appflow:TagResource'], resources: [this.flows], conditions: asked })),
        because(ONLY_READ, new iam.PolicyStatement({ actions: ['appflow:DescribeFlow'], resources: [this.flows] })),
        because(TOLD_BY_TAG, new iam.PolicyStatement({
          actions: ['appflow:UpdateFlow', 'appflow:DeleteFlow', 'appflow:TagResource', 'appflow:UntagResource'],
          resources: [this.flows],
          conditions: tagged,
        })),
      );
    }
    addStatements(this.providedFlows, ...statements);
    return new DependencyGroup(this.allowOnOwnStack(), this.providedFlows);
  }

  /**
   * Lets the handler do something for one subject. Returns what a custom resource must wait for, and outlive.
   *
   * The policy is one of its own for each subject, so that for another CloudFormation makes a new one first, and deletes the old one only after the
   * handler has cleaned up.
   */
  public allowFor(scope: Construct, subject: string, statements: iam.PolicyStatement[]): IDependable {
    const policy = new iam.Policy(scope, `Permission${shortHash(Stack.of(scope).resolve(subject))}`, { roles: [this.role] });
    addStatements(policy, ...statements);
    return new DependencyGroup(this.role, this.policy, policy);
  }

  /**
   * Lets the handler read flows, of the stack or not, so that it can tell a flow that is gone, or is another's, from a denial. Returns what a custom
   * resource must wait for.
   */
  public allowReadingFlows(): IDependable {
    if (!this.readsFlows) {
      this.readsFlows = true;
      addStatements(this.policy, because(ONLY_READ, new iam.PolicyStatement({ actions: ['appflow:DescribeFlow'], resources: [this.flows] })));
    }
    return new DependencyGroup(this.role, this.policy);
  }

  /** Lets the handler read the status of the stack, which says whether it is being rolled back. Returns what a custom resource must wait for. */
  public allowOnOwnStack(): IDependable {
    if (!this.readsStack) {
      this.readsStack = true;
      this.policy.addStatements(new iam.PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [Aws.STACK_ID] }));
    }
    return new DependencyGroup(this.role, this.policy);
  }

  /** The log group, as those decide who configure the handler, before or after this. */
  private createLogGroup(): logs.LogGroup {
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    logGroup.node.addMetadata(CUSTOM_RESOURCE_SINGLETON_LOG_GROUP, true);
    const resource = logGroup.node.defaultChild as logs.CfnLogGroup;
    Aspects.of(resource).add({
      visit: () => {
        const { logEncryptionKey: key, logRetention: retention, logRemovalPolicy: removalPolicy } = CustomResourceHandler._optionsOf(this);
        if (key !== undefined) {
          resource.kmsKeyId = key.keyRef.keyArn;
          allowEncryptingLogs(this, key);
        }
        if (retention !== undefined) {
          resource.retentionInDays = retention === logs.RetentionDays.INFINITE ? undefined : retention;
        }
        if (removalPolicy !== undefined) {
          resource.applyRemovalPolicy(removalPolicy);
        }
      },
    });
    return logGroup;
  }

  private functionFor(id: string, entryPoint: string, timeout: Duration): lambda.Function {
    const handler = new HandlerFunction(this, id, {
      description: 'Activates and tags Amazon AppFlow flows on deployment (appflow-constructs)',
      runtime: lambda.Runtime.NODEJS_24_X,
      code: lambda.Code.fromAsset(HANDLER),
      handler: `index.${entryPoint}`,
      timeout,
      memorySize: 256,
      role: this.role,
      logGroup: this.logGroup,
    });
    handler.node.addMetadata(CUSTOM_RESOURCE_RUNTIME_FAMILY, lambda.RuntimeFamily.NODEJS);
    return handler;
  }

  private get flows(): string {
    return Stack.of(this).formatArn({ service: 'appflow', resource: 'flow', resourceName: '*' });
  }
}

/** Has no versions or aliases, so that nobody need be allowed to invoke them. */
class HandlerFunction extends lambda.Function {
  public get resourceArnsForGrantInvoke(): string[] {
    return [this.functionArn];
  }
}

/** Adds statements to a policy, with the reasons for wildcards in them. */
function addStatements(policy: iam.Policy, ...statements: iam.PolicyStatement[]) {
  policy.addStatements(...statements);
  justifyWildcards(policy, statements);
}

/** The condition that the flow that is acted on, or the one that is asked for, has the tag of the stack. */
function taggedAs(of: 'ResourceTag' | 'RequestTag'): Record<string, Record<string, string>> {
  return { StringEquals: { [`aws:${of}/${OWNER_TAG}`]: Aws.STACK_ID } };
}
