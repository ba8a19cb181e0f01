import { FlowSchedule, Mapping, ScheduledFlow, ScheduleTime } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.days(1), { startTime: ScheduleTime.iso('2020-01-01T02:00:00+02:00') }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.days(1), { startTime: ScheduleTime.iso('2090-01-01T02:00:00+02:00') }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.days(1), { startTime: ScheduleTime.epochSeconds(tokens.number()) }),
      tasks: [Mapping.all()],
    });
  },
};
