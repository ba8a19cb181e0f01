import { EventBridgeDestination, FlowActivation, FlowActivationState, PartnerEventSource } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceEvents } from '../samples';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appflow-flow.html and https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html',
  wrong(stack) {
    salesforceEvents(stack, EventBridgeDestination.withEventBus(PartnerEventSource.salesforce('orders')), FlowActivation.byCloudFormation());
  },
  right(stack) {
    salesforceEvents(
      stack, EventBridgeDestination.withEventBus(PartnerEventSource.salesforce('orders')), FlowActivation.byCloudFormation(FlowActivationState.SUSPENDED),
    );
  },
  withTokens(stack, tokens) {
    salesforceEvents(stack, EventBridgeDestination.withEventBus(PartnerEventSource.fromName(tokens.text())), FlowActivation.manual());
  },
};
