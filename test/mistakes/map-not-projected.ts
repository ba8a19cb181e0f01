import { Mapping, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Filter', sourceFields: ['Id', 'Name'], operator: 'PROJECTION' }),
        Mapping.fields(['Id', 'Name', 'Amount']),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Filter', sourceFields: ['Id', 'Name', 'Amount'], operator: 'PROJECTION' }),
        Mapping.fields(['Id', 'Name', 'Amount']),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Filter', sourceFields: ['Id', tokens.text()], operator: 'PROJECTION' }),
        Mapping.fields(['Id', 'Amount', tokens.text()]),
      ],
    });
  },
};
