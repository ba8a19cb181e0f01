import { AppFlowService } from './appflow';
import { answer, CustomResourceEvent, InvocationContext, Outcome, Trail } from './cloudformation';
import { provideConnectorProfile } from './connector-profile';
import { Deadline } from './deadline';
import { unknownResourceType } from './errors';
import { provideFlow } from './flow';
import { activateFlows } from './flow-activation';
import { planBackfill } from './flow-backfill';
import { completeBackfill } from './flow-backfill-completion';
import { guardFlows } from './flow-guard';
import { runFlow } from './flow-run';
import { flowRunCompletion } from './flow-run-completion';
import { timeFlow } from './flow-timing';
import * as polling from './polling';
import { SecretsManagerService } from './secrets-manager';
import { StackService } from './stack';
import { tagResource } from './tags';

const PROVIDED = ['Custom::AppFlowFlow', 'Custom::AppFlowConnectorProfile'];

/** The custom resources that take longer than one invocation. */
const POLLED: Readonly<Record<string, polling.PolledHandler>> = {
  'Custom::AppFlowFlowBackfillCompletion': completeBackfill,
  'Custom::AppFlowFlowRunCompletion': flowRunCompletion,
};

/** The entry point of the function behind the custom resources of the library that take one invocation. */
export async function handler(event: CustomResourceEvent, context: InvocationContext): Promise<void> {
  await answer(event, context, route);
}

/** Where CDK's provider framework begins with a request for one of the others. */
export async function onEvent(event: CustomResourceEvent, context: InvocationContext) {
  return polling.begin(polling.polledHandlerOf(POLLED, event), event, context);
}

/** Where it asks whether the request is done. */
export async function isComplete(event: polling.PolledEvent, context: InvocationContext) {
  return polling.isComplete(polling.polledHandlerOf(POLLED, event), event, context);
}

async function route(event: CustomResourceEvent, deadline: Deadline, trail: Trail): Promise<Outcome> {
  // A flow whose activation is deleted may be out of reach for good; what the handler has created has to go, and a rollback follows soon after.
  const permissionsAreNew = event.RequestType !== 'Delete' || PROVIDED.includes(event.ResourceType);
  const appflow = new AppFlowService(deadline, permissionsAreNew);
  const secrets = new SecretsManagerService(deadline, permissionsAreNew);
  const stack = new StackService(event.StackId, deadline);
  try {
    switch (event.ResourceType) {
      case 'Custom::AppFlowFlow':
        return await provideFlow(event, appflow, stack, deadline, trail);
      case 'Custom::AppFlowConnectorProfile':
        return await provideConnectorProfile(event, appflow, secrets, deadline, trail);
      case 'Custom::AppFlowFlowActivation':
        return await activateFlows(event, appflow, stack, deadline, trail);
      case 'Custom::AppFlowFlowBackfill':
        return await planBackfill(event);
      case 'Custom::AppFlowFlowGuard':
        return await guardFlows(event);
      case 'Custom::AppFlowFlowTiming':
        return await timeFlow(event, { appflow, stack, time: deadline });
      case 'Custom::AppFlowFlowRun':
        return await runFlow(event, appflow, stack, deadline, trail);
      case 'Custom::AppFlowTags':
        return await tagResource(event, appflow, trail);
      default:
        throw unknownResourceType(event.ResourceType);
    }
  } finally {
    appflow.close();
    secrets.close();
    stack.close();
  }
}
