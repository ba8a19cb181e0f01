import { Mapping, Mask, OnDemandFlow } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all(), Mask.all('Phone', { character: '' })] });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all(), Mask.all('Phone', { character: '#' })] });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.field(tokens.text(), { destinationField: tokens.text() }),
        Mask.all(tokens.text(), { character: tokens.text() }),
      ],
    });
  },
};
