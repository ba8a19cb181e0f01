import { Duration, Tokenization } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { shortHash } from './short-hash';

/** What the states of a run are made from. */
export interface RunStatesPlan {
  /** The name of the flow, or a JSONata expression of it. */
  readonly flowName: string;
  /** Every flow that the states may run. */
  readonly flowArns: string[];
  readonly timeoutSeconds: number;
  readonly pollSeconds: number;
  readonly startSeconds: number;
  readonly minimumRecords: number;
  readonly allowFailedRecords: boolean;
  readonly cancelOnTimeout: boolean;
}

/** The names of the errors that a run fails with. */
export const RUN_ERROR = {
  NOT_ON_DEMAND: 'FlowRun.NotOnDemand',
  FAILED: 'FlowRun.Failed',
  CANCELED: 'FlowRun.Canceled',
  RECORDS_NOT_WRITTEN: 'FlowRun.RecordsNotWritten',
  TOO_FEW_RECORDS: 'FlowRun.TooFewRecords',
  TIMED_OUT: 'FlowRun.TimedOut',
} as const;

/** What is known of a run. Each member is always there, since a JSONPath fails where there is none. */
export const RUN_MEMBERS = [
  'FlowName', 'ExecutionId', 'RecordsProcessed', 'RecordsNotWritten', 'BytesProcessed', 'BytesWritten', 'StartedAt', 'LastUpdatedAt',
] as const;

/** The longest pause between two looks. With it a run of 48 hours fills a quarter of the 25,000 events that an execution has room for. */
const MAX_POLL_SECONDS = 300;
/** How often a run that AppFlow does not start yet is tried again. */
const START_INTERVAL_SECONDS = 30;
/** AppFlow gives up to 100 runs in one answer, each with up to 2,048 characters of a message, and Step Functions takes no more than 256 KiB. */
const RUNS_OF_A_PAGE = 20;
/** Runs of a flow follow one another, so that one of interest is among the last. */
const MAX_PAGES = 10;
/** Step Functions takes names of states of up to 80 characters. */
const MAX_NAME = 55;

/** The variable of the states. It has a scope of its own, and no state around it may have one of the same name. */
const RUN = '$appflowRun';
const SUBJECT = `'run ' & ${RUN}.executionId & ' of flow ' & ${RUN}.flowName`;
const ELAPSED_SECONDS = `($millis() - ${RUN}.startedAt) / 1000`;

/** Puts an expression into one line, as a state machine has it. */
export function jsonata(expression: string): string {
  return `{% ${expression.trim().replace(/\s+/g, ' ')} %}`;
}

