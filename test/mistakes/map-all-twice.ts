import { Mapping, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all({ exclude: ['Fax'] }),
        Mapping.all({ exclude: ['Phone'] }),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all({ exclude: ['Fax', 'Phone'] })] });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all({ exclude: tokens.list() }),
        new RawTask({ taskType: tokens.text(), operator: 'NO_OP' }),
      ],
    });
  },
};
