import type { FlowTaskConfig, IFlowTask } from '../integration';
import { TASK_PROPERTY, TASK_TYPE } from '../private/vocabulary';

/**
 * What AppFlow does with a record that fails a validation.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flows-validation.html
 */
export class ValidationAction {
  /** Leaves the record out, and goes on. */
  public static readonly DROP_RECORD = new ValidationAction('DropRecord');

  /**
   * An action by its name in the AppFlow API.
   *
   * The name of the console's "Terminate flow" is not documented; AWS Labs' own CDK constructs send `DropDataset` for it.
   */
  public static of(name: string): ValidationAction {
    return new ValidationAction(name);
  }

  /** The name of the action in the AppFlow API. */
  public get name(): string {
    return this._name;
  }

  private constructor(private readonly _name: string) {}
}

/**
 * Checks a field of every record, and says what happens to a record that fails.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flows-validation.html
 */
export class Validation implements IFlowTask {
  /** The field must have a value. */
  public static notNull(field: string, action: ValidationAction): Validation {
    return new Validation('VALIDATE_NON_NULL', field, action);
  }

  /** The field must not be zero. */
  public static notZero(field: string, action: ValidationAction): Validation {
    return new Validation('VALIDATE_NON_ZERO', field, action);
  }

  /** The field must not be negative. */
  public static notNegative(field: string, action: ValidationAction): Validation {
    return new Validation('VALIDATE_NON_NEGATIVE', field, action);
  }

  /** The field must be a number. */
  public static numeric(field: string, action: ValidationAction): Validation {
    return new Validation('VALIDATE_NUMERIC', field, action);
  }

  private readonly config: FlowTaskConfig;

  private constructor(operator: string, field: string, action: ValidationAction) {
    this.config = {
      taskType: TASK_TYPE.VALIDATE,
      sourceFields: [field],
      operator,
      taskProperties: { [TASK_PROPERTY.VALIDATION_ACTION]: action.name },
    };
  }

  public bind(): FlowTaskConfig[] {
    return [this.config];
  }
}
