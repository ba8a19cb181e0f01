import { CustomerProfilesDestination } from 'appflow-constructs';
import type { ConnectorExample } from '../connector-example';

export const example: ConnectorExample = {
  flows: {
    'destination': (parts) => parts.to(new CustomerProfilesDestination({ domainName: 'acme' })),
    'destination, with an object type': (parts) => parts.to(new CustomerProfilesDestination({ domainName: 'acme', objectTypeName: 'Customer' })),
  },
};
