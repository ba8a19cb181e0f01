import { AppFlowValidationPlugin } from 'appflow-constructs';
import { Validations } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  source: 'the rules of this library, which docs/errors.md lists',
  wrong(stack) {
    Validations.of(stack).addPlugins(new AppFlowValidationPlugin({ suppress: ['schedule-rate-speling'] }));
  },
  right(stack) {
    Validations.of(stack).addPlugins(new AppFlowValidationPlugin({ suppress: ['schedule-rate-spelling'] }));
  },
  withTokens(stack, tokens) {
    Validations.of(stack).addPlugins(new AppFlowValidationPlugin({ suppress: [tokens.text()] }));
  },
};
