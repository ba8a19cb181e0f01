import type { Duration } from 'aws-cdk-lib';
import type { QueryLanguage } from 'aws-cdk-lib/aws-stepfunctions';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { FlowRunFragment } from './private/flow-run-fragment';
import { RUN_ERROR, RUN_MEMBERS, RunStates } from './private/flow-run-states';

/** How a state machine runs a flow, and what it requires of the run. */
export interface FlowRunOptions {
  /**
   * How long the state machine waits for the run to be over, once it has started: from 1 minute to 48 hours, which is the longest that AppFlow lets a
   * run take. It fails with `FlowRunError.TIMED_OUT` when the run is not over by then.
   *
   * @default Duration.hours(48)
   * @see https://docs.aws.amazon.com/appflow/latest/userguide/service-quotas.html
   */
  readonly timeout?: Duration;

  /**
   * How long the state machine tries to start the run, at most 48 hours, while AppFlow answers that another run of the flow is in progress, or that
   * there are too many runs in the account. `Duration.seconds(0)` lets it fail at once, with AppFlow's error.
   *
   * @default Duration.hours(1)
   */
  readonly startTimeout?: Duration;

  /**
   * How long the state machine waits before it looks whether the run is over, from 1 second to 1 hour. As the run goes on, the pauses grow to a
   * tenth of the time that it has taken, and to 5 minutes at most where this is shorter: Step Functions lets an execution have no more than 25,000
   * events, of which each look takes nine.
   *
   * @default Duration.seconds(15)
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
   */
  readonly pollInterval?: Duration;

  /**
   * How many records the run has to process at least, in the count that AppFlow gives as `recordsProcessed`. The state machine fails with
   * `FlowRunError.TOO_FEW_RECORDS` otherwise.
   *
   * @default - any number, and none will do
   * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ExecutionResult.html
   */
  readonly minimumRecords?: number;

  /**
   * Whether the run may have failed to write some of the records, as AppFlow counts them in `putFailuresCount`. The state machine fails with
   * `FlowRunError.RECORDS_NOT_WRITTEN` otherwise.
   *
   * @default false
   * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ErrorInfo.html
   */
  readonly allowFailedRecords?: boolean;

  /**
   * Whether the run is cancelled when it is not over in time. What it has written by then stays where it is.
   *
   * @default false
   * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CancelFlowExecutions.html
   */
  readonly cancelOnTimeout?: boolean;

  /**
   * The name of the state. The names of the states within it begin with it.
   *
   * @default - the id of the construct
   */
  readonly stateName?: string;

  /**
   * A comment on the state.
   *
   * @default - none
   */
  readonly comment?: string;

  /**
   * The query language of the state, in which `resultPath`, `outputs` and `assign` are written. Within a Parallel or Map state of a JSONata state
   * machine give `QueryLanguage.JSONATA`.
   *
   * @default - that of the state machine
   */
  readonly queryLanguage?: QueryLanguage;

  /**
   * Where the result goes in the input of the state, which becomes its output. `JsonPath.DISCARD` leaves the input as it is. For JSONPath.
   *
   * @default - the result takes the place of the input
   */
  readonly resultPath?: string;

  /**
   * The output of the state, in which the result is `$states.result[0]`. For JSONata.
   *
   * @default - the result
   */
  readonly outputs?: any;

  /**
   * Variables that later states can use. The result is `$states.result[0]` in JSONata, and `$[0]` in JSONPath.
   *
   * @default - none
   */
  readonly assign?: { [name: string]: any };
}

/** Properties of a run of a flow. */
export interface FlowRunProps extends FlowRunOptions {
  /** The flow, which is an on-demand flow. */
  readonly flow: appflow.IFlowRef;
}

/**
 * Runs an on-demand flow in a state machine of AWS Step Functions, and waits for the run.
 *
 * The result has `FlowName`, `ExecutionId`, `RecordsProcessed`, `RecordsNotWritten`, `BytesProcessed`, `BytesWritten`, `StartedAt` and
 * `LastUpdatedAt`. A run that does not come to what is required fails the state with an error of `FlowRunError`, and AppFlow's own message in its cause;
 * an error of AppFlow's API is called `Appflow.ResourceNotFoundException`, say. Errors that pass are tried again.
 *
 * The role of the state machine is allowed to start this flow and to read its runs, and to cancel them where `cancelOnTimeout` asks for it.
 *
 * It is for standard workflows: express workflows end after five minutes.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
@propertyInjectable
export class FlowRun extends FlowRunFragment {
  /** By what the property injectors of the AWS CDK know the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.FlowRun';

  constructor(scope: Construct, id: string, props: FlowRunProps) {
    super(scope, id, props, RUN_MEMBERS);

    const { flow } = props;
    this._fill(new RunStates(this, 'States', this._stateName, this._planOf([flow], flow.flowRef.flowName, props)).first);
  }
}

/** The names of the errors that a run in a state machine fails with. */
export class FlowRunError {
  /** The run has ended with status Error. The cause has AppFlow's message. */
  public static readonly FAILED: string = RUN_ERROR.FAILED;

  /** Somebody has cancelled the run. */
  public static readonly CANCELED: string = RUN_ERROR.CANCELED;

  /** The run was not over in time. */
  public static readonly TIMED_OUT: string = RUN_ERROR.TIMED_OUT;

  /** The run was successful, and could not write some of its records. */
  public static readonly RECORDS_NOT_WRITTEN: string = RUN_ERROR.RECORDS_NOT_WRITTEN;

  /** The run was successful, and has processed fewer records than required. */
  public static readonly TOO_FEW_RECORDS: string = RUN_ERROR.TOO_FEW_RECORDS;

  /** The flow is a scheduled or event flow, so that AppFlow has activated it and run nothing. */
  public static readonly NOT_ON_DEMAND: string = RUN_ERROR.NOT_ON_DEMAND;

  private constructor() {}
}
