import type { AppFlow, RunDescription } from './appflow';
import { CustomResourceError, ErrorCode } from './errors';
import { quoted, refusal } from './refusal';
import { asServiceError } from './service';

/** What a run has to have come to. */
export interface Expectation {
  readonly minimumRecords?: number;
  readonly allowFailedRecords?: boolean;
}

/** How many of the newest runs are looked at. Runs of a flow follow one another, so that one of interest is among the last. */
const RECENT = 100;

/** A run among the recent ones of a flow; undefined while AppFlow does not list it. */
export async function findRun(appflow: AppFlow, flowName: string, executionId: string): Promise<RunDescription | undefined> {
  return (await recentRuns(appflow, flowName)).find(run => run.executionId === executionId);
}

/** The recent runs of a flow that are not over. */
export async function runsInProgress(appflow: AppFlow, flowName: string): Promise<RunDescription[]> {
  return (await recentRuns(appflow, flowName)).filter(run => !isOver(run));
}

async function recentRuns(appflow: AppFlow, flowName: string): Promise<RunDescription[]> {
  const recent: RunDescription[] = [];
  try {
    for await (const run of appflow.runs(flowName)) {
      if (recent.push(run) === RECENT) {
        break;
      }
    }
    return recent;
  } catch (error) {
    throw new CustomResourceError(ErrorCode.RUN_NOT_READ,
      `the runs of flow '${flowName}' could not be read: ${refusal('DescribeFlowExecutionRecords', asServiceError(error))}`, error);
  }
}

/** A run that is being cancelled is not over: it may still write. */
export function isOver({ status }: RunDescription): boolean {
  return status === 'Successful' || status === 'Error' || status === 'Canceled';
}

/** Fails for a run that is over and has not come to what is expected of it. */
export function judge(flowName: string, run: RunDescription, expectation: Expectation): void {
  const complaint = complaintAbout(flowName, run, expectation);
  if (complaint !== undefined) {
    throw new CustomResourceError(complaint.code, complaint.text);
  }
}

/** Why a run that is over has not come to what is expected of it, and what to do about it; undefined for one that has. */
export function complaintAbout(
  flowName: string, run: RunDescription, { minimumRecords = 0, allowFailedRecords = false }: Expectation,
): { readonly code: ErrorCode; readonly text: string } | undefined {
  const { executionId, status, recordsProcessed = 0, failedRecords = 0, message = '' } = run;
  const subject = `run '${executionId}' of flow '${flowName}'`;
  const said = message !== '' ? `: "${quoted(message)}"` : '';
  if (status === 'Canceled') {
    return { code: ErrorCode.RUN_CANCELED, text: `${subject} was cancelled before it was over, by somebody else than this deployment; deploy again` };
  }
  if (status !== 'Successful') {
    return { code: ErrorCode.RUN_FAILED, text: `${subject} has ended with status ${status}${said}; correct what AppFlow complains of, and deploy again` };
  }
  if (failedRecords > 0 && !allowFailedRecords) {
    return {
      code: ErrorCode.FAILED_RECORDS,
      text: `${subject} could not write ${failedRecords} of its records${said}; `
        + 'correct the records or the tasks of the flow, or allow failed records where the deployment waits for the run, and deploy again',
    };
  }
  if (recordsProcessed < minimumRecords) {
    return {
      code: ErrorCode.TOO_FEW_RECORDS,
      text: `${subject} has processed ${recordsProcessed} records, and at least ${minimumRecords} are required; `
        + 'look whether the source has them and the filters of the flow let them through, and deploy again',
    };
  }
  return undefined;
}
