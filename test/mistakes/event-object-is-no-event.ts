import { EventFlow, Mapping, SalesforceSource } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceProfile, salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new EventFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(salesforceProfile(stack), { object: 'Order__c' }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new EventFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(salesforceProfile(stack), { object: 'Order__ChangeEvent' }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new EventFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(salesforceProfile(stack), { object: tokens.text() }),
      tasks: [Mapping.all()],
    });
  },
};
