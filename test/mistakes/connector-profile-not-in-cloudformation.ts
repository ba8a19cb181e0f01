import { ConnectorProfile, HoneycodeConnection, Provisioning } from 'appflow-constructs';
import { SecretValue } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

const connection = (secretId = 'honeycode') => HoneycodeConnection.accessToken({ accessToken: SecretValue.secretsManager(secretId) });

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appflow-connectorprofile.html',
  wrong(stack) {
    new ConnectorProfile(stack, 'Profile', { connection: connection(), provisioning: Provisioning.byCloudFormation() });
  },
  right(stack) {
    new ConnectorProfile(stack, 'Profile', { connection: connection(), provisioning: Provisioning.byCustomResource() });
  },
  withTokens(stack, tokens) {
    new ConnectorProfile(stack, 'Profile', { connection: connection(tokens.text()), connectorProfileName: tokens.text() });
  },
};
