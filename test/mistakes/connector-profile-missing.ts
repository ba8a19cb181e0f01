import { ConnectorProfile, Mapping, OnDemandFlow, SalesforceSource } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    const profile = undefined as unknown as ConnectorProfile;
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(profile, { object: 'Opportunity' }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    const profile = ConnectorProfile.fromConnectorProfileName(stack, 'Profile', 'acme');
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(profile, { object: 'Opportunity' }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    const profile = ConnectorProfile.fromConnectorProfileName(stack, 'Profile', tokens.text());
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(profile, { object: 'Opportunity' }),
      tasks: [Mapping.all()],
    });
  },
};
