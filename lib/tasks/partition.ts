import type { FlowTaskConfig, IFlowTask } from '../integration';
import { jsonArray } from '../private/values';
import { NO_OP, TASK_PROPERTY, TASK_TYPE } from '../private/vocabulary';

/**
 * Sorts what is written to Amazon S3 into folders by the values of destination fields.
 *
 * AppFlow does not document how its API takes partition keys. The library sends them as a JSON array, as AppFlow takes the
 * fields that a mapping leaves out, and says so in a warning (`appflow-constructs:task-encoding-inferred`).
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flows-partition.html
 */
export class Partition implements IFlowTask {
  /**
   * Partitions by the given destination fields, at most 10, in the order of nesting.
   */
  public static keys(...destinationFields: string[]): Partition {
    return new Partition(destinationFields);
  }

  private readonly config: FlowTaskConfig;

  private constructor(destinationFields: string[]) {
    this.config = {
      taskType: TASK_TYPE.PARTITION,
      sourceFields: [],
      operator: NO_OP,
      taskProperties: { [TASK_PROPERTY.ORDERED_PARTITION_KEYS_LIST]: jsonArray(destinationFields) },
    };
  }

  public bind(): FlowTaskConfig[] {
    return [this.config];
  }
}
