import * as path from 'path';
import { Aws, Duration, type ITaggable, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, DependencyGroup, type IDependable } from 'constructs';
import { PollingProvider } from './polling-provider';
import { shortHash } from '../private/short-hash';

const ID = 'AppFlowConstructsProvider';
const HANDLER = path.join(__dirname, '..', '..', 'assets', 'appflow-handler');

/** Marks the flows that the handler of a stack may act on. */
const OWNER_TAG = 'appflow-constructs:stack';

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

    this.logGroup = new logs.LogGroup(this, 'Logs', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
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
      this.ownFlows = new iam.PolicyStatement({
        resources: [this.flows],
        conditions: taggedAs('ResourceTag'),
      });
      this.policy.addStatements(this.ownFlows);
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
      this.providedFlows = new iam.Policy(this, 'FlowPolicy', {
        roles: [this.role],
        // Flows have much in common, and IAM has room for 10,240 characters.
        document: new iam.PolicyDocument({
          minimize: true,
          statements: [
            new iam.PolicyStatement({ actions: ['appflow:CreateFlow'], resources: ['*'], conditions: asked }),
            new iam.PolicyStatement({ actions: ['appflow:TagResource'], resources: [this.flows], conditions: asked }),
            new iam.PolicyStatement({ actions: ['appflow:DescribeFlow'], resources: [this.flows] }),
            new iam.PolicyStatement({
              actions: ['appflow:UpdateFlow', 'appflow:DeleteFlow', 'appflow:TagResource', 'appflow:UntagResource'],
              resources: [this.flows],
              conditions: tagged,
            }),
          ],
        }),
      });
    }
    this.providedFlows.addStatements(...statements);
    return new DependencyGroup(this.allowOnOwnStack(), this.providedFlows);
  }

  /**
   * Lets the handler do something for one subject. Returns what a custom resource must wait for, and outlive.
   *
   * The policy is one of its own for each subject, so that for another CloudFormation makes a new one first, and deletes the old one only after the
   * handler has cleaned up.
   */
  public allowFor(scope: Construct, subject: string, statements: iam.PolicyStatement[]): IDependable {
    const policy = new iam.Policy(scope, `Permission${shortHash(Stack.of(scope).resolve(subject))}`, { roles: [this.role], statements });
    return new DependencyGroup(this.role, this.policy, policy);
  }

  /**
   * Lets the handler read flows, of the stack or not, so that it can tell a flow that is gone, or is another's, from a denial. Returns what a custom
   * resource must wait for.
   */
  public allowReadingFlows(): IDependable {
    if (!this.readsFlows) {
      this.readsFlows = true;
      this.policy.addStatements(new iam.PolicyStatement({ actions: ['appflow:DescribeFlow'], resources: [this.flows] }));
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

  private functionFor(id: string, entryPoint: string, timeout: Duration): lambda.Function {
    return new lambda.Function(this, id, {
      description: 'Activates and tags Amazon AppFlow flows on deployment (appflow-constructs)',
      runtime: lambda.Runtime.NODEJS_22_X,
      code: lambda.Code.fromAsset(HANDLER),
      handler: `index.${entryPoint}`,
      timeout,
      memorySize: 256,
      role: this.role,
      logGroup: this.logGroup,
    });
  }

  private get flows(): string {
    return Stack.of(this).formatArn({ service: 'appflow', resource: 'flow', resourceName: '*' });
  }
}

/** The condition that the flow that is acted on, or the one that is asked for, has the tag of the stack. */
function taggedAs(of: 'ResourceTag' | 'RequestTag'): Record<string, Record<string, string>> {
  return { StringEquals: { [`aws:${of}/${OWNER_TAG}`]: Aws.STACK_ID } };
}
