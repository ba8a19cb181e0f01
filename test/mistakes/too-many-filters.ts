import { Mapping, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    const { source, destination } = salesforceToS3(stack);
    const filters = Array.from({ length: 11 }, (_, index) => source.filter.equalTo(`Field${index}__c`, index));
    new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all(), ...filters] });
  },
  right(stack) {
    const { source, destination } = salesforceToS3(stack);
    const filters = Array.from({ length: 10 }, (_, index) => source.filter.equalTo(`Field${index}__c`, index));
    new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all(), ...filters] });
  },
  withTokens(stack, tokens) {
    const { source, destination } = salesforceToS3(stack);
    const filters = Array.from({ length: 11 }, () => new RawTask({ taskType: tokens.text(), sourceFields: ['Name'], operator: tokens.text() }));
    new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all(), ...filters] });
  },
};
