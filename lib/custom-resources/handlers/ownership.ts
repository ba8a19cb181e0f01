import { createHash } from 'node:crypto';
import type { CustomResourceEvent } from './cloudformation';

/** The tag by which the role of the handler, too, knows the flows of its stack. */
const STACK_TAG = 'appflow-constructs:stack';

/** Says which resource of the stack has created a flow, and with which request. */
const RESOURCE_TAG = 'appflow-constructs:resource';

type Tags = Readonly<Record<string, string>>;

export function isOfStack(tags: Tags | undefined, { StackId }: CustomResourceEvent): boolean {
  return tags?.[STACK_TAG] === StackId;
}

/** Whether a flow was created by the resource that an event is for, whenever that was. */
export function isOfResource(tags: Tags | undefined, event: CustomResourceEvent): boolean {
  return isOfStack(tags, event) && tags?.[RESOURCE_TAG]?.split('/')[0] === digest(event.LogicalResourceId);
}

/** Whether a flow was created by one request. */
export function isOfRequest(tags: Tags | undefined, event: CustomResourceEvent, request: string): boolean {
  return isOfResource(tags, event) && tags?.[RESOURCE_TAG]?.split('/')[1] === request;
}

/** The tags of a flow that a request creates. */
export function creationTags(event: CustomResourceEvent, request: string): Record<string, string> {
  return { [STACK_TAG]: event.StackId, [RESOURCE_TAG]: `${digest(event.LogicalResourceId)}/${request}` };
}

/** One for each request to create a flow: a Create is known by its id. */
export function requestOfCreate({ RequestId }: CustomResourceEvent): string {
  return digest(RequestId);
}

/**
 * An Update that creates another flow is known by what it starts from and what it asks for, because that is what a rollback is told of it.
 */
export function requestOfReplacement(physicalResourceId: string | undefined, request: unknown): string {
  return digest(`${physicalResourceId}\n${canonical(request)}`);
}

/** AppFlow does a request once for each token, so that a repeated delivery does nothing. */
export function clientToken({ StackId, LogicalResourceId, RequestId }: CustomResourceEvent): string {
  return createHash('sha256').update([StackId, LogicalResourceId, RequestId].join('\n')).digest('hex');
}

/** A value as text, in which the order of members does not count. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => typeof member === 'object' && member !== null && !Array.isArray(member)
    ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => a < b ? -1 : 1))
    : member) ?? '';
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
