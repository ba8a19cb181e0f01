import { Mapping, OnDemandFlow, RunOnDeploy, RunWait } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ExecutionResult.html (recordsProcessed is a Long)',
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [Mapping.all()],
      runOnDeploy: RunOnDeploy.onChange({ wait: RunWait.untilSuccessful({ minimumRecords: -1 }) }),
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [Mapping.all()],
      runOnDeploy: RunOnDeploy.onChange({ wait: RunWait.untilSuccessful({ minimumRecords: 1 }) }),
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [Mapping.all()],
      runOnDeploy: RunOnDeploy.onChange({ wait: RunWait.untilSuccessful({ minimumRecords: tokens.number() }) }),
    });
  },
};
