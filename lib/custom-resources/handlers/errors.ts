/** The codes of the deploy-time errors. They are API: users search for them and alarm on them. */
export enum ErrorCode {
  /** A resource property is missing or has a value that the handler does not know. */
  INVALID_REQUEST = 'invalid-request',
  /** The flow does not exist, or no longer. */
  FLOW_NOT_FOUND = 'flow-not-found',
  /** DescribeFlow was refused. */
  FLOW_NOT_READ = 'flow-not-read',
  /** The flow is declared active and is not. */
  FLOW_NOT_ACTIVATED = 'flow-not-activated',
  /** The flow is declared suspended, or is being deleted, and is still active. */
  FLOW_NOT_SUSPENDED = 'flow-not-suspended',
  /** Several flows of the stack are not as declared; the message tells of each. */
  FLOWS_NOT_AS_DECLARED = 'flows-not-as-declared',
  /** The flow is triggered in another way than declared, so starting it would do something else than asked for. */
  TRIGGER_MISMATCH = 'trigger-mismatch',
  /** The run that the deploy asks for was refused. */
  RUN_NOT_STARTED = 'run-not-started',
  /** The run that the deploy asks for could not start because another run did not end in time. */
  RUN_IN_PROGRESS = 'run-in-progress',
  /** The run that the deploy waits for has ended with an error. */
  RUN_FAILED = 'run-failed',
  /** The run that the deploy waits for was cancelled. */
  RUN_CANCELED = 'run-canceled',
  /** The run that the deploy waits for has processed fewer records than required. */
  TOO_FEW_RECORDS = 'too-few-records',
  /** The run that the deploy waits for could not write all records. */
  FAILED_RECORDS = 'failed-records',
  /** The run that the deploy waits for was not over in time. */
  RUN_NOT_OVER = 'run-not-over',
  /** DescribeFlowExecutionRecords was refused. */
  RUN_NOT_READ = 'run-not-read',
  /** CancelFlowExecutions was refused. */
  RUN_NOT_CANCELED = 'run-not-canceled',
  /** DescribeStacks was refused. */
  STACK_NOT_READ = 'stack-not-read',
  /** A declared tag key starts with `aws:`. */
  RESERVED_TAG_KEY = 'reserved-tag-key',
  /** The flow or connector would carry more tags than AppFlow allows. */
  TOO_MANY_TAGS = 'too-many-tags',
  /** The connector that is to be tagged does not exist, or no longer. */
  CONNECTOR_NOT_FOUND = 'connector-not-found',
  /** A declared tag key carries a value that this resource did not give it. */
  FOREIGN_TAG = 'foreign-tag',
  /** ListTagsForResource was refused. */
  TAGS_NOT_READ = 'tags-not-read',
  /** TagResource or UntagResource was refused. */
  TAGS_NOT_APPLIED = 'tags-not-applied',
  /** The flow could not be created. */
  FLOW_NOT_CREATED = 'flow-not-created',
  /** A flow of that name exists already, and is not of this resource. */
  FLOW_EXISTS = 'flow-exists',
  /** The flow could not be updated. */
  FLOW_NOT_UPDATED = 'flow-not-updated',
  /** The flow could not be deleted. */
  FLOW_NOT_DELETED = 'flow-not-deleted',
  /** Another source or destination object, or another key, was declared for a flow that keeps its name. */
  FLOW_OBJECT_CHANGED = 'flow-object-changed',
  /** Another key was declared for a flow that keeps its name. */
  FLOW_KEY_CHANGED = 'flow-key-changed',
  /** DescribeConnectorProfiles was refused. */
  PROFILE_NOT_READ = 'connector-profile-not-read',
  /** The connector profile does not exist, or no longer. */
  PROFILE_NOT_FOUND = 'connector-profile-not-found',
  /** The connector profile could not be created. */
  PROFILE_NOT_CREATED = 'connector-profile-not-created',
  /** A connector profile of that name exists already, and is not of this resource. */
  PROFILE_EXISTS = 'connector-profile-exists',
  /** The connector profile could not be updated. */
  PROFILE_NOT_UPDATED = 'connector-profile-not-updated',
  /** The connector profile could not be deleted. */
  PROFILE_NOT_DELETED = 'connector-profile-not-deleted',
  /** A secret could not be read, or does not hold what is referred to. */
  SECRET_NOT_READ = 'secret-not-read',
  /** DescribeFlowExecutionRecords was refused. */
  RUNS_NOT_READ = 'runs-not-read',
  /** The schedule would not start before it ends. */
  START_AFTER_END = 'start-after-end',
  /** The schedule is to start at its next full period, and does not run at a fixed rate. */
  SCHEDULE_WITHOUT_PERIOD = 'schedule-without-period',
  /** The flow that is replaced is not marked as one of the stack, so that its successor cannot go on where it stops. */
  PREDECESSOR_NOT_MARKED = 'predecessor-not-marked',
  /** A run of the flow that is replaced did not end in time. */
  PREDECESSOR_BUSY = 'predecessor-busy',
  /** There is no time between the start and the end of the history that is to be loaded. */
  BACKFILL_EMPTY = 'backfill-empty',
  /** Not all windows of the history were loaded in the time that there is for it. */
  BACKFILL_NOT_OVER = 'backfill-not-over',
  /** The function's time was nearly up. */
  OUT_OF_TIME = 'out-of-time',
  /** A defect of the handler itself. */
  HANDLER_FAILED = 'handler-failed',
}

/** A failure that the user reads in the events of the stack. */
export class CustomResourceError extends Error {
  /** @param cause the answer of a service, where that is why */
  constructor(readonly code: ErrorCode, message: string, cause?: unknown) {
    super(`${message} (appflow-constructs:${code})`, { cause });
    this.name = 'CustomResourceError';
  }
}

/** A flow that is to be changed, started or stopped is gone. */
export function flowNotFound(name: string): CustomResourceError {
  return new CustomResourceError(ErrorCode.FLOW_NOT_FOUND,
    `flow '${name}' does not exist in this account and Region; if it was deleted by hand, remove it from the stack and deploy, then add it again`);
}

/** A request for a resource that a newer or older version of the library has declared. */
export function unknownResourceType(type: string): CustomResourceError {
  return new CustomResourceError(ErrorCode.INVALID_REQUEST,
    `resource type '${type}' is not known to this version of the handler; deploy with the version of the library that made the template`);
}
