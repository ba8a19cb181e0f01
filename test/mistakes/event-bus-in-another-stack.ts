import { EventBridgeDestination, PartnerEventSource } from 'appflow-constructs';
import { App, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Mistake } from '../mistake';
import { salesforceEvents } from '../samples';

const busAndFlow = (busStack: Stack, flowStack: Stack, source: PartnerEventSource) => {
  const eventBus = new EventBus(busStack, 'Bus', { eventSourceName: source.name });
  salesforceEvents(flowStack, new EventBridgeDestination(source, { eventBus }));
};

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html',
  wrong(stack) {
    busAndFlow(new Stack(App.of(stack), 'Events'), stack, PartnerEventSource.salesforce('orders'));
  },
  right(stack) {
    busAndFlow(stack, stack, PartnerEventSource.salesforce('orders'));
  },
  withTokens(stack, tokens) {
    busAndFlow(stack, stack, PartnerEventSource.fromName(tokens.text()));
  },
};
