import { CustomResourceError, ErrorCode } from './errors';
import { NO_RUN } from './flow-run';
import { isPassing, millisecondsSince, type PolledEvent, type PolledHandler, type Progress, type Services } from './polling';
import { requiredChoice, requiredCount, requiredText } from './properties';
import { findRun, isOver, judge } from './run';

/**
 * `Custom::AppFlowFlowRunCompletion`: waits until a run is over, and requires that it has come to what is expected of it. Several of them in a row wait
 * longer than one may: only the last one fails when its time is up.
 */
export const flowRunCompletion: PolledHandler = {
  async begin({ PhysicalResourceId, LogicalResourceId }) {
    return { physicalResourceId: PhysicalResourceId ?? LogicalResourceId };
  },

  async isComplete(event, services) {
    return await isPending(event, services) ? look(event, services) : { done: true };
  },
};

/** Whether there is a run that the deployment has started. */
async function isPending({ RequestType, ResourceProperties, OldResourceProperties }: PolledEvent, { stack }: Services): Promise<boolean> {
  switch (RequestType) {
    case 'Create':
      return requiredText(ResourceProperties, 'ExecutionId') !== NO_RUN;
    case 'Update': {
      const executionId = requiredText(ResourceProperties, 'ExecutionId');
      return executionId !== NO_RUN && executionId !== OldResourceProperties?.ExecutionId && !await stack.isRollingBack();
    }
    case 'Delete':
      return false;
  }
}

async function look(event: PolledEvent, { appflow }: Services): Promise<Progress> {
  const { ResourceProperties: properties } = event;
  const [flowName, executionId] = [requiredText(properties, 'FlowName'), requiredText(properties, 'ExecutionId')];
  const isUp = millisecondsSince(event) >= requiredCount(properties, 'Seconds') * 1_000;
  const isLast = requiredChoice(properties, 'Last', ['true', 'false']) === 'true';
  const run = await findRun(appflow, flowName, executionId).catch(error => {
    // The next look may come to see more, for as long as there is one.
    if (isUp || !isPassing(error)) {
      throw error;
    }
    return undefined;
  });
  if (run !== undefined && isOver(run)) {
    judge(flowName, run, {
      minimumRecords: properties.MinimumRecords !== undefined ? requiredCount(properties, 'MinimumRecords') : undefined,
      allowFailedRecords: properties.AllowFailedRecords === 'true',
    });
    return { done: true };
  }
  if (isUp && isLast) {
    const found = run !== undefined ? `it is ${run.status}` : 'AppFlow does not list it';
    throw new CustomResourceError(ErrorCode.RUN_NOT_OVER,
      `run '${executionId}' of flow '${flowName}' was not over within ${requiredCount(properties, 'TimeoutSeconds')} seconds: ${found}; `
      + 'look at the run in the AppFlow console, let the deployment wait longer, up to 48 hours, or not at all, and deploy again');
  }
  return { done: isUp };
}
