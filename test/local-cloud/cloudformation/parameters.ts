import { SsmService } from '../ssm';
import { invalid, ParameterDefinition, Template } from './template';

/** A parameter as the stack keeps it: what was given, and what `Ref` returns. */
export interface ParameterValue {
  readonly given: string;
  readonly value: unknown;
  readonly noEcho: boolean;
}

/** What a caller says about a parameter of an update: a value, or to keep the one of the last deployment. */
export type GivenParameter = { readonly value: string } | { readonly usePrevious: true };

/**
 * Works out the values of a template's parameters:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function resolveParameters(
  template: Template,
  given: ReadonlyMap<string, GivenParameter>,
  previous: ReadonlyMap<string, ParameterValue>,
  ssm: SsmService,
): Map<string, ParameterValue> {
  const definitions = template.Parameters ?? {};
  const unknown = [...given.keys()].filter((name) => !(name in definitions));
  if (unknown.length > 0) {
    throw invalid(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  }
  const missing: string[] = [];
  const values = new Map<string, ParameterValue>();
  for (const [name, definition] of Object.entries(definitions)) {
    const wanted = given.get(name);
    const text = wanted === undefined ? definition.Default
      : 'value' in wanted ? wanted.value : previous.get(name)?.given ?? definition.Default;
    if (text === undefined) {
      missing.push(name);
    } else {
      values.set(name, parameterValue(name, definition, String(text), ssm));
    }
  }
  if (missing.length > 0) {
    throw invalid(`Parameters: [${missing.join(', ')}] must have values`);
  }
  return values;
}

function parameterValue(name: string, definition: ParameterDefinition, given: string, ssm: SsmService): ParameterValue {
  if (definition.AllowedValues && !definition.AllowedValues.map(String).includes(given)) {
    throw invalid(`Parameter '${name}' must be one of AllowedValues`);
  }
  if (definition.AllowedPattern !== undefined && !new RegExp(`^(?:${definition.AllowedPattern})$`).test(given)) {
    throw invalid(`Parameter '${name}' must match pattern ${definition.AllowedPattern}`);
  }
  return { given, value: typed(name, definition.Type, given, ssm), noEcho: String(definition.NoEcho) === 'true' };
}

function typed(name: string, type: string, given: string, ssm: SsmService): unknown {
  const ssmType = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(type)?.[1];
  if (ssmType !== undefined) {
    return typed(name, ssmType, ssm.get(given), ssm);
  }
  if (type === 'CommaDelimitedList' || type.startsWith('List<')) {
    return given.split(',').map((item) => item.trim());
  }
  if (type === 'Number' && !Number.isFinite(Number(given))) {
    throw invalid(`Parameter '${name}' must be a number`);
  }
  if (type === 'String' || type === 'Number' || /^AWS::[A-Z0-9a-z]+::/.test(type)) {
    return given;
  }
  throw invalid(`Template format error: Unrecognized parameter type: ${type}`);
}
