import { ConnectionMode, ConnectorProfile, SalesforceConnection } from 'appflow-constructs';
import { SecretValue } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  wrong(stack) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ usePrivateLinkForMetadataAndAuthorization: true, refreshToken: SecretValue.secretsManager('salesforce') }),
    });
  },
  right(stack) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ usePrivateLinkForMetadataAndAuthorization: true, refreshToken: SecretValue.secretsManager('salesforce') }),
      connectionMode: ConnectionMode.PRIVATE,
    });
  },
  withTokens(stack, tokens) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ usePrivateLinkForMetadataAndAuthorization: true, refreshToken: SecretValue.secretsManager('salesforce') }),
      connectionMode: tokens.text() as ConnectionMode,
    });
  },
};
