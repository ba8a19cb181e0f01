import { DataPull, FlowSchedule, Mapping, ScheduledFlow, ScheduleTime } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.days(1), {
        offset: Duration.minutes(30),
        firstExecutionFrom: ScheduleTime.iso('2024-01-01T00:00:00Z'),
      }),
      pull: DataPull.complete(),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.days(1), {
        offset: Duration.minutes(30),
        firstExecutionFrom: ScheduleTime.iso('2024-01-01T00:00:00Z'),
      }),
      pull: DataPull.incremental(),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.days(1), {
        offset: Duration.seconds(tokens.number()),
        firstExecutionFrom: ScheduleTime.epochSeconds(tokens.number()),
      }),
      pull: DataPull.complete(),
      tasks: [Mapping.all()],
    });
  },
};
