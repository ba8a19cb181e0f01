import { FlowSchedule, Mapping, ScheduledFlow, ScheduleTime } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.hours(1), {
        startTime: ScheduleTime.iso('2100-01-01T00:00:00Z'),
        firstExecutionFrom: ScheduleTime.iso('2100-02-01T00:00:00Z'),
      }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.hours(1), {
        startTime: ScheduleTime.iso('2100-02-01T00:00:00Z'),
        firstExecutionFrom: ScheduleTime.iso('2100-01-01T00:00:00Z'),
      }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.hours(1), {
        startTime: ScheduleTime.epochSeconds(tokens.number()),
        firstExecutionFrom: ScheduleTime.iso('2100-02-01T00:00:00Z'),
      }),
      tasks: [Mapping.all()],
    });
  },
};
