import { isPlainObject } from '../values';
import { UNKNOWN } from './unknown';

/** What is known of where a template is deployed. */
export interface Environment {
  readonly account?: string;
  readonly region?: string;
}

/** What is known of a template besides a value of it. */
export interface Context {
  readonly environment: Environment;
  /** What references to resources stand for, by logical id. */
  readonly names?: ReadonlyMap<string, string>;
}

/** Deeper than any template or request goes; what is deeper still is not looked at. */
export const MAX_DEPTH = 60;

/** How a text begins that CloudFormation replaces: `{{resolve:secretsmanager:…}}`. */
const DYNAMIC_REFERENCE = '{{resolve:';

/** A variable of `Fn::Sub`; `${!Literal}` is none. */
const VARIABLE = /\$\{(?!!)[^}]*\}/;

/**
 * A value of a template as CloudFormation would see it: what intrinsic functions make is put in their place as far as it is
 * known, and marked as unknown otherwise; what `AWS::NoValue` stands for is left out.
 */
export function resolve(value: unknown, context: Context, depth = 0): unknown {
  if (depth > MAX_DEPTH) {
    return UNKNOWN;
  }
  if (typeof value === 'string') {
    return value.includes(DYNAMIC_REFERENCE) ? UNKNOWN : value;
  }
  if (Array.isArray(value)) {
    return value.map((element) => resolve(element, context, depth + 1)).filter((element) => element !== undefined);
  }
  if (!isPlainObject(value)) {
    return value ?? undefined;
  }
  const names = Object.keys(value);
  if (names.length === 1 && (names[0] === 'Ref' || names[0] === 'Condition')) {
    return names[0] === 'Ref' ? referenced(value.Ref, context) : UNKNOWN;
  }
  if (names.some((name) => name.startsWith('Fn::'))) {
    return names.length === 1 ? computed(names[0], value[names[0]], context, depth) : UNKNOWN;
  }
  return Object.fromEntries(names.map((name) => [name, resolve(value[name], context, depth + 1)] as const).filter(([, each]) => each !== undefined));
}

/** Whether nothing stands where this stands. */
export function isNoValue(value: unknown): boolean {
  return value === null || value === undefined || (isPlainObject(value) && value.Ref === 'AWS::NoValue');
}

function referenced(name: unknown, { environment: { account, region }, names }: Context): unknown {
  switch (name) {
    case 'AWS::NoValue': return undefined;
    case 'AWS::AccountId': return account ?? UNKNOWN;
    case 'AWS::Region': return region ?? UNKNOWN;
    default: return (typeof name === 'string' ? names?.get(name) : undefined) ?? UNKNOWN;
  }
}

/** What is made of texts that are known is known; of the rest only CloudFormation knows. */
function computed(name: string, argument: unknown, context: Context, depth: number): unknown {
  if (name === 'Fn::Sub' && typeof argument === 'string' && !VARIABLE.test(argument) && !argument.includes(DYNAMIC_REFERENCE)) {
    return argument.replaceAll('${!', '${');
  }
  if (name === 'Fn::Join' && Array.isArray(argument) && typeof argument[0] === 'string') {
    const parts = resolve(argument[1], context, depth + 1);
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts.join(argument[0]) : UNKNOWN;
  }
  return UNKNOWN;
}
