import { EventField } from 'aws-cdk-lib/aws-events';

/**
 * The fields that all events of flows have, for the inputs of targets. Further ones, such as the time of the event, `events.EventField` gives.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flow-notifications.html
 */
export class FlowEvent {
  /** The ARN of the flow. */
  public static get flowArn(): string {
    return detail('flow-arn');
  }

  /** The name of the flow. */
  public static get flowName(): string {
    return detail('flow-name');
  }

  /** The ARN of the user who has created the flow. */
  public static get createdBy(): string {
    return detail('created-by');
  }

  /** The connector of the source, followed by the connector profile where it has one: `VEEVA/acme`. */
  public static get source(): string {
    return detail('source');
  }

  /** The object of the source. */
  public static get sourceObject(): string {
    return detail('source-object');
  }

  /** The connector of the destination, followed by the connector profile where it has one: `S3`. */
  public static get destination(): string {
    return detail('destination');
  }

  /** The object of the destination. */
  public static get destinationObject(): string {
    return detail('destination-object');
  }

  /** What triggers the flow, such as `ONDEMAND`. */
  public static get triggerType(): string {
    return detail('trigger-type');
  }

  protected constructor() {}
}

/** The fields of the event that a run has started. */
export class FlowRunStartedEvent extends FlowEvent {
  /** When the run has started. */
  public static get startTime(): string {
    return detail('start-time');
  }

  /** The range of time that AppFlow asks the source for. Scheduled flows alone have it. */
  public static get incrementalTransferTimeRange(): string {
    return detail('incremental-transfer-time-range');
  }
}

/** The fields of the event that a run is complete. Numbers are texts. */
export class FlowRunEndedEvent extends FlowEvent {
  /** The id of the run, as StartFlow returns it. AWS does not document it among the fields; it has been observed. */
  public static get executionId(): string {
    return detail('execution-id');
  }

  /** How the run has ended: `Execution Successful`, or something else. */
  public static get status(): string {
    return detail('status');
  }

  /** Why the run has failed. Failed runs alone have it. */
  public static get error(): string {
    return detail('error');
  }

  /** When the run has started, such as `2026-01-01T09:02:47.643Z[UTC]`. AWS does not document it among the fields; it has been observed. */
  public static get startTime(): string {
    return detail('start-time');
  }

  /** When the run was complete, such as `2026-01-01T09:06:20.871Z[UTC]`. */
  public static get endTime(): string {
    return detail('end-time');
  }

  /** The range of time that AppFlow has asked the source for. Scheduled flows alone have it. */
  public static get incrementalTransferTimeRange(): string {
    return detail('incremental-transfer-time-range');
  }

  /** How many records of the source AppFlow has processed. */
  public static get recordsProcessed(): string {
    return detail('num-of-records-processed');
  }

  /** How many records could not be written to the destination. */
  public static get recordFailures(): string {
    return detail('num-of-record-failures');
  }

  /** How many records filters have left out. AWS does not document it among the fields; it has been observed. */
  public static get recordsFiltered(): string {
    return detail('num-of-records-filtered');
  }

  /** How many documents AppFlow has processed. AWS does not document it among the fields; it has been observed. */
  public static get documentsProcessed(): string {
    return detail('num-of-documents-processed');
  }

  /** How many bytes AppFlow has processed. */
  public static get dataProcessed(): string {
    return detail('data-processed');
  }
}

/** The fields of the event that AppFlow has deactivated a scheduled or event flow. */
export class FlowDeactivatedEvent extends FlowEvent {
  /** Why AppFlow has deactivated the flow. */
  public static get deactivationReason(): string {
    return detail('deactivation-reason');
  }

  /** When AppFlow has deactivated the flow. */
  public static get deactivationTime(): string {
    return detail('deactivation-time');
  }
}

/** The fields of the report of an event flow. */
export class EventFlowReportEvent extends FlowEvent {
  /** How many triggers the source has sent, and in which five minutes. */
  public static get statusReport(): string {
    return detail('status-report');
  }
}

function detail(name: string): string {
  return EventField.fromPath(`$.detail.${name}`);
}
