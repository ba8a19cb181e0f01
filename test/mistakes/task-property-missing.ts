import { Mapping, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Mask', sourceFields: ['Phone'], operator: 'MASK_LAST_N', taskProperties: { MASK_VALUE: '*' } }),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Mask', sourceFields: ['Phone'], operator: 'MASK_LAST_N', taskProperties: { MASK_VALUE: '*', MASK_LENGTH: '4' } }),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Mask', sourceFields: ['Phone'], operator: 'MASK_LAST_N', taskProperties: { [tokens.text()]: '4' } }),
        new RawTask({ taskType: 'Mask', sourceFields: ['Name'], operator: tokens.text(), taskProperties: { MASK_VALUE: '*' } }),
        new RawTask({ taskType: tokens.text(), sourceFields: ['Name'], operator: 'NO_OP' }),
      ],
    });
  },
};
