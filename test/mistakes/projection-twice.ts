import { Mapping, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Filter', sourceFields: ['Id'], operator: 'PROJECTION' }),
        new RawTask({ taskType: 'Filter', sourceFields: ['Name'], operator: 'PROJECTION' }),
        Mapping.fields(['Id', 'Name']),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Filter', sourceFields: ['Id', 'Name'], operator: 'PROJECTION' }),
        Mapping.fields(['Id', 'Name']),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Filter', sourceFields: ['Id'], operator: 'PROJECTION' }),
        new RawTask({ taskType: tokens.text(), sourceFields: ['Name'], operator: 'PROJECTION' }),
        new RawTask({ taskType: 'Filter', sourceFields: ['Name'], operator: tokens.text() }),
        Mapping.fields(['Id', 'Name']),
      ],
    });
  },
};
