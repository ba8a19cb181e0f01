import type { FlowTaskConfig, IFlowTask } from '../integration';

/** Properties of a raw task, in the words of the AppFlow API. */
export interface RawTaskProps {
  /** The type of the task, such as `Filter`. */
  readonly taskType: string;

  /**
   * The source fields that the task applies to.
   *
   * @default - none
   */
  readonly sourceFields?: string[];

  /**
   * The operator, which the flow keys by its source's connector.
   *
   * @default - `connectorOperator`, or none
   */
  readonly operator?: string;

  /**
   * The operators by connector, such as `{ Salesforce: 'NO_OP' }`, sent as they are. AppFlow looks only for that of the source.
   *
   * @default - `operator`, keyed by the source's connector
   */
  readonly connectorOperator?: { [connector: string]: string };

  /**
   * The destination field.
   *
   * @default - none
   */
  readonly destinationField?: string;

  /**
   * The task's properties, by keys such as `DATA_TYPE`.
   *
   * @default - none
   */
  readonly taskProperties?: { [key: string]: string };
}

/**
 * A task in the words of the AppFlow API, for what the other tasks cannot say.
 *
 * A raw projection (`Filter` with the operator `PROJECTION`) replaces the one that the flow would make.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_Task.html
 */
export class RawTask implements IFlowTask {
  private readonly config: FlowTaskConfig;

  constructor(props: RawTaskProps) {
    this.config = { ...props, sourceFields: props.sourceFields ?? [] };
  }

  public bind(): FlowTaskConfig[] {
    return [this.config];
  }
}
