import { ConnectionMode, ConnectorProfile, SapODataConnection } from 'appflow-constructs';
import { SecretValue, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

function sap(stack: Stack, privateLinkServiceName: string) {
  new ConnectorProfile(stack, 'Profile', {
    connection: SapODataConnection.basic({
      applicationHostUrl: 'https://sap.example.com',
      applicationServicePath: '/sap/opu/odata/iwfnd/catalogservice;v=2',
      clientNumber: '100',
      username: 'appflow',
      password: SecretValue.secretsManager('sap'),
      privateLinkServiceName,
    }),
    connectionMode: ConnectionMode.PRIVATE,
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    sap(stack, 'vpce-svc-0123456789abcdef0');
  },
  right(stack) {
    sap(stack, 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0');
  },
  withTokens(stack, tokens) {
    sap(stack, tokens.text());
  },
};
