import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { backfilled } from '../samples';

export const mistake: Mistake = {
  source: 'the construct itself: each window is a run, and takes at least half a minute',
  wrong(stack) {
    backfilled(stack, { window: Duration.minutes(5) });
  },
  right(stack) {
    backfilled(stack, { window: Duration.days(1) });
  },
  withTokens(stack, tokens) {
    backfilled(stack, { window: Duration.seconds(tokens.number()) });
  },
};
