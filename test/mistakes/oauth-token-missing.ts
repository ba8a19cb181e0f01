import { ConnectorProfile, ServiceNowConnection, type ServiceNowOAuth2Options } from 'appflow-constructs';
import { SecretValue, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

function serviceNow(stack: Stack, options: Partial<ServiceNowOAuth2Options> = {}) {
  new ConnectorProfile(stack, 'Profile', {
    connection: ServiceNowConnection.oAuth2({
      instanceUrl: 'https://acme.service-now.com',
      clientId: '7c3a1f',
      clientSecret: SecretValue.secretsManager('credentials', { jsonField: 'clientSecret' }),
      ...options,
    }),
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    serviceNow(stack);
  },
  right(stack) {
    serviceNow(stack, { refreshToken: SecretValue.secretsManager('credentials', { jsonField: 'refreshToken' }) });
  },
  withTokens(stack, tokens) {
    serviceNow(stack, { authCode: SecretValue.secretsManager(tokens.text()), redirectUri: tokens.text() });
  },
};
