import { Duration } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { AppFlowError } from './errors';
import { jsonata, type RunStatesPlan } from './flow-run-states';
import { triggerTypeOf } from './trigger-type';
import { quote } from './values';
import { TRIGGER_TYPE } from './vocabulary';
import type { FlowRunOptions } from '../flow-run';
import { RunWait } from '../run-on-deploy';

const MAX_TIMEOUT = Duration.hours(48);

/**
 * What runs flows in a state machine: one state, in which the others are.
 *
 * @internal
 */
export abstract class FlowRunFragment extends sfn.StateMachineFragment {
  public readonly startState: sfn.State;
  public readonly endStates: sfn.INextable[];

  /**
   * The name of the state.
   *
   * @internal
   */
  protected readonly _stateName: string;

  private readonly state: RunState;

  /**
   * @param outputMembers the members of what the states within it put out
   */
  constructor(scope: Construct, id: string, options: FlowRunOptions, outputMembers: readonly string[]) {
    super(scope, id);

    this._stateName = options.stateName ?? id;
    this.state = new RunState(this, 'State', { ...options, stateName: this._stateName }, outputMembers);
    this.startState = this.state;
    this.endStates = [this.state];
  }

  /** Has the state machine go on at a handler when an error occurs. `FlowRunError` has the names of the errors that runs fail with. */
  public addCatch(handler: sfn.IChainable, props: sfn.CatchProps = {}): void {
    this.state.addCatch(handler, props);
  }

  /** Has the state machine start another run when an error occurs. */
  public addRetry(props: sfn.RetryProps = {}): void {
    this.state.addRetry(props);
  }

  /**
   * Puts states into the one.
   *
   * @internal
   */
  protected _fill(first: sfn.IChainable) {
    this.state.branch(first);
  }

  /**
   * Reads the options.
   *
   * @internal
   */
  protected _planOf(flows: readonly appflow.IFlowRef[], flowName: string, options: FlowRunOptions): RunStatesPlan {
    flows.forEach((flow) => this.refuseUnlessOnDemand(flow));
    const { minimumRecords, allowFailedRecords } = options;
    return {
      flowName,
      flowArns: flows.map(({ flowRef }) => flowRef.flowArn),
      timeoutSeconds: this.seconds('timeout', options.timeout ?? MAX_TIMEOUT, Duration.minutes(1), MAX_TIMEOUT),
      pollSeconds: this.seconds('pollInterval', options.pollInterval ?? Duration.seconds(15), Duration.seconds(1), Duration.hours(1)),
      startSeconds: this.seconds('startTimeout', options.startTimeout ?? Duration.hours(1), Duration.seconds(0), MAX_TIMEOUT),
      minimumRecords: RunWait.untilSuccessful({ minimumRecords })._plan.minimumRecords ?? 0,
      allowFailedRecords: allowFailedRecords ?? false,
      cancelOnTimeout: options.cancelOnTimeout ?? false,
    };
  }

  private seconds(option: string, duration: Duration, min: Duration, max: Duration): number {
    const seconds = duration.isUnresolved() ? undefined : duration.toSeconds();
    if (seconds === undefined || seconds < min.toSeconds() || seconds > max.toSeconds()) {
      throw new AppFlowError('flow-run-duration-out-of-range', {
        what: `a state machine cannot run a flow with this '${option}'`,
        got: seconds === undefined ? 'a duration that is known only at deploy time' : duration.toHumanString(),
        allowed: `from ${min.toHumanString()} to ${max.toHumanString()}`,
        remedy: 'give a duration in that range',
      }, this);
    }
    return seconds;
  }

  private refuseUnlessOnDemand(flow: appflow.IFlowRef) {
    const triggerType = triggerTypeOf(flow);
    if (triggerType !== undefined && triggerType !== TRIGGER_TYPE.ON_DEMAND) {
      throw new AppFlowError('flow-run-not-on-demand', {
        what: `a state machine can run on-demand flows only, and to start ${flow.node.path} is to activate it`,
        got: `a flow with trigger ${quote(triggerType)}`,
        allowed: 'an OnDemandFlow',
        remedy: 'run an on-demand flow with the same source, destination and tasks',
      }, this);
    }
  }
}

/**
 * A state around the states of a run. Their variables end with it, and its errors can be caught. It puts out what the one branch does, in the
 * query language of the state machine.
 */
class RunState extends sfn.Parallel {
  constructor(scope: Construct, id: string, props: sfn.ParallelProps, private readonly outputMembers: readonly string[]) {
    const { stateName, comment, queryLanguage, resultPath, outputs, assign } = props;
    super(scope, id, { stateName, comment, queryLanguage, resultPath, outputs, assign });
  }

  /** A state is complete without its place in a state machine. */
  protected validateState(): string[] {
    return [];
  }

  public toStateJson(topLevelQueryLanguage?: sfn.QueryLanguage): object {
    const isJsonata = (this.queryLanguage ?? topLevelQueryLanguage) === sfn.QueryLanguage.JSONATA;
    return {
      ...super.toStateJson(topLevelQueryLanguage),
      ...isJsonata
        ? { Output: this.outputs ?? jsonata('$states.result[0]') }
        : { ResultSelector: Object.fromEntries(this.outputMembers.map((member) => [`${member}.$`, `$[0].${member}`])) },
    };
  }
}
