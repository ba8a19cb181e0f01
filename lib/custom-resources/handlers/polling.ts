import { AppFlow, AppFlowService } from './appflow';
import { CustomResourceEvent, inTime, InvocationContext, Outcome, reasonFor, shortened } from './cloudformation';
import { Deadline, TimeLeft } from './deadline';
import { unknownResourceType } from './errors';
import { redact } from './redaction';
import { ServiceError } from './service';
import { OwnStack, StackService } from './stack';

/** An event after `begin`: CDK's provider framework adds what `begin` has answered. */
export interface PolledEvent extends CustomResourceEvent {
  readonly PhysicalResourceId: string;
  /** What `begin` has given as data. */
  readonly Data?: Readonly<Record<string, string>>;
  /** When `begin` came to its end, in milliseconds since 1970. */
  readonly BegunAt: number;
}

/** How far the work for a request is. */
export interface Progress {
  readonly done: boolean;
  /** Attributes besides those of `begin`. The framework takes none before the work is done. */
  readonly data?: Readonly<Record<string, string>>;
}

/** What a polled handler works with, for the time of one invocation. */
export interface Services {
  readonly appflow: AppFlow;
  readonly stack: OwnStack;
  readonly time: TimeLeft;
}

/**
 * A custom resource that takes longer than one invocation.
 *
 * Both functions may be called again for the same request, also side by side. A Create that fails in `begin` is followed by no Delete; one that fails
 * later is.
 */
export interface PolledHandler {
  /** Chooses the physical id. What has lasting effects belongs into `isComplete`. */
  begin(event: CustomResourceEvent, services: Services): Promise<Outcome>;
  isComplete(event: PolledEvent, services: Services): Promise<Progress>;
}

/** What the framework takes from `onEvent`, and adds to the event of `isComplete`. */
export interface Begun {
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
  readonly BegunAt: number;
}

/** What the framework takes from `isComplete`. */
export interface Completion {
  readonly IsComplete: boolean;
  readonly Data?: Readonly<Record<string, string>>;
}

/** CloudFormation refuses an answer of 4096 bytes or more, and the framework shortens none. Characters can take three bytes, and there are data besides. */
const MAX_REASON = 800;

/** How long permissions count as new: those of the deployment that the request is part of. */
const PERMISSIONS_ARE_NEW = 2 * 60_000;

/** Begins with a request of CloudFormation that the framework hands on. */
export async function begin(handler: PolledHandler, event: CustomResourceEvent, context: InvocationContext): Promise<Begun> {
  const { physicalResourceId, data } = await invoke(event, context, 'begin', event.RequestType !== 'Delete',
    async services => handler.begin(event, services));
  // The framework refuses another id in the answer to a Delete.
  return { PhysicalResourceId: event.RequestType === 'Delete' ? event.PhysicalResourceId! : physicalResourceId, Data: data, BegunAt: Date.now() };
}

/** Looks how far the work for a request is, and goes on with it. */
export async function isComplete(handler: PolledHandler, event: PolledEvent, context: InvocationContext): Promise<Completion> {
  const permissionsAreNew = event.RequestType !== 'Delete' && millisecondsSince(event) < PERMISSIONS_ARE_NEW;
  const { done, data } = await invoke(event, context, 'isComplete', permissionsAreNew, async services => handler.isComplete(event, services));
  return { IsComplete: done, ...(done && { Data: data }) };
}

/** Whether a failure is that a service did not come to an answer, or had something else to do: the next look may come to more. */
export function isPassing(error: unknown): boolean {
  const { cause } = error as Error;
  return cause instanceof ServiceError && cause.ambiguous;
}

/** How long the work for a request has been going on. */
export function millisecondsSince({ BegunAt }: PolledEvent): number {
  return Date.now() - BegunAt;
}

async function invoke<T>(
  event: CustomResourceEvent, context: InvocationContext, step: string, permissionsAreNew: boolean, work: (services: Services) => Promise<T>,
): Promise<T> {
  const started = Date.now();
  const deadline = new Deadline(context.getRemainingTimeInMillis());
  const appflow = new AppFlowService(deadline, permissionsAreNew);
  const stack = new StackService(event.StackId, deadline);
  try {
    const result = await inTime(work({ appflow, stack, time: deadline }), deadline);
    log(event, step, { result }, started);
    return result;
  } catch (error) {
    const reason = shortened(redact(reasonFor(error), event.ResponseURL), MAX_REASON);
    log(event, step, { reason }, started);
    throw withoutTrace(reason);
  } finally {
    appflow.close();
    stack.close();
    deadline.dispose();
  }
}

/** The framework puts the message, and all but the first line of the stack, into the reason that users read. */
function withoutTrace(reason: string): Error {
  const error = new Error(reason);
  error.stack = reason;
  return error;
}

/** One line an invocation, without the properties of the request and its URL. */
function log(event: CustomResourceEvent, step: string, end: object, started: number): void {
  const { RequestType, ResourceType, LogicalResourceId, RequestId, ResponseURL } = event;
  const milliseconds = Date.now() - started;
  console.log(redact(JSON.stringify({ RequestType, ResourceType, LogicalResourceId, RequestId, step, ...end, milliseconds }), ResponseURL));
}

/** The handler of a resource type that is polled. */
export function polledHandlerOf(handlers: Readonly<Record<string, PolledHandler>>, { ResourceType }: CustomResourceEvent): PolledHandler {
  const handler = handlers[ResourceType];
  if (handler === undefined) {
    throw withoutTrace(unknownResourceType(ResourceType).message);
  }
  return handler;
}
