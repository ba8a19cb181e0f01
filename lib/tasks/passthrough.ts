import type { FlowTaskConfig, IFlowTask } from '../integration';
import { NO_OP, TASK_TYPE } from '../private/vocabulary';

/**
 * Passes fields on as they are, nested ones included; AppFlow's console uses it for deep inserts into SAP.
 *
 * AppFlow does not document how its API takes such a task. The library sends the fields with the operator `NO_OP`, and says
 * so in a warning (`appflow-constructs:task-encoding-inferred`).
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/sapodata.html
 */
export class Passthrough implements IFlowTask {
  /** Passes the given source fields on. */
  public static fields(...sourceFields: string[]): Passthrough {
    return new Passthrough(sourceFields);
  }

  private readonly config: FlowTaskConfig;

  private constructor(sourceFields: string[]) {
    this.config = { taskType: TASK_TYPE.PASSTHROUGH, sourceFields, operator: NO_OP };
  }

  public bind(): FlowTaskConfig[] {
    return [this.config];
  }
}
