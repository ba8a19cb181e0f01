import { randomUUID } from 'node:crypto';
import { Lambda } from '../../lambda';
import { StateMachines } from '../../state-machines';
import { ResponseMailbox, ResponseSlot } from '../response-mailbox';
import { ResourceModel } from '../stack';
import { suffixOf } from './generated-name';
import { CreateRequest, DeleteRequest, HandlerFailure, ResourceProvider, ResourceRequest, UpdateRequest } from './provider';

export interface CustomResourceSettings {
  /** Deliver every event twice, as asynchronous invocations of Lambda may. */
  duplicateDelivery: boolean;
  /** The time that a custom resource has when it says nothing; the service's own default is an hour. */
  customResourceTimeoutSeconds: number;
}

interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId?: string;
  readonly Data?: Record<string, unknown>;
  readonly NoEcho?: boolean;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const MAXIMUM_ANSWER_BYTES = 4096;
const MAXIMUM_ID_BYTES = 1024;
/** How long an answer may still be under way when the function has already returned. */
const GRACE_MILLISECONDS = 250;

/** `Custom::*` and AWS::CloudFormation::CustomResource, backed by a Lambda function of the local cloud. */
export class CustomResourceProvider implements ResourceProvider {
  constructor(
    private readonly lambda: Lambda,
    private readonly stateMachines: StateMachines,
    private readonly mailbox: ResponseMailbox,
    private readonly settings: CustomResourceSettings,
  ) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    // A Create that fails without an id of its own is followed by a Delete with one that CloudFormation made up.
    request.created(`${request.stack.name}-${request.logicalId}-${suffixOf(request.token, 8)}`);
    const answer = await this.ask(request, { RequestType: 'Create' });
    if (answer.PhysicalResourceId) {
      request.created(answer.PhysicalResourceId);
    }
    return this.modelOf(answer, request);
  }

  async update(request: UpdateRequest): Promise<ResourceModel> {
    if (request.properties.ServiceToken !== request.previousProperties.ServiceToken) {
      throw new HandlerFailure('Modifying service token is not allowed.');
    }
    const answer = await this.ask(request, {
      RequestType: 'Update',
      PhysicalResourceId: request.current.physicalId,
      OldResourceProperties: asStrings(request.previousProperties),
    });
    return this.modelOf(answer, request);
  }

  async delete(request: DeleteRequest): Promise<void> {
    const answer = await this.ask(request, { RequestType: 'Delete', PhysicalResourceId: request.current.physicalId });
    this.refuseFailure(answer, request);
  }

  private async ask(request: ResourceRequest, specific: object): Promise<Answer> {
    const { stack, logicalId, type, properties } = request;
    const functionArn = String(properties.ServiceToken);
    if (!this.lambda.configurationOf(functionArn)) {
      throw new HandlerFailure(`the local cloud has no Lambda function for the service token ${functionArn}`);
    }
    const slot = this.mailbox.open();
    const requestId = randomUUID();
    const event = {
      ...specific,
      ServiceToken: functionArn,
      ResponseURL: slot.url,
      StackId: stack.id,
      RequestId: requestId,
      LogicalResourceId: logicalId,
      ResourceType: type,
      ResourceProperties: asStrings(properties),
    };
    const body = await this.deliver(functionArn, event, slot, timeoutOf(properties) ?? this.settings.customResourceTimeoutSeconds);
    if (body === undefined) {
      throw new HandlerFailure(
        `CloudFormation did not receive a response from your custom resource. Please check your logs for requestId [${requestId}].`,
      );
    }
    return answerOf(body, { StackId: stack.id, RequestId: requestId, LogicalResourceId: logicalId });
  }

  /** Delivers an event and waits for the answer. */
  private async deliver(functionArn: string, event: object, slot: ResponseSlot, timeoutSeconds: number): Promise<string | undefined> {
    const timer = setTimeout(() => slot.close(), timeoutSeconds * 1000);
    const invoked = this.invoke(functionArn, event).then(async () => {
      // A function may leave it to a state machine to answer.
      await this.stateMachines.settled();
      // Nothing is left that could answer, so there is no use in waiting for the service timeout.
      setTimeout(() => slot.close(), GRACE_MILLISECONDS).unref();
    });
    try {
      const body = await slot.received;
      // CloudFormation goes on as soon as it has an answer. Here the invocation ends first, so that no test ends before its handlers.
      await (body === undefined ? undefined : invoked);
      return body;
    } finally {
      clearTimeout(timer);
    }
  }

  private async invoke(functionArn: string, event: object): Promise<void> {
    await this.lambda.invokeAsync(functionArn, event);
    if (this.settings.duplicateDelivery) {
      await this.lambda.invokeAsync(functionArn, event);
    }
  }

  private modelOf(answer: Answer, request: ResourceRequest): ResourceModel {
    this.refuseFailure(answer, request);
    const id = answer.PhysicalResourceId;
    if (typeof id !== 'string' || id === '' || Buffer.byteLength(id) > MAXIMUM_ID_BYTES) {
      throw new HandlerFailure('Invalid PhysicalResourceId');
    }
    return { physicalId: id, attributes: answer.Data ?? {}, noEcho: answer.NoEcho === true };
  }

  private refuseFailure(answer: Answer, { logicalId }: ResourceRequest): void {
    if (answer.Status === 'FAILED') {
      throw new HandlerFailure(`Received response status [FAILED] from custom resource ${logicalId}. Message returned: ${answer.Reason}`);
    }
  }
}

function answerOf(body: string, expected: Record<string, string>): Answer {
  if (Buffer.byteLength(body) > MAXIMUM_ANSWER_BYTES) {
    throw new HandlerFailure('Response object is too long.');
  }
  let answer: Answer & Record<string, unknown>;
  try {
    answer = JSON.parse(body);
  } catch {
    throw new HandlerFailure('Invalid Response object: it is not JSON');
  }
  if (answer.Status !== 'SUCCESS' && answer.Status !== 'FAILED') {
    throw new HandlerFailure(`Invalid Response object: Value of property Status must be SUCCESS or FAILED, got ${answer.Status}`);
  }
  for (const [name, value] of Object.entries(expected)) {
    if (answer[name] !== value) {
      throw new HandlerFailure(`Invalid Response object: Value of property ${name} must be copied from the request`);
    }
  }
  if (answer.Status === 'FAILED' && !answer.Reason) {
    throw new HandlerFailure('Invalid Response object: Reason is required where Status is FAILED');
  }
  return answer;
}

function timeoutOf(properties: Record<string, unknown>): number | undefined {
  return properties.ServiceTimeout === undefined ? undefined : Number(properties.ServiceTimeout);
}

/** Custom resources receive every scalar as a string, whatever the template says. */
function asStrings(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(asStrings);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asStrings(member)]));
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
