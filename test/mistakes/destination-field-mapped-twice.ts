import { Mapping, OnDemandFlow } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.field('Name'),
        Mapping.field('Title__c', { destinationField: 'Name' }),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.field('Name'),
        Mapping.field('Title__c', { destinationField: 'Title' }),
      ],
    });
  },
  withTokens(stack, tokens) {
    const field = tokens.text();
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.field('Name', { destinationField: field }),
        Mapping.field('Title__c', { destinationField: field }),
      ],
    });
  },
};
