import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { backfilled } from '../samples';

export const mistake: Mistake = {
  source: 'the construct itself: there is one custom resource for each 48 minutes',
  wrong(stack) {
    backfilled(stack, { timeout: Duration.days(2) });
  },
  right(stack) {
    backfilled(stack, { timeout: Duration.hours(24) });
  },
  withTokens(stack, tokens) {
    backfilled(stack, { window: Duration.seconds(tokens.number()), timeout: Duration.hours(24) });
  },
};
