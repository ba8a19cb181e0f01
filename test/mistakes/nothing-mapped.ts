import { Mapping, Mask, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mask.all('Phone')] });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.field('Phone'), Mask.all('Phone')] });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: tokens.text(), sourceFields: tokens.list() }),
        Mask.all('Phone'),
      ],
    });
  },
};
