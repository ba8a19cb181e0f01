import { ReceivedAnswer } from './response-bucket';
import { CustomResourceEvent, Properties } from '../../../lib/custom-resources/handlers/cloudformation';

const STACK_ID = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Stack/0a1b2c3d-0000-0000-0000-000000000000';

interface Declared {
  readonly properties: Properties;
  readonly physicalId: string;
}

interface DeployOptions {
  /** Another resource of the stack fails after this one has succeeded. */
  readonly failsElsewhere?: boolean;
}

let requests = 0;

export function customResourceEvent(event: Partial<CustomResourceEvent>): CustomResourceEvent {
  return {
    RequestType: 'Create',
    ResponseURL: 'http://127.0.0.1:1/',
    StackId: STACK_ID,
    ResourceType: 'Custom::AppFlowFlowActivation',
    LogicalResourceId: 'Resource',
    ResourceProperties: {},
    ...event,
    RequestId: event.RequestId ?? `request-${++requests}`,
  };
}

/** What CloudFormation sends for one resource while its stack is deployed, rolled back and deleted. */
export class CustomResource {
  public readonly events: CustomResourceEvent[] = [];
  /** The first answer to each of the events. */
  public readonly answers: ReceivedAnswer[] = [];
  /** What the last good deploy left; undefined when there is no such resource. */
  public declared?: Declared;
  /** What CloudFormation says of the stack, to whoever asks. */
  public isRollingBack = false;

  /** @param beforeRetry called before a request of a rollback that has failed is sent once more; without it, none is */
  constructor(
    private readonly type: string,
    private readonly deliver: (event: CustomResourceEvent) => Promise<ReceivedAnswer>,
    private readonly beforeRetry?: (failed: ReceivedAnswer) => void,
  ) {}

  /** Resolves to the answer to the first request; the requests that clean up or roll back have been sent by then. */
  public async deploy(properties: Properties, options: DeployOptions = {}): Promise<ReceivedAnswer> {
    return this.declared ? this.update(properties, this.declared, options) : this.create(properties, options);
  }

  public async destroy(): Promise<ReceivedAnswer> {
    const { properties, physicalId } = this.declared!;
    const answer = await this.send('Delete', properties, physicalId);
    if (answer.Status === 'SUCCESS') {
      this.declared = undefined;
    }
    return answer;
  }

  /** Lambda delivers an event for the second time. */
  public async redeliver(index: number): Promise<ReceivedAnswer> {
    return this.deliver(this.events.at(index)!);
  }

  private async create(properties: Properties, { failsElsewhere }: DeployOptions): Promise<ReceivedAnswer> {
    const answer = await this.send('Create', properties);
    if (answer.Status === 'FAILED' || failsElsewhere) {
      await this.rollBack('Delete', properties, answer.PhysicalResourceId);
    } else {
      this.declared = { properties, physicalId: answer.PhysicalResourceId };
    }
    return answer;
  }

  private async update(properties: Properties, before: Declared, { failsElsewhere }: DeployOptions): Promise<ReceivedAnswer> {
    const answer = await this.send('Update', properties, before.physicalId, before.properties);
    const { PhysicalResourceId: physicalId } = answer;
    if (answer.Status === 'FAILED') {
      await this.rollBack('Update', before.properties, before.physicalId, properties);
    } else if (failsElsewhere) {
      await this.rollBack('Update', before.properties, physicalId, properties);
      if (physicalId !== before.physicalId) {
        await this.rollBack('Delete', properties, physicalId);
      }
    } else {
      this.declared = { properties, physicalId };
      if (physicalId !== before.physicalId) {
        await this.send('Delete', before.properties, before.physicalId);
      }
    }
    return answer;
  }

  /** A rollback that has failed waits for somebody to continue it, who may have to try more than once. */
  private async rollBack(...request: Parameters<CustomResource['send']>): Promise<void> {
    this.isRollingBack = true;
    let answer = await this.send(...request);
    for (let retries = 0; answer.Status === 'FAILED' && this.beforeRetry && retries < 2; retries++) {
      this.beforeRetry(answer);
      answer = await this.send(...request);
    }
    this.isRollingBack = false;
  }

  private async send(
    RequestType: CustomResourceEvent['RequestType'], ResourceProperties: Properties, PhysicalResourceId?: string, OldResourceProperties?: Properties,
  ): Promise<ReceivedAnswer> {
    const event = customResourceEvent({
      RequestType,
      ResourceType: this.type,
      ResourceProperties,
      ...(PhysicalResourceId && { PhysicalResourceId }),
      ...(OldResourceProperties && { OldResourceProperties }),
    });
    this.events.push(event);
    const answer = await this.deliver(event);
    this.answers.push(answer);
    return answer;
  }
}
