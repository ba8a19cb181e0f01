import { Token, Tokenization } from 'aws-cdk-lib';
import type { ConnectorType } from '../connector-type';
import type { FlowTaskConfig, IFlowTask } from '../integration';
import { AppFlowError } from '../private/errors';
import { quote } from '../private/values';
import { CONTAINS, TASK_PROPERTY, TASK_TYPE } from '../private/vocabulary';

/** Options of a filter. */
export interface FilterOptions {
  /**
   * The type of the field, as AppFlow's DescribeConnectorEntity reports it, such as `currency` or `id`.
   *
   * @default - from the value: `string`, `double` for a number, `boolean`, `datetime` for a date
   */
  readonly dataType?: string;
}

/**
 * Keeps the records that meet a condition on one field. Several filters of a flow must all be met.
 *
 * Made by the `filter` of a source, which has a method for each operator that its connector has. AppFlow's console
 * allows at most 10 filters in a flow.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flows-mapping.html
 */
export class Filter implements IFlowTask {
  /** @internal */
  public static _of(connectorType: ConnectorType, operator: string, field: string, condition: Record<string, string>): Filter {
    return new Filter({
      taskType: TASK_TYPE.FILTER,
      sourceFields: [field],
      operator,
      taskProperties: condition,
      madeFor: connectorType,
    });
  }

  private readonly config: FlowTaskConfig;

  private constructor(config: FlowTaskConfig) {
    this.config = config;
  }

  public bind(): FlowTaskConfig[] {
    return [this.config];
  }
}

/**
 * The filters of a source whose connector has "greater than" alone.
 *
 * A value is a string, a number, a boolean, a date (sent as epoch milliseconds, which is what AppFlow compares with), or a
 * token that stands for a string or a number.
 */
export class GreaterThanFilters {
  /** @internal */
  public static _of(connectorType: ConnectorType): GreaterThanFilters {
    return new GreaterThanFilters(connectorType);
  }

  private readonly connectorType: ConnectorType;

  /** @internal */
  protected constructor(connectorType: ConnectorType) {
    this.connectorType = connectorType;
  }

  /** Keeps records whose field is greater than the value; for a date, after it. */
  public greaterThan(field: string, value: any, options: FilterOptions = {}): Filter {
    return this._filter('GREATER_THAN', field, singleValue(field, value, options));
  }

  /** @internal */
  protected _filter(operator: string, field: string, condition: Record<string, string>): Filter {
    return Filter._of(this.connectorType, operator, field, condition);
  }
}

/**
 * The filters of a source whose connector has "equal to" alone.
 *
 * A value is a string, a number, a boolean, a date (sent as epoch milliseconds, which is what AppFlow compares with), or a
 * token that stands for a string or a number.
 */
export class EqualToFilters {
  /** @internal */
  public static _of(connectorType: ConnectorType): EqualToFilters {
    return new EqualToFilters(connectorType);
  }

  private readonly connectorType: ConnectorType;

  /** @internal */
  protected constructor(connectorType: ConnectorType) {
    this.connectorType = connectorType;
  }

  /** Keeps records whose field is equal to the value. */
  public equalTo(field: string, value: any, options: FilterOptions = {}): Filter {
    return this._filter('EQUAL_TO', field, singleValue(field, value, options));
  }

  /** Keeps records whose field is equal to any of the values. AppFlow's console allows at most 10 values. */
  public equalToAny(field: string, values: any[], options: FilterOptions = {}): Filter {
    return this._filter('EQUAL_TO', field, severalValues(field, values, options));
  }

  /** @internal */
  protected _filter(operator: string, field: string, condition: Record<string, string>): Filter {
    return Filter._of(this.connectorType, operator, field, condition);
  }
}

/**
 * The filters of a source whose connector has "between" alone.
 *
 * A value is a string, a number, a boolean, a date (sent as epoch milliseconds, which is what AppFlow compares with), or a
 * token that stands for a string or a number.
 */
export class BetweenFilters {
  /** @internal */
  public static _of(connectorType: ConnectorType): BetweenFilters {
    return new BetweenFilters(connectorType);
  }

  private readonly connectorType: ConnectorType;

  /** @internal */
  protected constructor(connectorType: ConnectorType) {
    this.connectorType = connectorType;
  }

  /** Keeps records whose field is between the two values. */
  public between(field: string, lowerBound: any, upperBound: any, options: FilterOptions = {}): Filter {
    return this._filter('BETWEEN', field, {
      [TASK_PROPERTY.DATA_TYPE]: options.dataType ?? dataTypeOf(lowerBound),
      [TASK_PROPERTY.LOWER_BOUND]: render(field, lowerBound),
      [TASK_PROPERTY.UPPER_BOUND]: render(field, upperBound),
    });
  }

  /** @internal */
  protected _filter(operator: string, field: string, condition: Record<string, string>): Filter {
    return Filter._of(this.connectorType, operator, field, condition);
  }
}

/** The filters of a source whose connector has "between", "less than" and "greater than". */
export class RangeFilters extends BetweenFilters {
  /** @internal */
  public static _of(connectorType: ConnectorType): RangeFilters {
    return new RangeFilters(connectorType);
  }

  /** Keeps records whose field is less than the value; for a date, before it. */
  public lessThan(field: string, value: any, options: FilterOptions = {}): Filter {
    return this._filter('LESS_THAN', field, singleValue(field, value, options));
  }

  /** Keeps records whose field is greater than the value; for a date, after it. */
  public greaterThan(field: string, value: any, options: FilterOptions = {}): Filter {
    return this._filter('GREATER_THAN', field, singleValue(field, value, options));
  }
}

