import { Mapping, OnDemandFlow } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()], description: 'Opportunities: won & lost' });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()], description: 'Opportunities, won and lost.' });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()], description: tokens.text() });
  },
};
