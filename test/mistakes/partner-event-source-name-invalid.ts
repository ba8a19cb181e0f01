import { EventBridgeDestination, PartnerEventSource } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceEvents } from '../samples';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html',
  wrong(stack) {
    salesforceEvents(stack, EventBridgeDestination.withEventBus(PartnerEventSource.fromName('orders')));
  },
  right(stack) {
    salesforceEvents(stack, EventBridgeDestination.withEventBus(PartnerEventSource.salesforce('orders')));
  },
  withTokens(stack, tokens) {
    salesforceEvents(stack, EventBridgeDestination.withEventBus(PartnerEventSource.fromName(tokens.text())));
  },
};
