import { Mapping, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Mask', sourceFields: ['Phone'], taskProperties: { MASK_VALUE: '*' } }),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Mask', sourceFields: ['Phone'], operator: 'MASK_ALL', taskProperties: { MASK_VALUE: '*' } }),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Mask', sourceFields: ['Phone'], operator: tokens.text(), taskProperties: { MASK_VALUE: '*' } }),
        new RawTask({ taskType: tokens.text(), sourceFields: ['Phone'], taskProperties: { MASK_VALUE: '*' } }),
      ],
    });
  },
};
