import { EventBridgeDestination, EventFlow, Mapping, OnDemandFlow, PartnerEventSource, SalesforceSource } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceProfile } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      source: new SalesforceSource(salesforceProfile(stack), { object: 'Order__e' }),
      destination: new EventBridgeDestination(PartnerEventSource.salesforce('orders')),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new EventFlow(stack, 'Flow', {
      source: new SalesforceSource(salesforceProfile(stack), { object: 'Order__e' }),
      destination: new EventBridgeDestination(PartnerEventSource.salesforce('orders')),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new EventFlow(stack, 'Flow', {
      source: new SalesforceSource(salesforceProfile(stack), { object: tokens.text() }),
      destination: new EventBridgeDestination(PartnerEventSource.salesforce(tokens.text())),
      tasks: [Mapping.all()],
    });
  },
};
