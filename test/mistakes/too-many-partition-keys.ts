import { Mapping, OnDemandFlow, Partition } from 'appflow-constructs';
import { Annotations } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    const flow = new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all(), Partition.keys(...'abcdefghijk')] });
    Annotations.of(flow).acknowledgeWarning('appflow-constructs:task-encoding-inferred');
  },
  right(stack) {
    const flow = new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all(), Partition.keys(...'abcdefghij')] });
    Annotations.of(flow).acknowledgeWarning('appflow-constructs:task-encoding-inferred');
  },
  withTokens(stack, tokens) {
    const flow = new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all(), Partition.keys(...tokens.list())] });
    Annotations.of(flow).acknowledgeWarning('appflow-constructs:task-encoding-inferred');
  },
};
