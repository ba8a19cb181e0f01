import { ConnectionMode, ConnectorProfile, type ConnectorProfileProps, SlackConnection } from 'appflow-constructs';
import { SecretValue } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

const slack = (instanceUrl: string): ConnectorProfileProps => ({
  connection: SlackConnection.accessToken({
    instanceUrl,
    clientId: '123.456',
    clientSecret: SecretValue.secretsManager('slack', { jsonField: 'clientSecret' }),
    accessToken: SecretValue.secretsManager('slack', { jsonField: 'accessToken' }),
  }),
});

export const mistake: Mistake = {
  wrong(stack) {
    new ConnectorProfile(stack, 'Profile', { ...slack('https://acme.slack.com'), connectionMode: ConnectionMode.PRIVATE });
  },
  right(stack) {
    new ConnectorProfile(stack, 'Profile', { ...slack('https://acme.slack.com'), connectionMode: ConnectionMode.PUBLIC });
  },
  withTokens(stack, tokens) {
    new ConnectorProfile(stack, 'Profile', slack(tokens.text()));
  },
};
