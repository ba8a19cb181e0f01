import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct, IConstruct } from 'constructs';
import { FlowEventType } from './flow-event-type';
import { describeEnvironment, isElsewhere } from './private/environment';
import { warn } from './private/report';
import { triggerTypeOf } from './private/trigger-type';
import { quote, quoteAll } from './private/values';

/**
 * The events of a flow, which AppFlow sends to the default event bus of the flow's account and Region.
 *
 * AppFlow sends them on a best-effort basis: one may be late, missing or there twice. Where each run counts, look at the records of runs, or alarm on
 * the flow's metrics. The numbers in these events are texts, so that a pattern compares them with `'0'`.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flow-notifications.html
 */
export class FlowEvents {
  /** The events of a flow, which can be an L1. Rules are below the flow. */
  public static fromFlow(flow: appflow.IFlowRef): FlowEvents {
    return new FlowEvents(flow, flow);
  }

  /**
   * The events of all flows that arrive on the default event bus: those of its account and Region, and those that are forwarded to it.
   *
   * @param scope where rules are
   */
  public static allFlows(scope: Construct): FlowEvents {
    return new FlowEvents(scope);
  }

  private constructor(private readonly scope: IConstruct, private readonly flow?: appflow.IFlowRef) {}

  /**
   * The pattern of the events, for whatever takes one: a rule on another event bus, an archive, Amazon EventBridge Pipes.
   *
   * It goes by the name of the flow, its account and its Region: what these events have under `resources` is not the ARN of their flow.
   *
   * @param type which of them, by default any
   */
  public pattern(type: FlowEventType = FlowEventType.ANY): events.EventPattern {
    const { account, region } = this.flow?.env ?? {};
    const detail = { ...this.flow !== undefined ? { 'flow-name': [this.flow.flowRef.flowName] } : {}, ...type._detail };
    return {
      source: ['aws.appflow'],
      detailType: [...type._detailTypes],
      account: account !== undefined ? [account] : undefined,
      region: region !== undefined ? [region] : undefined,
      detail: Object.keys(detail).length > 0 ? detail : undefined,
    };
  }

  /** A rule for any event. What a target needs of it, `FlowEvent` gives. */
  public onEvent(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.on(id, FlowEventType.ANY, options);
  }

  /** A rule for the start of a run. What a target needs of the event, `FlowRunStartedEvent` gives. */
  public onRunStarted(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.on(id, FlowEventType.RUN_STARTED, options);
  }

  /** A rule for the end of a run, with success or without. What a target needs of the event, `FlowRunEndedEvent` gives. */
  public onRunEnded(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.on(id, FlowEventType.RUN_ENDED, options);
  }

  /** A rule for the end of a run that AppFlow calls successful. What a target needs of the event, `FlowRunEndedEvent` gives. */
  public onRunSucceeded(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.on(id, FlowEventType.RUN_SUCCEEDED, options);
  }

  /** A rule for the end of a run that AppFlow calls anything but successful. What a target needs of the event, `FlowRunEndedEvent` gives. */
  public onRunFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.on(id, FlowEventType.RUN_FAILED, options);
  }

  /**
   * A rule for a scheduled or event flow that AppFlow deactivates because it has failed. What a target needs of the event, `FlowDeactivatedEvent` gives.
   */
  public onDeactivated(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.on(id, FlowEventType.DEACTIVATED, options);
  }

  /**
   * A rule for the report of an event flow, which comes every five minutes. What a target needs of the event, `EventFlowReportEvent` gives.
   */
  public onEventFlowReport(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.on(id, FlowEventType.EVENT_FLOW_REPORT, options);
  }

  /** A rule for new fields of the source that AppFlow imports. AWS does not document the fields of this event. */
  public onAutomaticFieldImport(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.on(id, FlowEventType.AUTOMATIC_FIELD_IMPORT, options);
  }

  private on(id: string, type: FlowEventType, { target, eventPattern, ...options }: events.OnEventOptions): events.Rule {
    // CDK merges into the pattern that a rule begins with, so that is not the user's.
    const rule = new events.Rule(this.scope as Construct, id, { ...options, eventPattern: this.pattern(type) });
    rule.addEventPattern(eventPattern);
    rule.addTarget(target);
    if (this.flow !== undefined) {
      warnOfEventsElsewhere(rule, this.flow);
      warnOfEventsNeverSent(rule, type, this.flow);
    }
    return rule;
  }
}

/** Events can be forwarded, so that this is no error. */
function warnOfEventsElsewhere(rule: events.Rule, flow: appflow.IFlowRef) {
  const { account, region } = Stack.of(rule);
  if (isElsewhere(flow.env, { account, region })) {
    warn(rule, 'flow-events-elsewhere', {
      what: 'the events of a flow go to the default event bus of its own account and Region, and this rule is in another one',
      got: describeEnvironment({ account, region }),
      allowed: describeEnvironment(flow.env),
      remedy: 'put the rule there, or acknowledge this if the events are forwarded to here',
    });
  }
}

function warnOfEventsNeverSent(rule: events.Rule, { _detailTypes, _triggerTypes }: FlowEventType, flow: appflow.IFlowRef) {
  const triggerType = triggerTypeOf(flow);
  if (_triggerTypes !== undefined && triggerType !== undefined && !_triggerTypes.some((type) => type === triggerType)) {
    warn(rule, 'flow-event-never-sent', {
      what: `AppFlow sends no ${quoteAll(_detailTypes)} for a flow of this trigger`,
      got: quote(triggerType),
      allowed: quoteAll(_triggerTypes),
      remedy: 'leave the rule out for this flow',
    });
  }
}
