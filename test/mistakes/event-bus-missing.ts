import { EventBridgeDestination, PartnerEventSource } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import type { Mistake } from '../mistake';
import { salesforceEvents } from '../samples';

const ruleOn = (stack: Stack, { eventBus }: EventBridgeDestination) => new Rule(stack, 'Rule', { eventBus, eventPattern: { source: ['orders'] } });

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html',
  wrong(stack) {
    const destination = EventBridgeDestination.withEventBus(PartnerEventSource.salesforce('orders'));
    ruleOn(stack, destination);
    salesforceEvents(stack, destination);
  },
  right(stack) {
    const destination = EventBridgeDestination.withEventBus(PartnerEventSource.salesforce('orders'));
    salesforceEvents(stack, destination);
    ruleOn(stack, destination);
  },
  withTokens(stack, tokens) {
    const destination = EventBridgeDestination.withEventBus(PartnerEventSource.salesforce(tokens.text()));
    salesforceEvents(stack, destination);
    ruleOn(stack, destination);
  },
};
