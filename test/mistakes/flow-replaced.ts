import { locked } from '../fixtures/flow-locks/flow';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appflow-flow.html',
  wrong: (stack) => locked(stack, 'copies.json', { flowName: 'copies-2', prefix: 'elsewhere' }),
  right: (stack) => locked(stack, 'copies.json'),
  withTokens: (stack, tokens) => locked(stack, 'text.json', { flowName: tokens.text(), prefix: tokens.text() }),
};
