/**
 * Whether an event pattern of Amazon EventBridge matches an event. Operators that no test needs are refused by name.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function matchesEvent(pattern: any, event: any): boolean {
  return Object.entries(pattern).every(([field, expected]) => Array.isArray(expected)
    // "If the value of the field in the event is an array, the pattern matches if the intersection of the two is non-empty."
    ? valuesOf(event?.[field]).some((value) => expected.some((alternative) => matchesValue(alternative, value)))
    : matchesEvent(expected, event?.[field]));
}

/** A field that the event does not have has no value that could match. */
function valuesOf(field: unknown): unknown[] {
  return field === undefined ? [] : [field].flat();
}

function matchesValue(expected: any, value: unknown): boolean {
  if (typeof expected !== 'object') {
    return expected === value;
  }
  const [[operator, operand]] = Object.entries(expected);
  if (operator !== 'anything-but') {
    throw new Error(`the operator ${operator} is not known here`);
  }
  return ![operand].flat().includes(value);
}
