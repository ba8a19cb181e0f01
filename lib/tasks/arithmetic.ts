import type { FlowTaskConfig, IFlowTask } from '../integration';
import { type DataTypeOptions, mapTask } from './mapping';
import { TASK_PROPERTY, TASK_TYPE } from '../private/vocabulary';

/** Options of an arithmetic formula. */
export interface ArithmeticOptions extends DataTypeOptions {
  /** The field to write the result to. */
  readonly destinationField: string;
}

/**
 * Calculates a destination field from two numeric source fields.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flows-mapping.html
 */
export class Arithmetic implements IFlowTask {
  /** Writes the sum of two fields. */
  public static add(field: string, addend: string, options: ArithmeticOptions): Arithmetic {
    return new Arithmetic('ADDITION', field, addend, options);
  }

  /** Writes the first field minus the second. */
  public static subtract(field: string, subtrahend: string, options: ArithmeticOptions): Arithmetic {
    return new Arithmetic('SUBTRACTION', field, subtrahend, options);
  }

  /** Writes the product of two fields. */
  public static multiply(field: string, factor: string, options: ArithmeticOptions): Arithmetic {
    return new Arithmetic('MULTIPLICATION', field, factor, options);
  }

  /** Writes the first field divided by the second. */
  public static divide(field: string, divisor: string, options: ArithmeticOptions): Arithmetic {
    return new Arithmetic('DIVISION', field, divisor, options);
  }

  private readonly configs: FlowTaskConfig[];

  private constructor(operator: string, left: string, right: string, options: ArithmeticOptions) {
    const result = `${left},${right}`;
    this.configs = [
      {
        taskType: TASK_TYPE.ARITHMETIC,
        sourceFields: [left, right],
        operator,
        destinationField: result,
        taskProperties: { [TASK_PROPERTY.MATH_OPERATION_FIELDS_ORDER]: result },
      },
      { ...mapTask(result, options.destinationField, options), reads: [] },
    ];
  }

  public bind(): FlowTaskConfig[] {
    return this.configs;
  }
}
