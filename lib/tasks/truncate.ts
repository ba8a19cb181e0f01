import { Tokenization } from 'aws-cdk-lib';
import type { FlowTaskConfig, IFlowTask } from '../integration';
import { NO_OP, TASK_PROPERTY, TASK_TYPE } from '../private/vocabulary';

/**
 * Cuts the value of a field to a length.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flows-mapping.html
 */
export class Truncate implements IFlowTask {
  /** Keeps at most the given number of characters of the field's value. */
  public static field(field: string, length: number): Truncate {
    return new Truncate(field, length);
  }

  private readonly config: FlowTaskConfig;

  private constructor(field: string, length: number) {
    this.config = {
      taskType: TASK_TYPE.TRUNCATE,
      sourceFields: [field],
      operator: NO_OP,
      taskProperties: { [TASK_PROPERTY.TRUNCATE_LENGTH]: Tokenization.stringifyNumber(length) },
    };
  }

  public bind(): FlowTaskConfig[] {
    return [this.config];
  }
}
