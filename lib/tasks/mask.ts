import { Tokenization } from 'aws-cdk-lib';
import type { FlowTaskConfig, IFlowTask } from '../integration';
import { TASK_PROPERTY, TASK_TYPE } from '../private/vocabulary';

/** Options of a mask. */
export interface MaskOptions {
  /**
   * The character that replaces each masked one.
   *
   * @default '*'
   */
  readonly character?: string;
}

/**
 * Hides the value of a field, or a part of it.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flows-mapping.html
 */
export class Mask implements IFlowTask {
  /** Masks the whole value. */
  public static all(field: string, options: MaskOptions = {}): Mask {
    return new Mask('MASK_ALL', field, {}, options);
  }

  /** Masks the first characters of the value. */
  public static first(field: string, length: number, options: MaskOptions = {}): Mask {
    return new Mask('MASK_FIRST_N', field, { [TASK_PROPERTY.MASK_LENGTH]: Tokenization.stringifyNumber(length) }, options);
  }

  /** Masks the last characters of the value. */
  public static last(field: string, length: number, options: MaskOptions = {}): Mask {
    return new Mask('MASK_LAST_N', field, { [TASK_PROPERTY.MASK_LENGTH]: Tokenization.stringifyNumber(length) }, options);
  }

  private readonly config: FlowTaskConfig;

  private constructor(operator: string, field: string, length: Record<string, string>, options: MaskOptions) {
    this.config = {
      taskType: TASK_TYPE.MASK,
      sourceFields: [field],
      operator,
      taskProperties: { ...length, [TASK_PROPERTY.MASK_VALUE]: options.character ?? '*' },
    };
  }

  public bind(): FlowTaskConfig[] {
    return [this.config];
  }
}
