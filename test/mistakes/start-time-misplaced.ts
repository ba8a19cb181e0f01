import { FlowSchedule, Mapping, ScheduledFlow, ScheduleTime } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ScheduledTriggerProperties.html (the start of a schedule alone has an alignment that it could be worked out from)',
  wrong(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.days(1), { firstExecutionFrom: ScheduleTime.nextUtc('02:00') }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.days(1), { startTime: ScheduleTime.nextUtc('02:00') }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.days(1), {
        startTime: ScheduleTime.nextUtc('02:00'),
        endTime: ScheduleTime.epochSeconds(tokens.number()),
        firstExecutionFrom: ScheduleTime.epochSeconds(tokens.number()),
      }),
      tasks: [Mapping.all()],
    });
  },
};
