import { EventBridgeDestination, PartnerEventSource } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceEvents } from '../samples';

const flowTo = (stack: Stack, name: string) => salesforceEvents(stack, new EventBridgeDestination(PartnerEventSource.fromName(name)));

export const mistake: Mistake = {
  wrong(stack) {
    flowTo(stack, 'orders');
  },
  right(stack) {
    flowTo(stack, 'aws.partner/appflow/salesforce.com/111111111111/orders');
  },
  withTokens(stack, tokens) {
    flowTo(stack, tokens.text());
  },
};
