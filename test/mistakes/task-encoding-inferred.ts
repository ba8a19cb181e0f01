import { Mapping, OnDemandFlow, Partition, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all(), Partition.keys('StageName')] });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()] });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: tokens.text(), taskProperties: { ORDERED_PARTITION_KEYS_LIST: tokens.text() } }),
      ],
    });
  },
};
