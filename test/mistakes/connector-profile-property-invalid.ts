import { ConnectorProfile, SalesforceConnection } from 'appflow-constructs';
import { SecretValue } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  wrong(stack) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ instanceUrl: 'https://acme.my.salesforce.com (production)', refreshToken: SecretValue.secretsManager('salesforce') }),
    });
  },
  right(stack) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ instanceUrl: 'https://acme.my.salesforce.com', refreshToken: SecretValue.secretsManager('salesforce') }),
    });
  },
  withTokens(stack, tokens) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ instanceUrl: tokens.text(), refreshToken: SecretValue.secretsManager('salesforce') }),
    });
  },
};
