import { ScheduleTime } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { backfilled } from '../samples';

export const mistake: Mistake = {
  source: 'the construct itself: it looks at a run every half minute',
  wrong(stack) {
    backfilled(stack, { from: ScheduleTime.iso('2006-01-01T00:00:00Z'), window: Duration.days(1) });
  },
  right(stack) {
    backfilled(stack, { from: ScheduleTime.iso('2006-01-01T00:00:00Z') });
  },
  withTokens(stack, tokens) {
    backfilled(stack, { from: ScheduleTime.epochSeconds(tokens.number()), window: Duration.seconds(tokens.number()) });
  },
};
