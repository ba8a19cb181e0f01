import { Mapping, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({
          taskType: 'Filter',
          sourceFields: ['Amount'],
          operator: 'BETWEEN',
          taskProperties: { DATA_TYPE: 'double', VALUE: '100' },
        }),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({
          taskType: 'Filter',
          sourceFields: ['Amount'],
          operator: 'BETWEEN',
          taskProperties: { DATA_TYPE: 'double', LOWER_BOUND: '100', UPPER_BOUND: '200' },
        }),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({
          taskType: 'Filter',
          sourceFields: ['Amount'],
          operator: 'BETWEEN',
          taskProperties: { [tokens.text()]: 'double', [tokens.text()]: '100', [tokens.text()]: '200' },
        }),
      ],
    });
  },
};
