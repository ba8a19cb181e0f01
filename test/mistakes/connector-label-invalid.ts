import { ConnectorProfile, CustomConnectorConnection } from 'appflow-constructs';
import { SecretValue } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

const apiKey = { apiKey: SecretValue.secretsManager('billing', { jsonField: 'key' }) };

export const mistake: Mistake = {
  wrong(stack) {
    new ConnectorProfile(stack, 'Profile', { connection: CustomConnectorConnection.apiKey({ connectorLabel: 'Our Billing', ...apiKey }) });
  },
  right(stack) {
    new ConnectorProfile(stack, 'Profile', { connection: CustomConnectorConnection.apiKey({ connectorLabel: 'OurBilling', ...apiKey }) });
  },
  withTokens(stack, tokens) {
    new ConnectorProfile(stack, 'Profile', { connection: CustomConnectorConnection.apiKey({ connectorLabel: tokens.text(), ...apiKey }) });
  },
};
