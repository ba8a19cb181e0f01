import { Deadline, fullJitter } from './deadline';
import { CustomResourceError, ErrorCode } from './errors';
import { redact } from './redaction';

export type Properties = Record<string, unknown>;

/** What CloudFormation sends. */
export interface CustomResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  /** A presigned URL: whoever knows it can answer in our place, so it is never logged. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly ResourceType: string;
  readonly LogicalResourceId: string;
  /** Absent on Create. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  /** Present on Update only. */
  readonly OldResourceProperties?: Properties;
}

/** The part of Lambda's context that is needed. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

/** What a successful handler tells CloudFormation. */
export interface Outcome {
  readonly physicalResourceId: string;
  readonly data?: Record<string, string>;
}

/** What a Create did before it failed, for the Delete that CloudFormation sends next. */
export type Trace = 'unchanged' | 'started' | 'stopped';

/** Kept up to date by a handler during a Create, because it may not come to its end. */
export interface Trail {
  subject: string;
  trace: Trace;
}

export type Handler = (event: CustomResourceEvent, deadline: Deadline, trail: Trail) => Promise<Outcome>;

interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Record<string, string>;
}

/** CloudFormation refuses an answer of 4096 bytes or more. */
const MAX_ANSWER_BYTES = 4_000;
const PUT_ATTEMPT_TIMEOUT = 5_000;
const REMEMBERED_ANSWERS = 100;

const FAILED_CREATE = /^(.*)\/create-failed\/(unchanged|started|stopped)$/s;

/** The physical id of a Create that failed. Neither a flow's name nor its ARN can look like it: the names of flows hold no slash. */
function failedCreateId(trail: Trail): string {
  return `${trail.subject}/create-failed/${trail.trace}`;
}

/** What the Create behind a physical id did before it failed; undefined for a resource that was created, or whose Create never answered. */
export function traceOf(physicalResourceId: string | undefined): Trace | undefined {
  return FAILED_CREATE.exec(physicalResourceId ?? '')?.[2] as Trace | undefined;
}

/** Lambda may deliver one event twice. A request that was answered keeps its answer, whatever has happened to the flow since. */
const answered = new Map<string, string>();

/** Runs a handler for an event of CloudFormation and answers it, whatever happens, before the function's time is up. */
export async function answer(event: CustomResourceEvent, context: InvocationContext, handler: Handler): Promise<void> {
  const url = responseUrl(event);
  const request = `${event.StackId}/${event.LogicalResourceId}/${event.RequestId}`;
  const started = Date.now();
  const deadline = new Deadline(context.getRemainingTimeInMillis());
  try {
    const body = answered.get(request) ?? render(await resultOf(event, url, deadline, handler));
    await put(url, body, deadline);
    remember(request, body);
    log(event, body, Date.now() - started);
  } finally {
    deadline.dispose();
  }
}

/** Checked here, because Node's own error would carry the URL into the log. */
function responseUrl(event: CustomResourceEvent): URL {
  try {
    return new URL(event.ResponseURL);
  } catch {
    throw new Error('the event has no valid ResponseURL, so it does not come from CloudFormation and cannot be answered');
  }
}

async function resultOf(event: CustomResourceEvent, url: URL, deadline: Deadline, handler: Handler): Promise<Answer> {
  const identity = { StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId };
  if (event.RequestType === 'Delete' && traceOf(event.PhysicalResourceId) === 'unchanged') {
    // A Create that failed before it did anything, perhaps because of its very properties or permissions.
    return { Status: 'SUCCESS', PhysicalResourceId: event.PhysicalResourceId!, ...identity };
  }
  const trail: Trail = { subject: event.LogicalResourceId, trace: 'unchanged' };
  try {
    const outcome = await inTime(handler(event, deadline, trail), deadline);
    return { Status: 'SUCCESS', PhysicalResourceId: outcome.physicalResourceId, ...identity, Data: outcome.data };
  } catch (error) {
    return {
      Status: 'FAILED',
      Reason: redact(reasonFor(error), url.href, url.search),
      // A failed Update keeps its physical id: CloudFormation then sends an Update with the old properties and no Delete.
      PhysicalResourceId: event.PhysicalResourceId ?? failedCreateId(trail),
      ...identity,
    };
  }
}

/** What users read of an error. */
export function reasonFor(error: unknown): string {
  if (error instanceof CustomResourceError) {
    return error.message;
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new CustomResourceError(ErrorCode.HANDLER_FAILED, `the handler failed unexpectedly with ${text}`).message;
}

/** A handler normally ends by itself, as its calls are aborted at the deadline; this is for one that does not. */
export async function inTime<T>(work: Promise<T>, deadline: Deadline): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CustomResourceError(ErrorCode.OUT_OF_TIME,
      'AppFlow did not come to a result within the time of the function; deploy again')), Math.max(0, deadline.leftToNotice()));
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function render(result: Answer): string {
  const reason = result.Reason ?? '';
  let body = JSON.stringify(result);
  for (let kept = reason.length; Buffer.byteLength(body) > MAX_ANSWER_BYTES && kept > 0;) {
    kept = Math.floor(kept * 0.8);
    body = JSON.stringify({ ...result, Reason: shortened(reason, kept) });
  }
  return body;
}

/** A text of at most so many characters, and the ellipsis. It is cut in the middle: what went wrong stands at the start, the code at the end. */
export function shortened(text: string, kept: number): string {
  const tail = Math.floor(kept / 3);
  return text.length > kept ? `${text.slice(0, kept - tail)}…${text.slice(text.length - tail)}` : text;
}

/** Delivers the answer. An error makes Lambda deliver the event again, which is the only chance left. */
async function put(url: URL, body: string, deadline: Deadline): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const failure = await putOnce(url, body, Math.min(PUT_ATTEMPT_TIMEOUT, deadline.leftToAnswer()));
    if (failure === undefined) {
      return;
    }
    const wait = fullJitter(attempt, 200, 2_000);
    if (!failure.passing || deadline.leftToAnswer() <= wait) {
      throw new Error(`the answer could not be delivered to CloudFormation: ${redact(failure.text, url.href, url.search)}`);
    }
    await new Promise(resolve => setTimeout(resolve, wait));
  }
}

async function putOnce(url: URL, body: string, timeout: number): Promise<{ text: string; passing: boolean } | undefined> {
  try {
    const response = await fetch(url, {
      method: 'PUT',
      body,
      // The URL is signed without a content type, and `fetch` would send one.
      headers: { 'content-type': '' },
      redirect: 'error',
      signal: AbortSignal.timeout(Math.max(1, Math.floor(timeout))),
    });
    await response.arrayBuffer();
    return response.ok ? undefined : { text: `HTTP status ${response.status}`, passing: response.status >= 500 };
  } catch (error) {
    const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
    return { text: cause?.code ?? cause?.message ?? (error as Error).message, passing: true };
  }
}

function remember(request: string, body: string): void {
  answered.set(request, body);
  if (answered.size > REMEMBERED_ANSWERS) {
    answered.delete(answered.keys().next().value!);
  }
}

/** One line a request, without its properties and its URL. */
function log(event: CustomResourceEvent, body: string, milliseconds: number): void {
  const { Status, Reason, PhysicalResourceId } = JSON.parse(body) as Answer;
  const { RequestType, ResourceType, LogicalResourceId, RequestId } = event;
  console.log(redact(JSON.stringify({ RequestType, ResourceType, LogicalResourceId, RequestId, PhysicalResourceId, Status, Reason, milliseconds })));
}
