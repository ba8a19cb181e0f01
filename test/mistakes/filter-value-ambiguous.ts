import { Mapping, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Filter', sourceFields: ['Id'], operator: 'EQUAL_TO', taskProperties: { DATA_TYPE: 'id', VALUE: '1', VALUES: '1,2' } }),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Filter', sourceFields: ['Id'], operator: 'EQUAL_TO', taskProperties: { DATA_TYPE: 'id', VALUES: '1,2' } }),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Filter', sourceFields: ['Id'], operator: 'EQUAL_TO', taskProperties: { DATA_TYPE: 'id', VALUE: '1', [tokens.text()]: '1,2' } }),
      ],
    });
  },
};
