import { Aws, Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import type { FlowCall } from './flow-call';
import { justify, NO_RESOURCES } from './justification';

/**
 * What StartFlow and StopFlow are documented to fail with although they could succeed later, and throttling. That a flow whose run is in progress is a
 * conflict is inferred.
 */
const TEMPORARY = ['ConflictException', 'InternalServerException', 'ServiceQuotaExceededException', 'ThrottlingException'];

/** A state machine that makes one call of AppFlow's API for each event that it is given the id of. */
export class FlowCaller extends Construct {
  /** The one for a call, which is below the flow. */
  public static of(call: FlowCall): FlowCaller {
    const id = call.verb === 'start' ? 'StartOnEvent' : 'StopOnEvent';
    return call.flow.node.tryFindChild(id) as FlowCaller | undefined ?? new FlowCaller(call, id);
  }

  public readonly stateMachine: sfn.StateMachine;

  /** The role with which EventBridge starts the state machine. */
  public readonly role: iam.Role;

  private constructor(call: FlowCall, id: string) {
    super(call.flow as unknown as Construct, id);

    const task = CallAwsService.jsonata(this, 'Call', {
      stateName: call.verb === 'start' ? 'Start the flow' : 'Stop the flow',
      service: 'appflow',
      action: call.operation,
      // The name of the state machine distinguishes flows, since AppFlow does not say whether they share their tokens.
      parameters: call.request('{% $states.input.id & \'/\' & $states.context.StateMachine.Name %}'),
      iamAction: call.action,
      iamResources: [call.flow.flowRef.flowArn],
    });
    task.addRetry({
      errors: TEMPORARY.map((error) => `Appflow.${error}`),
      interval: Duration.minutes(1),
      maxDelay: Duration.minutes(15),
      maxAttempts: 100,
    });
    task.addRetry({ errors: [sfn.Errors.TASKS_FAILED], interval: Duration.seconds(10), maxAttempts: 5 });
    const role = this.roleFor('Role', 'states.amazonaws.com', 'states', 'stateMachine:*', 'Lets AWS Step Functions start or stop a flow');
    // To deliver logs and traces.
    justify(role, 'IAM5[Resource::*]', NO_RESOURCES);
    this.stateMachine = new sfn.StateMachine(this, 'StateMachine', {
      definitionBody: sfn.DefinitionBody.fromChainable(task),
      timeout: Duration.days(1),
      role,
      logs: { destination: this.logGroup(), level: sfn.LogLevel.ALL },
      tracingEnabled: true,
    });
    this.role = this.roleFor('EventsRole', 'events.amazonaws.com', 'events', 'rule/*', 'Lets Amazon EventBridge have a flow started or stopped');
  }

  /**
   * A role for a service, on behalf of resources of the account and Region alone. Which ones these are would make a circle of the resource and its role.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
   */
  private roleFor(id: string, principal: string, service: string, resources: string, description: string): iam.Role {
    const { partition, region, account } = Stack.of(this);
    return new iam.Role(this, id, {
      description,
      assumedBy: new iam.ServicePrincipal(principal, {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:${service}:${region}:${account}:${resources}` },
        },
      }),
    });
  }

  /**
   * With a name that spares the resource policies of Amazon CloudWatch Logs, which have no room for many log groups.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
   */
  private logGroup(): logs.LogGroup {
    return new logs.LogGroup(this, 'Logs', {
      logGroupName: `/aws/vendedlogs/states/${Aws.STACK_NAME}/${Names.uniqueResourceName(this, { maxLength: 200 })}`,
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
