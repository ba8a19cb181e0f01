import { Properties } from './cloudformation';
import { CustomResourceError, ErrorCode } from './errors';

/** A property that must be there; CloudFormation delivers every value as a string. */
export function requiredText(properties: Properties, name: string): string {
  const value = properties[name];
  if (typeof value !== 'string' || value === '') {
    throw new CustomResourceError(ErrorCode.INVALID_REQUEST,
      `property ${name} of the custom resource must be a text, got ${JSON.stringify(value) ?? 'nothing'}; deploy with the constructs of this library, which set it`);
  }
  return value;
}

/** A property that must be one of a few words. */
export function requiredChoice<T extends string>(properties: Properties, name: string, choices: readonly T[]): T {
  const choice = optionalChoice(properties, name, choices);
  if (choice === undefined) {
    throw new CustomResourceError(ErrorCode.INVALID_REQUEST,
      `property ${name} of the custom resource is missing; it must be ${choices.join(' or ')}`);
  }
  return choice;
}

/** A property that may be absent, and else is one of a few words. */
export function optionalChoice<T extends string>(properties: Properties, name: string, choices: readonly T[]): T | undefined {
  const value = properties[name];
  if (value === undefined || choices.includes(value as T)) {
    return value as T | undefined;
  }
  throw new CustomResourceError(ErrorCode.INVALID_REQUEST,
    `property ${name} of the custom resource must be ${choices.join(' or ')}, got ${JSON.stringify(value)}`);
}

/** A property that must be there and have members. */
export function requiredStructure(properties: Properties, name: string): Properties {
  const value = properties[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CustomResourceError(ErrorCode.INVALID_REQUEST,
      `property ${name} of the custom resource must be a structure; deploy with the constructs of this library, which set it`);
  }
  return value as Properties;
}

/** A property that must be there and be a whole number, as a text. */
export function requiredCount(properties: Properties, name: string): number {
  const text = requiredText(properties, name);
  if (!/^\d+$/.test(text)) {
    throw new CustomResourceError(ErrorCode.INVALID_REQUEST,
      `property ${name} of the custom resource must be a whole number, got ${JSON.stringify(text)}; deploy with the constructs of this library, which set it`);
  }
  return Number(text);
}
