import { Mapping, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { s3ToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({
          taskType: 'Filter',
          sourceFields: ['Country'],
          operator: 'CONTAINS',
          taskProperties: { DATA_TYPE: 'string', VALUE: 'AT' },
        }),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({
          taskType: 'Filter',
          sourceFields: ['Country'],
          operator: 'EQUAL_TO',
          taskProperties: { DATA_TYPE: 'string', VALUE: 'AT' },
        }),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({
          taskType: 'Filter',
          sourceFields: ['Country'],
          operator: tokens.text(),
          taskProperties: { DATA_TYPE: 'string', VALUE: 'AT' },
        }),
      ],
    });
  },
};
