import { Mapping, OnDemandFlow, SalesforceSource } from 'appflow-constructs';
import { CfnConnectorProfile } from 'aws-cdk-lib/aws-appflow';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    const profile = new CfnConnectorProfile(stack, 'Profile', { connectorProfileName: 'acme', connectorType: 'Zendesk', connectionMode: 'Public' });
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(profile, { object: 'Opportunity' }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    const profile = new CfnConnectorProfile(stack, 'Profile', {
      connectorProfileName: 'acme',
      connectorType: 'Salesforce',
      connectionMode: 'Public',
      connectorProfileConfig: {
        connectorProfileProperties: { salesforce: { instanceUrl: 'https://acme.my.salesforce.com' } },
        connectorProfileCredentials: { salesforce: { refreshToken: '{{resolve:secretsmanager:acme}}' } },
      },
    });
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(profile, { object: 'Opportunity' }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    const profile = new CfnConnectorProfile(stack, 'Profile', { connectorProfileName: tokens.text(), connectorType: tokens.text(), connectionMode: 'Public' });
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(profile, { object: 'Opportunity' }),
      tasks: [Mapping.all()],
    });
  },
};
