import { ConnectorProfile, Provisioning, SalesforceConnection } from 'appflow-constructs';
import { SecretValue, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

function profile(stack: Stack, refreshToken: SecretValue) {
  new ConnectorProfile(stack, 'Profile', {
    connection: SalesforceConnection.refreshToken({ refreshToken }),
    provisioning: Provisioning.byCustomResource(),
  });
}

export const mistake: Mistake = {
  source: 'how the custom resource works: its handler reads credentials in AWS Secrets Manager, so that no event and no log holds them',
  wrong(stack) {
    profile(stack, SecretValue.ssmSecure('/salesforce/refresh-token'));
  },
  right(stack) {
    profile(stack, SecretValue.secretsManager('salesforce', { jsonField: 'refreshToken' }));
  },
  withTokens(stack, tokens) {
    profile(stack, SecretValue.secretsManager(tokens.text(), { jsonField: 'refreshToken' }));
  },
};
