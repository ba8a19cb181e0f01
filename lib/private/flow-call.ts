import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { IConstruct } from 'constructs';
import { FlowGrants } from '../flow-grants';
import { describeEnvironment, isElsewhere } from './environment';
import { AppFlowError } from './errors';
import { triggerTypeOf } from './trigger-type';
import { TRIGGER_TYPE } from './vocabulary';

/** A call of AppFlow's API that another AWS service makes, with what that service must know of it. */
export class FlowCall {
  /** Runs an on-demand flow, and activates another one. */
  public static start(flow: appflow.IFlowRef): FlowCall {
    return new FlowCall(flow, 'start');
  }

  /** Deactivates a flow. */
  public static stop(flow: appflow.IFlowRef): FlowCall {
    if (triggerTypeOf(flow) === TRIGGER_TYPE.ON_DEMAND) {
      throw new AppFlowError('stop-of-on-demand-flow', {
        what: 'AppFlow does not stop on-demand flows, which are never deactivated',
        got: 'an on-demand flow',
        allowed: 'a scheduled or event flow',
        remedy: 'leave it out, and cancel runs with CancelFlowExecutions',
      }, flow);
    }
    return new FlowCall(flow, 'stop');
  }

  private constructor(public readonly flow: appflow.IFlowRef, public readonly verb: 'start' | 'stop') {}

  /** The operation, as services call it. */
  public get operation(): string {
    return `${this.verb}Flow`;
  }

  /** The action, as IAM calls it. */
  public get action(): string {
    return this.verb === 'start' ? 'appflow:StartFlow' : 'appflow:StopFlow';
  }

  /** Lets an identity make the call. */
  public grant(grantee: iam.IGrantable): iam.Grant {
    return FlowGrants.fromFlow(this.flow)[this.verb](grantee);
  }

  /**
   * The request, whose members have a capital where services call AWS on their own.
   *
   * @param clientToken what makes one request of all attempts. AppFlow remembers it for eight hours, and takes none to stop a flow, which is the same
   * however often it is done.
   */
  public request(clientToken: string): Record<string, string> {
    const { flowName: FlowName } = this.flow.flowRef;
    return this.verb === 'start' ? { FlowName, ClientToken: clientToken } : { FlowName };
  }

  /** Refuses a caller that would find no such flow, or another one of the same name. */
  public refuseFromElsewhere(caller: IConstruct) {
    const { account, region } = Stack.of(caller);
    if (isElsewhere(this.flow.env, { account, region })) {
      throw new AppFlowError('flow-of-target-elsewhere', {
        what: 'the flow is in another account or Region than what is to call AppFlow, which finds flows of its own place alone',
        got: describeEnvironment(this.flow.env),
        allowed: describeEnvironment({ account, region }),
        remedy: 'start the flow from a stack where it is, and send an event to there where that is needed',
      }, caller);
    }
  }
}
