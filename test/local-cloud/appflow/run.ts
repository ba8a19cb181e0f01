import { type ExecutionRecord, type ExecutionStatus } from '@aws-sdk/client-appflow';

/** When a started run ends: after so many looks that still show it in progress, or by the clock. */
export type RunEnd = { readonly looks: number } | { readonly milliseconds: number };

/** How a run ends. */
export interface RunOutcome {
  readonly status: 'Successful' | 'Error';
  /** What DescribeFlowExecutionRecords says of an error. */
  readonly message?: string;
  readonly recordsProcessed?: number;
  readonly bytesProcessed?: number;
  readonly bytesWritten?: number;
  readonly putFailuresCount?: number;
  /** @default - as all runs */
  readonly settlesAfter?: RunEnd;
}

/** One run of a flow. */
export interface Run {
  readonly id: string;
  readonly startedAt: Date;
  /** The records that the run asks for, by their time of change; absent where the whole object is transferred. */
  readonly pull?: { readonly from: Date; readonly to: Date };
  readonly outcome: RunOutcome;
  status: ExecutionStatus;
  lastUpdatedAt: Date;
  looks: number;
}

export function isOver({ status }: Run): boolean {
  return status !== 'InProgress' && status !== 'CancelStarted';
}

export function toExecutionRecord(run: Run): ExecutionRecord {
  return {
    executionId: run.id,
    executionStatus: run.status,
    executionResult: resultOf(run),
    startedAt: run.startedAt,
    lastUpdatedAt: run.lastUpdatedAt,
    dataPullStartTime: run.pull?.from,
    dataPullEndTime: run.pull?.to,
  };
}

function resultOf({ status, outcome }: Run): ExecutionRecord['executionResult'] {
  const { bytesProcessed = 0, bytesWritten = 0, recordsProcessed = 0, putFailuresCount = 0, message } = outcome;
  if (status === 'Successful') {
    // That a run which has not written all records can be successful is inferred of ErrorHandlingConfig, by which it goes on.
    const errorInfo = putFailuresCount > 0 ? { putFailuresCount, executionMessage: message } : undefined;
    return { bytesProcessed, bytesWritten, recordsProcessed, errorInfo };
  }
  if (status === 'Error') return { bytesProcessed, bytesWritten, recordsProcessed, errorInfo: { putFailuresCount, executionMessage: message } };
  return undefined;
}
