import { EventBridgeDestination, PartnerEventSource } from 'appflow-constructs';
import { type ConnectorExample } from '../connector-example';

export const example: ConnectorExample = {
  flows: {
    'destination, with an event bus': (parts) => parts.eventsTo(EventBridgeDestination.withEventBus(PartnerEventSource.salesforce('orders'))),
    'destination, with a place for large events': (parts) => parts.eventsTo(
      EventBridgeDestination.withEventBus(PartnerEventSource.salesforce('large-orders'), {
        largeEventHandling: { bucket: parts.bucket, prefix: 'large' },
        failOnFirstDestinationError: true,
      }),
    ),
  },
};
