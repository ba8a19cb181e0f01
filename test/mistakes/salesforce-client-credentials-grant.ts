import { ConnectorProfile, SalesforceConnection } from 'appflow-constructs';
import { SecretValue } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  wrong(stack) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.clientCredentials({ clientCredentials: new Secret(stack, 'ConnectedApp') }),
    });
  },
  right(stack) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({
        refreshToken: SecretValue.secretsManager('salesforce'),
        clientCredentials: new Secret(stack, 'ConnectedApp'),
      }),
    });
  },
  withTokens(stack, tokens) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.jwtBearer({
        instanceUrl: tokens.text(),
        jwtToken: SecretValue.secretsManager(tokens.text()),
        clientCredentials: new Secret(stack, 'ConnectedApp', { secretName: tokens.text() }),
      }),
    });
  },
};
