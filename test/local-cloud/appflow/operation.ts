import * as appflow from '@aws-sdk/client-appflow';
import { NormalizedSchema } from '@smithy/core/schema';
import { type JsonObject, type JsonValue, isObject } from './json';
import { invalid } from './refusal';
import { type LocalRequest } from '../service';

/** An operation of Amazon AppFlow, read from the SDK's schema of it. */
export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  /** Names of the labels in the path, in order. */
  readonly labels: readonly string[];
  readonly status: number;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}

/** `[9, namespace, name, traits, () => input, () => output]`, as `@aws-sdk/client-appflow` exports it. */
type OperationSchema = [9, string, string, { http: [string, string, number] }, never, never];

function isOperationSchema(exported: unknown): exported is OperationSchema {
  return Array.isArray(exported) && exported[0] === 9;
}

function operation([, , name, { http: [method, path, status] }, input, output]: OperationSchema): Operation {
  return {
    name,
    method,
    path: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`),
    labels: [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]),
    status,
    input: NormalizedSchema.of(input),
    output: NormalizedSchema.of(output),
  };
}

export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  Object.values(appflow as unknown as Record<string, unknown>).filter(isOperationSchema).map((schema) => [schema[2], operation(schema)]),
);

/** The operation that a request's method and path ask for. */
export function route(request: Pick<LocalRequest, 'method' | 'path'>): Operation | undefined {
  return [...OPERATIONS.values()].find(({ method, path }) => method === request.method && path.test(request.path));
}

/** Collects an operation's input from the path, the query and the body of its request. */
export function inputOf({ path, labels, input }: Operation, request: LocalRequest): JsonObject {
  const collected: JsonObject = { ...bodyOf(request) };
  const values = path.exec(request.path)!.slice(1);
  labels.forEach((label, index) => { collected[label] = decoded(values[index]); });
  for (const [member, schema] of input.structIterator()) {
    const parameter = schema.getMergedTraits().httpQuery;
    if (parameter !== undefined && request.query.has(parameter)) {
      const given = request.query.getAll(parameter);
      collected[member] = schema.isListSchema() ? given : given[0];
    }
  }
  return collected;
}

function decoded(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch {
    throw invalid(`The path of the request has a malformed escape: ${label}`);
  }
}

function bodyOf({ body }: LocalRequest): JsonObject {
  if (body.length === 0) return {};
  let parsed: JsonValue;
  try {
    parsed = JSON.parse(body.toString('utf8')) as JsonValue;
  } catch {
    // The parser's own message quotes the text, which may hold a credential.
    throw invalid('The body of the request is not JSON');
  }
  if (!isObject(parsed)) throw invalid('The body of the request is not a JSON object');
  return parsed;
}
