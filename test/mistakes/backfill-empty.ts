import { ScheduleTime } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { backfilled } from '../samples';

export const mistake: Mistake = {
  source: 'the construct itself: between two times there is something only if the one is before the other',
  wrong(stack) {
    backfilled(stack, { from: ScheduleTime.iso('2026-07-01T00:00:00Z'), to: ScheduleTime.iso('2026-01-01T00:00:00Z') });
  },
  right(stack) {
    backfilled(stack, { from: ScheduleTime.iso('2026-01-01T00:00:00Z'), to: ScheduleTime.iso('2026-07-01T00:00:00Z') });
  },
  withTokens(stack, tokens) {
    backfilled(stack, { from: ScheduleTime.epochSeconds(tokens.number()) });
  },
};
