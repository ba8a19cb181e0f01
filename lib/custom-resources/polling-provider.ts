import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ApplicationLogLevel, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct, type IConstruct } from 'constructs';
import { justify, justifyWildcard } from '../private/justification';

interface PollingProviderProps {
  /** Begins with a request. */
  readonly onEvent: LambdaFunction;
  /** Looks how far it is. */
  readonly isComplete: LambdaFunction;
  readonly logGroup: ILogGroup;
}

/** How often a custom resource is asked whether it is complete. */
const QUERY_INTERVAL = Duration.seconds(30);

/** CDK's provider framework, with roles of its own that may call the two functions and write logs, and nothing else. */
export class PollingProvider extends Construct {
  /**
   * The most time that CloudFormation gives a custom resource.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
   */
  public static readonly TIMEOUT = Duration.hours(1);

  /** What a custom resource names as its provider. */
  public readonly serviceToken: string;

  constructor(scope: Construct, id: string, { onEvent, isComplete, logGroup }: PollingProviderProps) {
    super(scope, id);

    const roleOf = (name: string) => {
      const role = new iam.Role(this, name, {
        assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
        description: 'Lets the provider framework of the CDK wait for custom resources of appflow-constructs',
      });
      logGroup.grantWrite(role);
      return role;
    };
    const provider = new Provider(this, 'Provider', {
      onEventHandler: onEvent,
      isCompleteHandler: isComplete,
      queryInterval: QUERY_INTERVAL,
      totalTimeout: PollingProvider.TIMEOUT,
      logGroup,
      frameworkOnEventRole: roleOf('OnEventRole'),
      frameworkCompleteAndTimeoutRole: roleOf('IsCompleteRole'),
      // What these log, when a request is asked for again, holds the address that CloudFormation waits for an answer at.
      disableWaiterStateMachineLogging: true,
      frameworkLambdaLoggingLevel: ApplicationLogLevel.FATAL,
    });
    this.serviceToken = provider.serviceToken;

    justify(this, 'SF1', 'The log would contain the address at which CloudFormation waits for an answer, or need permissions on all logs of the account.');
    justify(this, 'SF2', 'The state machine does nothing but ask one function again and again, and that logs each time.');
    const stateMachineRole = provider.node.tryFindChild('waiter-state-machine')?.node.tryFindChild('Role');
    if (stateMachineRole !== undefined) {
      trustOwnStateMachines(stateMachineRole);
      for (const name of ['framework-isComplete', 'framework-onTimeout']) {
        const called = provider.node.tryFindChild(name) as LambdaFunction | undefined;
        if (called !== undefined) {
          justifyWildcard(stateMachineRole, `${called.functionArn}:*`, 'The CDK lets the state machine call all versions of its functions, of which there are none.');
        }
      }
    }
  }
}

/**
 * Lets the state machines of the account alone assume a role: the CDK lets those of any account.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html#prevent-cross-service-confused-deputy
 */
function trustOwnStateMachines(role: IConstruct) {
  const stack = Stack.of(role);
  (role.node.defaultChild as iam.CfnRole).assumeRolePolicyDocument = new iam.PolicyDocument({
    statements: [new iam.PolicyStatement({
      actions: ['sts:AssumeRole'],
      principals: [new iam.ServicePrincipal('states.amazonaws.com')],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        // A wildcard, since the state machine names the role.
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'states', resource: 'stateMachine', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }) },
      },
    })],
  });
}
