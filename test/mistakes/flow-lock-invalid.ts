import { locked } from '../fixtures/flow-locks/flow';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  source: 'the lock file itself',
  wrong: (stack) => locked(stack, 'conflict.json'),
  right: (stack) => locked(stack, 'copies.json'),
  withTokens: (stack, tokens) => locked(stack, 'text.json', { flowName: tokens.text(), prefix: tokens.text() }),
};
