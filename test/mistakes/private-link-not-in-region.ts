import { ConnectionMode, ConnectorProfile, SalesforceConnection } from 'appflow-constructs';
import { SecretValue, Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  wrong(stack) {
    const regional = new Stack(stack, 'Regional', { env: { region: 'eu-west-1' } });
    new ConnectorProfile(regional, 'Profile', {
      connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('salesforce') }),
      connectionMode: ConnectionMode.PRIVATE,
    });
  },
  right(stack) {
    const regional = new Stack(stack, 'Regional', { env: { region: 'eu-central-1' } });
    new ConnectorProfile(regional, 'Profile', {
      connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('salesforce') }),
      connectionMode: ConnectionMode.PRIVATE,
    });
  },
  withTokens(stack) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('salesforce') }),
      connectionMode: ConnectionMode.PRIVATE,
    });
  },
};
