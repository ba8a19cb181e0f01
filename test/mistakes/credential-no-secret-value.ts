import { ConnectorProfile, SalesforceConnection } from 'appflow-constructs';
import { SecretValue } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.SecretValue.html',
  wrong(stack) {
    new ConnectorProfile(stack, 'Profile', {
      // As users write it in languages without types.
      connection: SalesforceConnection.refreshToken({ refreshToken: '5Aep861' as unknown as SecretValue }),
    });
  },
  right(stack) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('salesforce', { jsonField: 'refreshToken' }) }),
    });
  },
  withTokens(stack, tokens) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager(tokens.text()) }),
    });
  },
};
