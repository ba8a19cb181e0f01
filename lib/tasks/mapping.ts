import type { FlowTaskConfig, IFlowTask } from '../integration';
import { compact, jsonArray, knownElements } from '../private/values';
import { NO_OP, TASK_PROPERTY, TASK_TYPE } from '../private/vocabulary';

/** Types on both ends of a mapping, as AppFlow's DescribeConnectorEntity reports them, such as `string` or `datetime`. */
export interface DataTypeOptions {
  /**
   * The type of the source field.
   *
   * @default - not sent
   */
  readonly sourceDataType?: string;

  /**
   * The type of the destination field.
   *
   * @default - not sent
   */
  readonly destinationDataType?: string;
}

/** Options of a mapping of one field. */
export interface MappingOptions extends DataTypeOptions {
  /**
   * The field to write to.
   *
   * @default - the field of the same name as the source field
   */
  readonly destinationField?: string;
}

/** Options of a mapping of all fields. */
export interface MapAllOptions {
  /**
   * Source fields that are not transferred.
   *
   * @default - all fields are transferred
   */
  readonly exclude?: string[];
}

/**
 * Writes source fields to destination fields. Only mapped fields reach the destination.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flows-mapping.html
 */
export class Mapping implements IFlowTask {
  /** Writes one source field to one destination field. */
  public static field(sourceField: string, options: MappingOptions = {}): Mapping {
    return new Mapping([mapTask(sourceField, options.destinationField ?? sourceField, options)]);
  }

  /** Writes each of the source fields to the destination field of the same name. */
  public static fields(sourceFields: string[], options: DataTypeOptions = {}): Mapping {
    return new Mapping(knownElements(sourceFields, 'the fields of a mapping').map((field) => mapTask(field, field, options)));
  }

  /** Writes every source field to the destination field of the same name; fields that the source gets later are included. */
  public static all(options: MapAllOptions = {}): Mapping {
    return new Mapping([{
      taskType: TASK_TYPE.MAP_ALL,
      sourceFields: [],
      operator: NO_OP,
      taskProperties: { [TASK_PROPERTY.EXCLUDE_SOURCE_FIELDS_LIST]: jsonArray(options.exclude ?? []) },
    }]);
  }

  private readonly configs: FlowTaskConfig[];

  private constructor(configs: FlowTaskConfig[]) {
    this.configs = configs;
  }

  public bind(): FlowTaskConfig[] {
    return this.configs;
  }
}

/**
 * The task that writes a field, be it one of the source or one that another task of the flow has made.
 */
export function mapTask(sourceField: string, destinationField: string, types: DataTypeOptions): FlowTaskConfig {
  return {
    taskType: TASK_TYPE.MAP,
    sourceFields: [sourceField],
    operator: NO_OP,
    destinationField,
    taskProperties: compact({
      [TASK_PROPERTY.DESTINATION_DATA_TYPE]: types.destinationDataType,
      [TASK_PROPERTY.SOURCE_DATA_TYPE]: types.sourceDataType,
    }) as Record<string, string> | undefined,
  };
}
