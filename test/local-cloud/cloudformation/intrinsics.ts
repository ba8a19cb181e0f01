import { invalid } from './template';

/** What the functions of a template refer to. */
export interface Scope {
  /** The value of `Ref`, for a parameter, a pseudo parameter or a resource. */
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapped(map: string, first: string, second: string): unknown;
  importValue(name: string): unknown;
  zones(region: string): string[];
}

/** `Ref: AWS::NoValue`: the member or element is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

/**
 * Evaluates the functions in a value of a template:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => evaluate(item, scope)).filter((item) => item !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const call = functionCall(value);
  if (call) {
    return apply(call.name, call.argument, scope);
  }
  const members = Object.entries(value).map(([key, member]) => [key, evaluate(member, scope)] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== NO_VALUE));
}

/** Evaluates a condition of the Conditions section, or one written inside another. */
export function evaluateCondition(value: unknown, scope: Scope): boolean {
  const call = typeof value === 'object' && value !== null ? conditionCall(value) : undefined;
  if (!call) {
    throw invalid(`Template error: not a condition: ${JSON.stringify(value)}`);
  }
  const { name, argument } = call;
  switch (name) {
    case 'Condition':
      return scope.condition(String(argument));
    case 'Fn::Equals': {
      const [left, right] = list(name, argument, 2).map((item) => evaluate(item, scope));
      return text(name, left) === text(name, right);
    }
    case 'Fn::And':
      return list(name, argument).every((item) => evaluateCondition(item, scope));
    case 'Fn::Or':
      return list(name, argument).some((item) => evaluateCondition(item, scope));
    case 'Fn::Not':
      return !evaluateCondition(list(name, argument, 1)[0], scope);
    case 'Fn::Contains': {
      const [values, wanted] = list(name, argument, 2).map((item) => evaluate(item, scope));
      return list(name, values).map((item) => text(name, item)).includes(text(name, wanted));
    }
    default:
      throw invalid(`Template error: the local cloud does not know the condition function ${name}`);
  }
}

/** The function that an object calls: its only member is `Ref` or begins with `Fn::`. */
export function functionCall(value: object): { name: string; argument: unknown } | undefined {
  const [[name, argument] = [], ...others] = Object.entries(value);
  return name !== undefined && others.length === 0 && (name === 'Ref' || name.startsWith('Fn::')) ? { name, argument } : undefined;
}

/** The parts of a `Fn::Sub` string: literal text and the names in `${}`. `${!Literal}` stays text. */
export function subParts(template: string): ({ text: string } | { name: string })[] {
  return template.split(/(\$\{[^}]+\})/).filter((part) => part !== '').map((part) => {
    const name = /^\$\{([^}]+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      return { text: part };
    }
    return name.startsWith('!') ? { text: `\${${name.slice(1)}}` } : { name: name.trim() };
  });
}

/** Splits `Logical.Attribute.Nested` at its first dot. */
export function splitAttribute(name: string): [logicalId: string, attribute: string] | undefined {
  const dot = name.indexOf('.');
  return dot < 0 ? undefined : [name.slice(0, dot), name.slice(dot + 1)];
}

function conditionCall(value: object): { name: string; argument: unknown } | undefined {
  const [[name, argument] = [], ...others] = Object.entries(value);
  return name === 'Condition' && others.length === 0 ? { name, argument } : functionCall(value);
}

function apply(name: string, argument: unknown, scope: Scope): unknown {
  switch (name) {
    case 'Ref':
      return argument === 'AWS::NoValue' ? NO_VALUE : scope.ref(String(argument));
    case 'Fn::GetAtt': {
      const [logicalId, attribute] = typeof argument === 'string' ? splitAttribute(argument) ?? [argument, ''] : list(name, argument, 2);
      return scope.getAtt(String(logicalId), text(name, evaluate(attribute, scope)));
    }
    case 'Fn::Sub':
      return substitute(argument, scope);
    case 'Fn::Join': {
      const [delimiter, values] = list(name, argument, 2);
      return list(name, evaluate(values, scope)).map((item) => text(name, item)).join(String(delimiter));
    }
    case 'Fn::Split': {
      const [delimiter, source] = list(name, argument, 2);
      return text(name, evaluate(source, scope)).split(String(delimiter));
    }
    case 'Fn::Select': {
      const [index, values] = list(name, argument, 2).map((item) => evaluate(item, scope));
      const items = list(name, values);
      if (!(Number(index) in items)) {
        throw invalid(`Template error: Fn::Select cannot select nonexistent value at index ${index}`);
      }
      return items[Number(index)];
    }
    case 'Fn::If': {
      const [condition, then, otherwise] = list(name, argument, 3);
      return evaluate(scope.condition(String(condition)) ? then : otherwise, scope);
    }
    case 'Fn::FindInMap': {
      const [map, first, second] = list(name, argument, 3).map((item) => text(name, evaluate(item, scope)));
      return scope.mapped(map, first, second);
    }
    case 'Fn::Base64':
      return Buffer.from(text(name, evaluate(argument, scope))).toString('base64');
    case 'Fn::ImportValue':
      return scope.importValue(text(name, evaluate(argument, scope)));
    case 'Fn::GetAZs':
      return scope.zones(text(name, evaluate(argument, scope)));
    default:
      throw invalid(`Template error: the local cloud does not know the function ${name}`);
  }
}

function substitute(argument: unknown, scope: Scope): string {
  const [template, variables] = typeof argument === 'string' ? [argument, {}] : list('Fn::Sub', argument, 2) as [string, Record<string, unknown>];
  return subParts(template).map((part) => {
    if ('text' in part) {
      return part.text;
    }
    if (part.name in variables) {
      return text('Fn::Sub', evaluate(variables[part.name], scope));
    }
    const attribute = splitAttribute(part.name);
    return text('Fn::Sub', attribute ? scope.getAtt(...attribute) : scope.ref(part.name));
  }).join('');
}

function list(name: string, value: unknown, length?: number): unknown[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) {
    throw invalid(`Template error: ${name} takes a list${length === undefined ? '' : ` of ${length}`}`);
  }
  return value;
}

function text(name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw invalid(`Template error: every ${name} object must have values that are strings, got ${JSON.stringify(value)}`);
  }
  return String(value);
}
