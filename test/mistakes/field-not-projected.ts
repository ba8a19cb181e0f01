import { Mapping, Mask, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Filter', sourceFields: ['Name'], operator: 'PROJECTION' }),
        Mapping.field('Name'),
        Mask.all('Phone'),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Filter', sourceFields: ['Name'], operator: 'PROJECTION' }),
        Mapping.field('Name'),
        Mask.all('Name'),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Filter', sourceFields: ['Name'], operator: 'PROJECTION' }),
        Mapping.field('Name'),
        Mask.all(tokens.text()),
      ],
    });
  },
};
