import { locked } from '../fixtures/flow-locks/flow';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  source: 'https://github.com/hashicorp/terraform-provider-aws/issues/42482',
  wrong: (stack) => locked(stack, 'copies.json', { prefix: 'elsewhere' }),
  right: (stack) => locked(stack, 'copies.json'),
  withTokens: (stack, tokens) => locked(stack, 'text.json', { flowName: 'text', prefix: tokens.text() }),
};
