import { FlowSchedule, ScheduleTime } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { backfilled } from '../samples';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/latest/userguide/flow-triggers.html (the first run of a flow starts to read at one time)',
  wrong(stack) {
    backfilled(stack, {}, { schedule: FlowSchedule.every(Duration.hours(1), { firstExecutionFrom: ScheduleTime.iso('2026-01-01T00:00:00Z') }) });
  },
  right(stack) {
    backfilled(stack, {}, { schedule: FlowSchedule.every(Duration.hours(1)) });
  },
  withTokens(stack, tokens) {
    backfilled(stack, {}, { schedule: FlowSchedule.every(Duration.hours(1), { endTime: ScheduleTime.epochSeconds(tokens.number()) }) });
  },
};
