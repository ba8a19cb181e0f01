import { FlowSchedule, Mapping, ScheduledFlow, ScheduleTime } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.hours(1), { startTime: ScheduleTime.epochSeconds(Date.UTC(2100, 0)) }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.hours(1), { startTime: ScheduleTime.at(new Date('2100-01-01')) }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.hours(1), {
        startTime: ScheduleTime.epochSeconds(tokens.number()),
        endTime: ScheduleTime.epochSeconds(tokens.number()),
        firstExecutionFrom: ScheduleTime.epochSeconds(tokens.number()),
      }),
      tasks: [Mapping.all()],
    });
  },
};
