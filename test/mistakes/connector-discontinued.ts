import { ConnectorProfile, HoneycodeDestination, Mapping, OnDemandFlow, S3Destination, S3Source } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { lake } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    const honeycode = ConnectorProfile.fromConnectorProfileName(stack, 'Honeycode', 'honeycode');
    new OnDemandFlow(stack, 'Flow', {
      source: new S3Source(lake(stack), { prefix: 'in' }),
      destination: new HoneycodeDestination(honeycode, { object: 'tables' }),
      tasks: [Mapping.fields(['Id'])],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      source: new S3Source(lake(stack), { prefix: 'in' }),
      destination: new S3Destination(lake(stack)),
      tasks: [Mapping.fields(['Id'])],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      source: new S3Source(lake(stack), { prefix: tokens.text() }),
      destination: new S3Destination(lake(stack)),
      tasks: [Mapping.fields(['Id'])],
    });
  },
};
