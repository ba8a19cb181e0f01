import { EventField, type IRuleTarget, type RuleTargetConfig, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine, type TargetBaseProps } from 'aws-cdk-lib/aws-events-targets';
import type { aws_appflow as appflow, aws_events as events } from 'aws-cdk-lib/interfaces';
import { FlowCall } from './private/flow-call';
import { FlowCaller } from './private/flow-caller';

/**
 * A flow as the target of a rule of Amazon EventBridge: an object arrives in Amazon S3, another flow has ended, a message of your own.
 *
 * EventBridge cannot call AppFlow. The target has a state machine in between, which is below the flow and shared by all rules that do the same to it.
 * It is a Standard workflow, so that it can wait for a run in progress, with logs that are kept for a month and tracing. It retries the call of AppFlow
 * itself; the options are about its own start.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 *
 * @example
 * declare const flow: OnDemandFlow;
 * bucket.enableEventBridgeNotification();
 * new Rule(this, 'Arrived', {
 *   eventPattern: { source: ['aws.s3'], detailType: ['Object Created'], detail: { bucket: { name: [bucket.bucketName] } } },
 *   targets: [FlowRuleTarget.start(flow)],
 * });
 */
export class FlowRuleTarget implements IRuleTarget {
  /**
   * Starts a flow: an on-demand flow runs once, a scheduled or event flow is activated. However often EventBridge delivers an event within eight hours,
   * it starts no more than one run.
   *
   * AppFlow is expected to refuse the start while a run of the flow is in progress. The state machine then waits for up to a day, and each event gets a
   * run of its own.
   */
  public static start(flow: appflow.IFlowRef, options: TargetBaseProps = {}): FlowRuleTarget {
    return new FlowRuleTarget(FlowCall.start(flow), options);
  }

  /**
   * Stops a flow: a scheduled or event flow is deactivated until something starts it again. AppFlow refuses to stop an on-demand flow.
   *
   * A deployment may activate the flow again, unless its `activation` is `FlowActivation.leaveAsFound()`.
   */
  public static stop(flow: appflow.IFlowRef, options: TargetBaseProps = {}): FlowRuleTarget {
    return new FlowRuleTarget(FlowCall.stop(flow), options);
  }

  private constructor(private readonly call: FlowCall, private readonly options: TargetBaseProps) {}

  /** Called by the rule. */
  public bind(rule: events.IRuleRef, id?: string): RuleTargetConfig {
    this.call.refuseFromElsewhere(this.call.flow);
    const { stateMachine, role } = FlowCaller.of(this.call);
    // Nothing else of the event, which could be confidential.
    const input = RuleTargetInput.fromObject({ id: EventField.eventId });
    return new SfnStateMachine(stateMachine, { ...this.options, role, input }).bind(rule, id);
  }
}
