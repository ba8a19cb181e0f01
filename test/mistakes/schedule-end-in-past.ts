import { FlowSchedule, Mapping, ScheduledFlow, ScheduleTime } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.days(1), { endTime: ScheduleTime.at(new Date('2020-12-31T00:00:00Z')) }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.days(1), { endTime: ScheduleTime.at(new Date('2090-12-31T00:00:00Z')) }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.days(1), { endTime: ScheduleTime.epochSeconds(tokens.number()) }),
      tasks: [Mapping.all()],
    });
  },
};
