import { randomUUID } from 'node:crypto';
import { LocalRequest, LocalResponse, ServiceError } from './service';
import { element, XmlValue } from './xml';

/** The members of a request in the AWS query protocol: `Tags.member.1.Key=a` becomes `{Tags: [{Key: 'a'}]}`. */
export type QueryInput = Record<string, unknown>;

/** The AWS query protocol: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export class QueryProtocol {
  constructor(private readonly namespace: string) {}

  operationOf(request: LocalRequest): string | undefined {
    return new URLSearchParams(request.body.toString('utf8')).get('Action') ?? request.query.get('Action') ?? undefined;
  }

  inputOf(request: LocalRequest): QueryInput {
    const root: QueryInput = {};
    for (const [key, value] of new URLSearchParams(request.body.toString('utf8'))) {
      if (key !== 'Action' && key !== 'Version') {
        place(root, key.split('.'), value);
      }
    }
    return lists(root) as QueryInput;
  }

  answer(operation: string, result: XmlValue): LocalResponse {
    const body = element(`${operation}Result`, result ?? {}) + element('ResponseMetadata', { RequestId: randomUUID() });
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<${operation}Response xmlns="${this.namespace}">${body}</${operation}Response>`,
    };
  }

  error(error: ServiceError): LocalResponse {
    const body = element('Error', { Type: error.status < 500 ? 'Sender' : 'Receiver', Code: error.code, Message: error.message })
      + element('RequestId', randomUUID());
    return { status: error.status, headers: { 'content-type': 'text/xml' }, body: `<ErrorResponse xmlns="${this.namespace}">${body}</ErrorResponse>` };
  }
}

function place(target: Record<string, unknown>, [head, ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    target[head] = value;
  } else {
    target[head] ??= {};
    place(target[head] as Record<string, unknown>, rest, value);
  }
}

function lists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const record = value as Record<string, unknown>;
  const keys = Object.keys(record);
  if (keys.length === 1 && keys[0] === 'member' && typeof record.member === 'object') {
    const members = record.member as Record<string, unknown>;
    return Object.keys(members).sort((a, b) => Number(a) - Number(b)).map((key) => lists(members[key]));
  }
  return Object.fromEntries(keys.map((key) => [key, lists(record[key])]));
}
