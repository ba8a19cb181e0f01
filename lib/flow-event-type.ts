import { TRIGGER_TYPE, type TriggerType } from './private/vocabulary';

const RUN_ENDED = ['AppFlow End Flow Run Report'];

/**
 * What AppFlow tells of a flow.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-appflow.html
 */
export class FlowEventType {
  /** A run has started. */
  public static readonly RUN_STARTED = new FlowEventType(['AppFlow Start Flow Run Report']);

  /** A run is complete, with success or without. */
  public static readonly RUN_ENDED = new FlowEventType(RUN_ENDED);

  /** A run is complete, and AppFlow calls it successful. Some of its records may have failed nevertheless: `FlowRunEndedEvent.recordFailures`. */
  public static readonly RUN_SUCCEEDED = new FlowEventType(RUN_ENDED, { status: ['Execution Successful'] });

  /** A run is complete, and AppFlow calls it anything but successful. */
  public static readonly RUN_FAILED = new FlowEventType(RUN_ENDED, { status: [{ 'anything-but': ['Execution Successful'] }] });

  /** AppFlow has deactivated a scheduled or event flow, because it has failed. */
  public static readonly DEACTIVATED = new FlowEventType(
    ['AppFlow Scheduled Flow Deactivated', 'AppFlow Event Flow Deactivated'], {}, [TRIGGER_TYPE.SCHEDULED, TRIGGER_TYPE.EVENT],
  );

  /** How many triggers an event flow has had in five minutes. */
  public static readonly EVENT_FLOW_REPORT = new FlowEventType(['AppFlow Event Flow Report'], {}, [TRIGGER_TYPE.EVENT]);

  /**
   * AppFlow has imported new fields of the source. AWS does not document the fields of this event; that it names its flow as the others do is taken
   * for granted.
   */
  public static readonly AUTOMATIC_FIELD_IMPORT = new FlowEventType(['AppFlow Automatic Field Import Report']);

  /** Any of these. */
  public static readonly ANY = new FlowEventType([
    FlowEventType.RUN_STARTED,
    FlowEventType.RUN_ENDED,
    FlowEventType.DEACTIVATED,
    FlowEventType.EVENT_FLOW_REPORT,
    FlowEventType.AUTOMATIC_FIELD_IMPORT,
  ].flatMap(({ _detailTypes }) => _detailTypes));

  /**
   * One that has no name here.
   *
   * @param detailTypes such as `AppFlow End Flow Run Report`
   */
  public static of(...detailTypes: string[]): FlowEventType {
    return new FlowEventType(detailTypes);
  }

  /**
   * @param _detailTypes what the events are called
   * @param _detail what distinguishes them, where that is not the name
   * @param _triggerTypes the flows that have such events, where not all have
   * @internal
   */
  private constructor(
    /** @internal */
    public readonly _detailTypes: readonly string[],
    /** @internal */
    public readonly _detail: Readonly<Record<string, readonly unknown[]>> = {},
    /** @internal */
    public readonly _triggerTypes?: readonly TriggerType[],
  ) {}
}
