import { ConnectorProfile, SalesforceConnection } from 'appflow-constructs';
import { SecretValue } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  wrong(stack) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('salesforce') }),
      connectorProfileName: 'acme production',
    });
  },
  right(stack) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('salesforce') }),
      connectorProfileName: 'acme-production',
    });
  },
  withTokens(stack, tokens) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('salesforce') }),
      connectorProfileName: tokens.text(),
    });
  },
};
