import type { FlowTaskConfig, IFlowTask } from '../integration';
import { mapTask } from './mapping';
import { knownElements } from '../private/values';
import { NO_OP, TASK_PROPERTY, TASK_TYPE } from '../private/vocabulary';

/** Options of a concatenation. */
export interface ConcatenateOptions {
  /** The field to write the text to. */
  readonly destinationField: string;

  /**
   * What stands between the fields.
   *
   * @default ' '
   */
  readonly separator?: string;

  /**
   * The whole text, with a placeholder such as `${FirstName}` for each field, in place of `separator`.
   *
   * @default - the fields in the order given, with the separator between them
   */
  readonly format?: string;

  /**
   * The type of the destination field, as AppFlow's DescribeConnectorEntity reports it.
   *
   * @default - not sent
   */
  readonly destinationDataType?: string;
}

/**
 * Writes the text of several source fields to one destination field.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flows-mapping.html
 */
export class Merge implements IFlowTask {
  /** Concatenates two or more fields. */
  public static concatenate(sourceFields: string[], options: ConcatenateOptions): Merge {
    return new Merge(knownElements(sourceFields, 'the fields of a concatenation'), options);
  }

  private readonly configs: FlowTaskConfig[];

  private constructor(sourceFields: string[], options: ConcatenateOptions) {
    const merged = sourceFields.join(',');
    const format = options.format ?? sourceFields.map((field) => `\${${field}}`).join(options.separator ?? ' ');
    this.configs = [
      {
        taskType: TASK_TYPE.MERGE,
        sourceFields,
        operator: NO_OP,
        destinationField: merged,
        taskProperties: { [TASK_PROPERTY.CONCAT_FORMAT]: format },
      },
      {
        ...mapTask(merged, options.destinationField, { sourceDataType: 'string', destinationDataType: options.destinationDataType }),
        reads: [],
      },
    ];
  }

  public bind(): FlowTaskConfig[] {
    return this.configs;
  }
}
