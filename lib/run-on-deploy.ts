import { Duration } from 'aws-cdk-lib';
import { AppFlowError } from './private/errors';
import type { RunPlan, RunWaitPlan } from './private/flow-plan';
import { literalNumber } from './private/values';

/** What a run has to come to, and how long a deployment waits for it. */
export interface RunWaitOptions {
  /**
   * How long the deployment waits for the run: from 1 minute to 48 hours. The deployment fails when the run is not over by then.
   *
   * CloudFormation waits for one custom resource for at most an hour, so that there is one for each 50 minutes.
   *
   * @default Duration.minutes(50)
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
   */
  readonly timeout?: Duration;

  /**
   * How many records the run has to process at least, in the count that AppFlow gives as `recordsProcessed`.
   *
   * @default - any number, and none will do
   * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ExecutionResult.html
   */
  readonly minimumRecords?: number;

  /**
   * Whether the run may have failed to write some of the records, as AppFlow counts them in `putFailuresCount`.
   *
   * @default false
   * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ErrorInfo.html
   */
  readonly allowFailedRecords?: boolean;
}

/** How a deployment waits for the run that it starts. */
export class RunWait {
  /**
   * Waits until the run is over, and requires that its status is Successful. Otherwise the deployment fails with AppFlow's own message, and CloudFormation
   * brings the flow back to what it was. What the run has written by then stays where it is.
   */
  public static untilSuccessful(options: RunWaitOptions = {}): RunWait {
    const { timeout = Duration.minutes(50), minimumRecords, allowFailedRecords } = options;
    return new RunWait({ timeoutSeconds: secondsOf(timeout), minimumRecords: checkedMinimum(minimumRecords), allowFailedRecords });
  }

  private constructor(private readonly plan: RunWaitPlan) {}

  /** @internal */
  public get _plan(): RunWaitPlan {
    return this.plan;
  }
}

/** Options of a run on deployment. */
export interface RunOnDeployOptions {
  /**
   * How the deployment waits for the run.
   *
   * @default - the deployment starts the run and does not wait for it
   */
  readonly wait?: RunWait;

  /**
   * Whether runs in progress are cancelled before CloudFormation deletes the flow, and when a deployment that has started a run is rolled back. The
   * deletion waits for the runs to end, for at most 6 minutes. This also goes for a flow that is no longer run on deployment, unless it got another trigger.
   * The runs of a flow with `RemovalPolicy.RETAIN` are left alone.
   *
   * @default false
   * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CancelFlowExecutions.html
   */
  readonly cancelOnDelete?: boolean;
}

/**
 * When a deployment runs an on-demand flow, and what it waits for.
 *
 * The run starts when the flow and all that it needs are there. While another run is in progress, the deployment waits for that one. A rollback does
 * not run the flow.
 */
export class RunOnDeploy {
  /** When the deployment creates or replaces the flow, or is the first one to run it. */
  public static onCreate(options: RunOnDeployOptions = {}): RunOnDeploy {
    return new RunOnDeploy('OnCreate', options);
  }

  /** When the deployment creates, replaces or changes the flow. */
  public static onChange(options: RunOnDeployOptions = {}): RunOnDeploy {
    return new RunOnDeploy('OnChange', options);
  }

  /**
   * On each deployment that changes anything in the stack of the flow. CloudFormation does nothing at all for a deployment that changes nothing, so
   * there is no run then either.
   */
  public static everyDeployment(options: RunOnDeployOptions = {}): RunOnDeploy {
    return new RunOnDeploy('Always', options);
  }

  private constructor(private readonly when: RunPlan['when'], private readonly options: RunOnDeployOptions) {}

  /** @internal */
  public get _plan(): RunPlan {
    return { when: this.when, wait: this.options.wait?._plan, cancelOnDelete: this.options.cancelOnDelete };
  }
}

function secondsOf(timeout: Duration): number {
  const seconds = timeout.isUnresolved() ? undefined : timeout.toSeconds();
  if (seconds === undefined || seconds < 60 || seconds > Duration.hours(48).toSeconds()) {
    throw new AppFlowError('run-wait-timeout-invalid', {
      what: 'a deployment cannot wait for a run that long',
      got: seconds === undefined ? 'a duration that is known only at deploy time' : timeout.toHumanString(),
      allowed: 'from 1 minute to 48 hours',
      remedy: 'give a duration in that range; start a run that takes longer without waiting for it',
    });
  }
  return seconds;
}

function checkedMinimum(records: number | undefined): number | undefined {
  const literal = literalNumber(records);
  if (literal !== undefined && !(Number.isSafeInteger(literal) && literal >= 0)) {
    throw new AppFlowError('run-wait-minimum-records-invalid', {
      what: 'the least number of records that a run has to process is not a number of records',
      got: String(literal),
      allowed: 'a whole number from 0',
      remedy: 'give the number of records, or leave minimumRecords out where any number will do',
    });
  }
  return records;
}
