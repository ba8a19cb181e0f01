import { ConnectorProfile, SlackConnection } from 'appflow-constructs';
import { SecretValue, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

function slack(stack: Stack, clientId: string) {
  new ConnectorProfile(stack, 'Profile', {
    connection: SlackConnection.accessToken({
      instanceUrl: 'https://acme.slack.com',
      clientId,
      clientSecret: SecretValue.secretsManager('slack', { jsonField: 'clientSecret' }),
      accessToken: SecretValue.secretsManager('slack', { jsonField: 'accessToken' }),
    }),
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    slack(stack, '123.456 (production)');
  },
  right(stack) {
    slack(stack, '123.456');
  },
  withTokens(stack, tokens) {
    slack(stack, tokens.text());
  },
};
