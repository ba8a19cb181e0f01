import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Deadline } from './deadline';
import { CustomResourceError, ErrorCode } from './errors';
import { ServiceCalls, ServiceError } from './service';

/** What the handlers want to know of the stack that a request is for. */
export interface OwnStack {
  /** Whether CloudFormation takes back a deployment that has failed: nothing in a request says so. */
  isRollingBack(): Promise<boolean>;
}

/** The stack through the SDK, within the time of one invocation. */
export class StackService implements OwnStack {
  private readonly calls: ServiceCalls;
  private client?: CloudFormationClient;

  constructor(private readonly stackId: string, deadline: Deadline) {
    this.calls = new ServiceCalls(deadline, true);
  }

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
  public async isRollingBack(): Promise<boolean> {
    const client = this.client ??= new CloudFormationClient(this.calls.configuration);
    try {
      const { Stacks: [stack] = [] } = await this.calls.make(async abortSignal =>
        client.send(new DescribeStacksCommand({ StackName: this.stackId }), { abortSignal }));
      return stack?.StackStatus?.includes('ROLLBACK') ?? false;
    } catch (error) {
      const { reason, message } = error as ServiceError;
      throw new CustomResourceError(ErrorCode.STACK_NOT_READ,
        `the status of the stack could not be read, which says whether a deployment is being rolled back: CloudFormation answered ${reason} to DescribeStacks: `
        + `"${message}"; allow cloudformation:DescribeStacks on the stack to the role of the custom resource, and deploy again`);
    }
  }

  public close(): void {
    this.client?.destroy();
  }
}
