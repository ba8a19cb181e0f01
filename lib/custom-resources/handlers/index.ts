import { AppFlowService } from './appflow';
import { answer, CustomResourceEvent, InvocationContext, Outcome, Trail } from './cloudformation';
import { Deadline } from './deadline';
import { CustomResourceError, ErrorCode } from './errors';
import { activateFlow } from './flow-activation';
import { tagFlow } from './flow-tags';

/** The entry point of the function behind all custom resources of the library. */
export async function handler(event: CustomResourceEvent, context: InvocationContext): Promise<void> {
  await answer(event, context, route);
}

async function route(event: CustomResourceEvent, deadline: Deadline, trail: Trail): Promise<Outcome> {
  const appflow = new AppFlowService(deadline, event.RequestType !== 'Delete');
  try {
    switch (event.ResourceType) {
      case 'Custom::AppFlowFlowActivation':
        return await activateFlow(event, appflow, deadline, trail);
      case 'Custom::AppFlowFlowTags':
        return await tagFlow(event, appflow, trail);
      default:
        throw new CustomResourceError(ErrorCode.INVALID_REQUEST,
          `resource type '${event.ResourceType}' is not known to this version of the handler; deploy with the version of the library that made the template`);
    }
  } finally {
    appflow.close();
  }
}
