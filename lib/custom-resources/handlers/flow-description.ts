import type { AppFlow, FlowDescription } from './appflow';
import { CustomResourceError, ErrorCode } from './errors';
import { refusal } from './refusal';
import { asServiceError } from './service';

/** What AppFlow tells of a flow; undefined where there is none. Fails, with AppFlow's answer as the cause and what to do, where it does not say. */
export async function flowDescription(
  appflow: AppFlow, name: string, remedies?: Readonly<Record<string, string>>,
): Promise<FlowDescription | undefined> {
  try {
    return await appflow.describeFlow(name);
  } catch (error) {
    throw new CustomResourceError(ErrorCode.FLOW_NOT_READ, `flow '${name}' could not be read: ${refusal('DescribeFlow', asServiceError(error), remedies)}`, error);
  }
}
