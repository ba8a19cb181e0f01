import { Fn, Lazy, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isPlainObject } from './values';

const START = '{{resolve:secretsmanager:';
const END = '}}';
const STRING = ':SecretString';

/** A resolved text, as the parts that CloudFormation joins. */
type Parts = readonly unknown[];

/** A reference to a value in AWS Secrets Manager, as the handler understands it; CloudFormation does not resolve it. */
export interface SecretReference {
  /** The secret's name or ARN. */
  readonly secretId: string;
  /** Whether the id is a name that is known. */
  readonly isName: boolean;
}

/** What a value refers to in AWS Secrets Manager, if it is a reference to a value there and nothing else. */
export function secretReference(scope: IConstruct, value: unknown): SecretReference | undefined {
  const parts = referenceParts(Stack.of(scope).resolve(value));
  if (parts === undefined) {
    return undefined;
  }
  const [first] = idParts(parts);
  return {
    secretId: Lazy.uncachedString({ produce: (context) => joined(idParts(referenceParts(context.resolve(value))!)) }),
    isName: typeof first === 'string' && !first.startsWith('arn:'),
  };
}

/** Replaces each text that is a reference to a value in AWS Secrets Manager, all the way down, and collects what is referred to. */
export function withSecretReferences(scope: IConstruct, value: unknown, found: SecretReference[]): unknown {
  if (Array.isArray(value)) {
    return value.map((element) => withSecretReferences(scope, element, found));
  }
  if (isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withSecretReferences(scope, member, found)]));
  }
  const reference = typeof value === 'string' ? secretReference(scope, value) : undefined;
  if (reference === undefined) {
    return value;
  }
  found.push(reference);
  // When the template is written, since what is referred to may be in another stack.
  return { 'resolve:secretsmanager': Lazy.uncachedString({ produce: (context) => joined(referenceParts(context.resolve(value))!) }) };
}

/** What stands between the braces of a dynamic reference to AWS Secrets Manager; undefined for anything else. */
function referenceParts(resolved: unknown): Parts | undefined {
  const parts: Parts = typeof resolved === 'string' ? [resolved] : joinedParts(resolved) ?? [];
  const [first, last] = [parts[0], parts[parts.length - 1]];
  if (typeof first !== 'string' || typeof last !== 'string' || !first.startsWith(START) || !last.endsWith(END)) {
    return undefined;
  }
  const inner = parts.map((part, index) => typeof part === 'string'
    ? part.slice(index === 0 ? START.length : 0, index === parts.length - 1 ? -END.length : undefined)
    : part).filter((part) => part !== '');
  return inner.some((part) => typeof part === 'string' && /\{\{|\}\}/.test(part)) ? undefined : inner;
}

function joinedParts(resolved: unknown): Parts | undefined {
  const join = isPlainObject(resolved) ? resolved['Fn::Join'] : undefined;
  return Array.isArray(join) && join[0] === '' && Array.isArray(join[1]) ? join[1] : undefined;
}

/** The parts before the words that say which value of the secret is meant. */
function idParts(parts: Parts): Parts {
  const end = parts.findIndex((part) => typeof part === 'string' && part.includes(STRING));
  if (end < 0) {
    return parts;
  }
  const last = parts[end] as string;
  return [...parts.slice(0, end), last.slice(0, last.indexOf(STRING))].filter((part) => part !== '');
}

function joined(parts: Parts): string {
  return parts.length === 1 ? parts[0] as string : Fn.join('', parts as string[]);
}