/** A name for a state, within the one that it is a part of. */
export function partName(name: string, part: string): string {
  return `${name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 17)} ${shortHash(name)}` : name}: ${part}`;
}

/** The states that run a flow once, wait for the run, and fail unless it has come to what is required. */
export class RunStates extends Construct {
  public readonly first: sfn.IChainable;

  constructor(scope: Construct, id: string, private readonly name: string, private readonly plan: RunStatesPlan) {
    super(scope, id);

    const prepare = this.pass('Prepare', 'prepare', {
      assign: { [RUN.slice(1)]: { flowName: plan.flowName, token: jsonata('$uuid()') } },
    });
    const start = this.start();
    const wait = sfn.Wait.jsonata(this, 'Wait', { stateName: this.part('wait'), time: sfn.WaitTime.seconds(this.pause()) });
    const look = this.look('Look', 'look', '1');
    const lookFurther = this.look('LookFurther', 'look further', `${RUN}.pages + 1`, { NextToken: jsonata(`${RUN}.nextToken`) });
    const judge = sfn.Choice.jsonata(this, 'Judge', { stateName: this.part('judge') });

    this.first = prepare.next(start).next(wait).next(look).next(judge);
    lookFurther.next(judge);
    judge.when(when(`$not($exists(${RUN}.executionId))`), this.fail('NotOnDemand', 'not on demand', RUN_ERROR.NOT_ON_DEMAND,
      `'flow ' & ${RUN}.flowName & ' is no on-demand flow: AppFlow has activated it and started no run'`));
    judge.when(when(`${RUN}.status = 'Error'`), this.fail('Failed', 'failed', RUN_ERROR.FAILED,
      `${SUBJECT} & ' has ended with status Error: ' & ${RUN}.message`));
    judge.when(when(`${RUN}.status = 'Canceled'`), this.fail('Canceled', 'cancelled', RUN_ERROR.CANCELED,
      `${SUBJECT} & ' was cancelled before it was over'`));
    if (!plan.allowFailedRecords) {
      judge.when(when(`${RUN}.status = 'Successful' and ${RUN}.result.RecordsNotWritten > 0`), this.fail('RecordsNotWritten', 'records not written',
        RUN_ERROR.RECORDS_NOT_WRITTEN, `${SUBJECT} & ' could not write ' & ${RUN}.result.RecordsNotWritten & ' of its records: ' & ${RUN}.message`));
    }
    if (plan.minimumRecords !== 0) {
      const minimum = Tokenization.stringifyNumber(plan.minimumRecords);
      judge.when(when(`${RUN}.status = 'Successful' and ${RUN}.result.RecordsProcessed < ${minimum}`), this.fail('TooFewRecords', 'too few records',
        RUN_ERROR.TOO_FEW_RECORDS,
        `${SUBJECT} & ' has processed ' & ${RUN}.result.RecordsProcessed & ' records, and at least ${minimum} are required'`));
    }
    judge.when(when(`${RUN}.status = 'Successful'`), this.pass('Done', 'done', { outputs: jsonata(`${RUN}.result`) }));
    judge.when(when(`$exists(${RUN}.nextToken) and ${RUN}.pages < ${MAX_PAGES}`), lookFurther);
    judge.when(when(`${ELAPSED_SECONDS} >= ${plan.timeoutSeconds}`), this.timeOut());
    judge.otherwise(wait);
  }

  private start(): CallAwsService {
    const { flowArns, startSeconds } = this.plan;
    // A token makes AppFlow answer a repeated call with the run that it has started before.
    const start = CallAwsService.jsonata(this, 'Start', {
      stateName: this.part('start'),
      service: 'appflow',
      action: 'startFlow',
      iamAction: 'appflow:StartFlow',
      iamResources: flowArns,
      parameters: { FlowName: jsonata(`${RUN}.flowName`), ClientToken: jsonata(`${RUN}.token`) },
      assign: {
        [RUN.slice(1)]: jsonata(`{ 'flowName': ${RUN}.flowName, 'executionId': $states.result.ExecutionId, 'startedAt': $millis() }`),
      },
      outputs: {},
    });
    retryPassingErrors(start);
    if (startSeconds > 0) {
      start.addRetry({
        errors: [service('ConflictException'), service('ServiceQuotaExceededException')],
        interval: Duration.seconds(START_INTERVAL_SECONDS),
        backoffRate: 1,
        maxAttempts: Math.ceil(startSeconds / START_INTERVAL_SECONDS),
      });
    }
    return start;
  }

  /** A tenth of the time that the run has taken, so that short runs are noticed soon and long ones do not fill the history of the execution. */
  private pause(): string {
    const { pollSeconds, timeoutSeconds } = this.plan;
    const longest = Math.max(pollSeconds, MAX_POLL_SECONDS);
    return jsonata(`$ceil($max([1, $min([
      $max([${pollSeconds}, $min([${longest}, ${ELAPSED_SECONDS} / 10])]),
      ${timeoutSeconds} - ${ELAPSED_SECONDS}
    ])]))`);
  }

  private look(id: string, part: string, page: string, parameters: { readonly NextToken?: string } = {}): CallAwsService {
    const look = CallAwsService.jsonata(this, id, {
      stateName: this.part(part),
      service: 'appflow',
      action: 'describeFlowExecutionRecords',
      iamAction: 'appflow:DescribeFlowExecutionRecords',
      iamResources: this.plan.flowArns,
      parameters: { FlowName: jsonata(`${RUN}.flowName`), MaxResults: RUNS_OF_A_PAGE, ...parameters },
      assign: { [RUN.slice(1)]: seen(page) },
      outputs: {},
    });
    retryPassingErrors(look);
    return look;
  }

  private timeOut(): sfn.IChainable {
    const { cancelOnTimeout, flowArns, timeoutSeconds } = this.plan;
    const status = `($exists(${RUN}.status) ? 'it is ' & ${RUN}.status : 'AppFlow does not list it')`;
    const timedOut = this.fail('TimedOut', 'timed out', RUN_ERROR.TIMED_OUT,
      `${SUBJECT} & ' was not over within ${timeoutSeconds} seconds: ' & ${status}`);
    if (!cancelOnTimeout) {
      return timedOut;
    }
    const cancel = CallAwsService.jsonata(this, 'Cancel', {
      stateName: this.part('cancel'),
      service: 'appflow',
      action: 'cancelFlowExecutions',
      iamAction: 'appflow:CancelFlowExecutions',
      iamResources: flowArns,
      parameters: { FlowName: jsonata(`${RUN}.flowName`), ExecutionIds: [jsonata(`${RUN}.executionId`)] },
      outputs: {},
    });
    retryPassingErrors(cancel);
    // That the run was not over in time is what the user has to know.
    cancel.addCatch(timedOut);
    return cancel.next(timedOut);
  }

  private pass(id: string, part: string, props: sfn.PassJsonataProps): sfn.Pass {
    return sfn.Pass.jsonata(this, id, { stateName: this.part(part), ...props });
  }

  private fail(id: string, part: string, error: string, cause: string): sfn.Fail {
    return sfn.Fail.jsonata(this, id, { stateName: this.part(part), error, cause: jsonata(cause) });
  }

  private part(part: string): string {
    return partName(this.name, part);
  }
}

/** What is known after a look. */
function seen(page: string): string {
  // A list leaves out what is not there, so that this is 0 for a number that AppFlow has not given.
  const count = (number: string) => `$sum([${number}])`;
  return jsonata(`(
    $record := $states.result.FlowExecutions[ExecutionId = ${RUN}.executionId];
    $result := $record.ExecutionResult;
    {
      'flowName': ${RUN}.flowName,
      'executionId': ${RUN}.executionId,
      'startedAt': ${RUN}.startedAt,
      'pages': ${page},
      'nextToken': $not($exists($record)) ? $states.result.NextToken,
      'status': $record.ExecutionStatus,
      'message': $exists($result.ErrorInfo.ExecutionMessage) ? $result.ErrorInfo.ExecutionMessage : 'AppFlow does not say why',
      'result': {
        'FlowName': ${RUN}.flowName,
        'ExecutionId': ${RUN}.executionId,
        'RecordsProcessed': ${count('$result.RecordsProcessed')},
        'RecordsNotWritten': ${count('$result.ErrorInfo.PutFailuresCount')},
        'BytesProcessed': ${count('$result.BytesProcessed')},
        'BytesWritten': ${count('$result.BytesWritten')},
        'StartedAt': $exists($record.StartedAt) ? $record.StartedAt : null,
        'LastUpdatedAt': $exists($record.LastUpdatedAt) ? $record.LastUpdatedAt : null
      }
    }
  )`);
}

/** How Step Functions calls an error of AppFlow. */
function service(error: string): string {
  return `Appflow.${error}`;
}

/** Together these are about eight minutes. */
function retryPassingErrors(task: CallAwsService) {
  task.addRetry({
    errors: [service('ThrottlingException'), service('InternalServerException'), service('SdkClientException')],
    interval: Duration.seconds(2),
    backoffRate: 2,
    maxAttempts: 12,
    maxDelay: Duration.minutes(1),
    jitterStrategy: sfn.JitterType.FULL,
  });
}

function when(condition: string): sfn.Condition {
  return sfn.Condition.jsonata(jsonata(condition));
}
