import { Mapping, OnDemandFlow, RunOnDeploy, RunWait } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  source: 'a choice of the library: custom resources in a row wait for the run, one for each 50 minutes',
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [Mapping.all()],
      runOnDeploy: RunOnDeploy.onChange({ wait: RunWait.untilSuccessful({ timeout: Duration.days(3) }) }),
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [Mapping.all()],
      runOnDeploy: RunOnDeploy.onChange({ wait: RunWait.untilSuccessful({ timeout: Duration.minutes(1) }) }),
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [Mapping.all()],
      description: tokens.text(),
      runOnDeploy: RunOnDeploy.onChange({ wait: RunWait.untilSuccessful({ timeout: Duration.hours(48) }) }),
    });
  },
};
