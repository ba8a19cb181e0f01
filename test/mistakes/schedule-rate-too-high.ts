import { FlowSchedule, Mapping, ScheduledFlow } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.seconds(30)),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.minutes(1)),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.minutes(tokens.number())),
      tasks: [Mapping.all()],
    });
  },
};
