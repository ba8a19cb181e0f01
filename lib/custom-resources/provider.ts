import * as path from 'path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IDependable } from 'constructs';

const ID = 'AppFlowConstructsProvider';
const HANDLER = path.join(__dirname, '..', '..', 'assets', 'appflow-handler');

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
  public readonly serviceTimeout = Duration.minutes(10);

  /** What a custom resource names as its provider. */
  public readonly serviceToken: string;

  private readonly role: iam.Role;

  private constructor(scope: Construct, id: string) {
    super(scope, id);

    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: 'Lets the custom resources of appflow-constructs activate and tag the flows of this stack',
    });
    logGroup.grantWrite(this.role);
    const handler = new lambda.Function(this, 'Handler', {
      description: 'Activates and tags Amazon AppFlow flows on deployment (appflow-constructs)',
      runtime: lambda.Runtime.NODEJS_22_X,
      code: lambda.Code.fromAsset(HANDLER),
      handler: 'index.handler',
      timeout: Duration.minutes(5),
      memorySize: 256,
      role: this.role,
      logGroup,
    });
    this.serviceToken = handler.functionArn;
  }

  /**
   * Lets the handler act on a flow. Returns what a custom resource must wait for, and outlive: the whole role.
   *
   * A statement a flow, so that the role can be split into several policies when there are many.
   */
  public allow(flowArn: string, actions: string[]): IDependable {
    this.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [flowArn] }));
    return this.role;
  }
}

