import { ScheduleTime } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { backfilled } from '../samples';

export const mistake: Mistake = {
  source: 'the construct itself: such a time belongs to a schedule, and a backfill has none',
  wrong(stack) {
    backfilled(stack, { to: ScheduleTime.nextUtc('02:00') });
  },
  right(stack) {
    backfilled(stack, { to: undefined });
  },
  withTokens(stack, tokens) {
    backfilled(stack, { from: ScheduleTime.epochSeconds(tokens.number()), to: ScheduleTime.epochSeconds(tokens.number()) });
  },
};