/** The filters of a source whose connector has "between" and "equal to". */
export class BetweenAndEqualToFilters extends BetweenFilters {
  /** @internal */
  public static _of(connectorType: ConnectorType): BetweenAndEqualToFilters {
    return new BetweenAndEqualToFilters(connectorType);
  }

  /** Keeps records whose field is equal to the value. */
  public equalTo(field: string, value: any, options: FilterOptions = {}): Filter {
    return this._filter('EQUAL_TO', field, singleValue(field, value, options));
  }

  /** Keeps records whose field is equal to any of the values. AppFlow's console allows at most 10 values. */
  public equalToAny(field: string, values: any[], options: FilterOptions = {}): Filter {
    return this._filter('EQUAL_TO', field, severalValues(field, values, options));
  }
}

/** The filters of a source whose connector has every comparison except "not equal to" and "contains". */
export class OrderingFilters extends BetweenAndEqualToFilters {
  /** @internal */
  public static _of(connectorType: ConnectorType): OrderingFilters {
    return new OrderingFilters(connectorType);
  }

  /** Keeps records whose field is less than the value; for a date, before it. */
  public lessThan(field: string, value: any, options: FilterOptions = {}): Filter {
    return this._filter('LESS_THAN', field, singleValue(field, value, options));
  }

  /** Keeps records whose field is less than or equal to the value. */
  public lessThanOrEqualTo(field: string, value: any, options: FilterOptions = {}): Filter {
    return this._filter('LESS_THAN_OR_EQUAL_TO', field, singleValue(field, value, options));
  }

  /** Keeps records whose field is greater than the value; for a date, after it. */
  public greaterThan(field: string, value: any, options: FilterOptions = {}): Filter {
    return this._filter('GREATER_THAN', field, singleValue(field, value, options));
  }

  /** Keeps records whose field is greater than or equal to the value. */
  public greaterThanOrEqualTo(field: string, value: any, options: FilterOptions = {}): Filter {
    return this._filter('GREATER_THAN_OR_EQUAL_TO', field, singleValue(field, value, options));
  }
}

/** The filters of a source whose connector has every comparison except "contains". */
export class ComparisonFilters extends OrderingFilters {
  /** @internal */
  public static _of(connectorType: ConnectorType): ComparisonFilters {
    return new ComparisonFilters(connectorType);
  }

  /** Keeps records whose field is not equal to the value. */
  public notEqualTo(field: string, value: any, options: FilterOptions = {}): Filter {
    return this._filter('NOT_EQUAL_TO', field, singleValue(field, value, options));
  }
}

/** The filters of a source whose connector has every comparison, "contains" among them. */
export class AllFilters extends ComparisonFilters {
  /** @internal */
  public static _of(connectorType: ConnectorType): AllFilters {
    return new AllFilters(connectorType);
  }

  /** Keeps records whose field contains the text. */
  public contains(field: string, value: string, options: FilterOptions = {}): Filter {
    return this._filter(CONTAINS, field, singleValue(field, value, options));
  }

  /** Keeps records whose field contains any of the texts. AppFlow's console allows at most 10 values. */
  public containsAny(field: string, values: string[], options: FilterOptions = {}): Filter {
    return this._filter(CONTAINS, field, severalValues(field, values, options));
  }
}

function singleValue(field: string, value: unknown, options: FilterOptions): Record<string, string> {
  return { [TASK_PROPERTY.DATA_TYPE]: options.dataType ?? dataTypeOf(value), [TASK_PROPERTY.VALUE]: render(field, value) };
}

function severalValues(field: string, values: unknown[], options: FilterOptions): Record<string, string> {
  return {
    [TASK_PROPERTY.DATA_TYPE]: options.dataType ?? dataTypeOf(values[0]),
    [TASK_PROPERTY.VALUES]: values.map((value) => renderAlternative(field, value)).join(','),
  };
}

function dataTypeOf(value: unknown): string {
  if (value instanceof Date) {
    return 'datetime';
  }
  return typeof value === 'number' ? 'double' : typeof value === 'boolean' ? 'boolean' : 'string';
}

function render(field: string, value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number' && (Token.isUnresolved(value) || Number.isFinite(value))) {
    return Tokenization.stringifyNumber(value);
  }
  if (typeof value === 'boolean') {
    return String(value);
  }
  if (value instanceof Date && !Number.isNaN(value.getTime())) {
    return String(value.getTime());
  }
  if (Tokenization.isResolvable(value)) {
    // Whatever it stands for, AppFlow takes text alone.
    return Tokenization.stringifyNumber(Token.asNumber(value));
  }
  throw new AppFlowError('filter-value-unsupported', {
    what: `the filter on field ${quote(field)} has a value that cannot be compared with`,
    got: describeValue(value),
    allowed: 'a string, a number, a boolean, a valid date or a token',
    remedy: 'give one of these',
  });
}

/** AppFlow takes alternatives as one text, joined with commas, so that a comma within one would split it. */
function renderAlternative(field: string, value: unknown): string {
  const text = render(field, value);
  if (!Token.isUnresolved(text) && text.includes(',')) {
    throw new AppFlowError('filter-alternative-with-comma', {
      what: `the filter on field ${quote(field)} has an alternative with a comma, at which AppFlow would split it`,
      got: quote(text),
      allowed: 'alternatives without commas',
      remedy: 'leave the alternative out, or filter on a field whose values have no commas',
    });
  }
  return text;
}

function describeValue(value: unknown): string {
  if (value instanceof Date) {
    return 'an invalid date';
  }
  if (typeof value === 'number') {
    return String(value);
  }
  return value === null ? 'null' : typeof value;
}
