import { Mapping, OnDemandFlow } from 'appflow-constructs';
import { Lazy } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_Task.html (the properties of a task are texts)',
  wrong(stack) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all(), source.filter.equalTo('CloseDate', new Date('tomorrow'))] });
  },
  right(stack) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all(), source.filter.equalTo('CloseDate', new Date('2026-01-01'))] });
  },
  withTokens(stack, tokens) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', {
      source,
      destination,
      tasks: [
        Mapping.all(),
        source.filter.equalTo('Name', tokens.text()),
        source.filter.equalTo('Amount', tokens.number()),
        source.filter.equalToAny('Amount', [tokens.number(), tokens.text(), Lazy.any({ produce: () => 'any' })]),
        source.filter.between('Amount', tokens.number(), tokens.number()),
      ],
    });
  },
};
