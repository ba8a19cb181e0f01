import { AppFlowService } from './appflow';
import { answer, CustomResourceEvent, InvocationContext, Outcome, Trail } from './cloudformation';
import { provideConnectorProfile } from './connector-profile';
import { Deadline } from './deadline';
import { CustomResourceError, ErrorCode } from './errors';
import { provideFlow } from './flow';
import { activateFlow } from './flow-activation';
import { tagFlow } from './flow-tags';
import { SecretsManagerService } from './secrets-manager';

const PROVIDED = ['Custom::AppFlowFlow', 'Custom::AppFlowConnectorProfile'];

/** The entry point of the function behind all custom resources of the library. */
export async function handler(event: CustomResourceEvent, context: InvocationContext): Promise<void> {
  await answer(event, context, route);
}

async function route(event: CustomResourceEvent, deadline: Deadline, trail: Trail): Promise<Outcome> {
  // A flow whose activation is deleted may be out of reach for good; what the handler has created has to go, and a rollback follows soon after.
  const permissionsAreNew = event.RequestType !== 'Delete' || PROVIDED.includes(event.ResourceType);
  const appflow = new AppFlowService(deadline, permissionsAreNew);
  const secrets = new SecretsManagerService(deadline, permissionsAreNew);
  try {
    switch (event.ResourceType) {
      case 'Custom::AppFlowFlow':
        return await provideFlow(event, appflow, deadline, trail);
      case 'Custom::AppFlowConnectorProfile':
        return await provideConnectorProfile(event, appflow, secrets, deadline, trail);
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
    secrets.close();
  }
}
