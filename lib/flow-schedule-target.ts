import { ArnFormat, Aws, type Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ContextAttribute, type ISchedule, type IScheduleTarget, type ScheduleTargetConfig, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { ScheduleTargetBase, type ScheduleTargetBaseProps } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { FlowCall } from './private/flow-call';

/** How Amazon EventBridge Scheduler starts or stops a flow. */
export interface FlowScheduleTargetOptions {
  /**
   * The role that EventBridge Scheduler assumes. It is allowed what the target needs.
   *
   * @default - a role of the schedule's own, which EventBridge Scheduler can assume for the schedule's group alone
   */
  readonly role?: iam.IRole;

  /**
   * Where EventBridge Scheduler sends what it has given up on.
   *
   * @default - nowhere
   */
  readonly deadLetterQueue?: IQueue;

  /**
   * How long EventBridge Scheduler retries, from one minute to 24 hours.
   *
   * @default Duration.hours(24)
   */
  readonly maxEventAge?: Duration;

  /**
   * How often EventBridge Scheduler retries, from 0 to 185 times.
   *
   * @default 185
   */
  readonly retryAttempts?: number;
}

/**
 * A flow as the target of a schedule of Amazon EventBridge Scheduler, which knows what AppFlow's own schedules do not: cron expressions, time zones with
 * summer time, single points in time, flexible time windows.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 *
 * @example
 * declare const flow: OnDemandFlow;
 * new Schedule(this, 'WeekdaysAtSix', {
 *   schedule: ScheduleExpression.cron({ weekDay: 'MON-FRI', hour: '6', minute: '0', timeZone: TimeZone.EUROPE_BERLIN }),
 *   target: FlowScheduleTarget.start(flow),
 * });
 */
export class FlowScheduleTarget implements IScheduleTarget {
  /**
   * Starts a flow: an on-demand flow runs once, a scheduled or event flow is activated. However often EventBridge Scheduler retries within eight hours,
   * a point in time of the schedule starts no more than one run.
   *
   * AppFlow is expected to refuse the start while a run of the flow is in progress; EventBridge Scheduler then retries as the options say.
   */
  public static start(flow: appflow.IFlowRef, options: FlowScheduleTargetOptions = {}): FlowScheduleTarget {
    return new FlowScheduleTarget(FlowCall.start(flow), options);
  }

  /**
   * Stops a flow: a scheduled or event flow is deactivated until something starts it again. AppFlow refuses to stop an on-demand flow.
   *
   * A deployment may activate the flow again, unless its `activation` is `FlowActivation.leaveAsFound()`.
   */
  public static stop(flow: appflow.IFlowRef, options: FlowScheduleTargetOptions = {}): FlowScheduleTarget {
    return new FlowScheduleTarget(FlowCall.stop(flow), options);
  }

  private constructor(private readonly call: FlowCall, private readonly options: FlowScheduleTargetOptions) {}

  /** Called by the schedule. */
  public bind(schedule: ISchedule): ScheduleTargetConfig {
    this.call.refuseFromElsewhere(schedule);
    return new FlowCallTarget(this.call, {
      ...this.options,
      role: this.options.role ?? roleOf(schedule),
      // The id of the execution is one of each attempt, and AppFlow does not say whether flows share their tokens.
      input: ScheduleTargetInput.fromObject(this.call.request(`${ContextAttribute.scheduleArn}/${ContextAttribute.scheduledTime}`)),
    }).bind(schedule);
  }
}

class FlowCallTarget extends ScheduleTargetBase {
  constructor(private readonly call: FlowCall, props: ScheduleTargetBaseProps) {
    super(props, `arn:${Aws.PARTITION}:scheduler:::aws-sdk:appflow:${call.operation}`);
  }

  protected addTargetActionToRole(role: iam.IRole) {
    this.call.grant(role);
  }
}

/**
 * A role of its own for each schedule, where CDK's would be one for all flows of a stack.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
function roleOf(schedule: ISchedule): iam.Role {
  const stack = Stack.of(schedule);
  const group = schedule.scheduleGroup?.scheduleGroupArn ?? stack.formatArn({
    service: 'scheduler', resource: 'schedule-group', resourceName: 'default', arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  return new iam.Role(schedule as unknown as Construct, 'TargetRole', {
    description: 'Lets Amazon EventBridge Scheduler start or stop a flow',
    assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account, 'aws:SourceArn': group } },
    }),
  });
}
