import { Mapping, OnDemandFlow, Partition, RawTask } from 'appflow-constructs';
import { Annotations } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { s3ToS3, s3ToSalesforce } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    const flow = new OnDemandFlow(stack, 'Flow', { ...s3ToSalesforce(stack), tasks: [Mapping.all(), Partition.keys('Country')] });
    Annotations.of(flow).acknowledgeWarning('appflow-constructs:task-encoding-inferred');
  },
  right(stack) {
    const flow = new OnDemandFlow(stack, 'Flow', { ...s3ToS3(stack), tasks: [Mapping.all(), Partition.keys('Country')] });
    Annotations.of(flow).acknowledgeWarning('appflow-constructs:task-encoding-inferred');
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToSalesforce(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: tokens.text(), taskProperties: { ORDERED_PARTITION_KEYS_LIST: tokens.text() } }),
      ],
    });
  },
};
