import { ConnectorProfile, SapODataConnection } from 'appflow-constructs';
import { SecretValue, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

function sap(stack: Stack, redirectUri?: string) {
  new ConnectorProfile(stack, 'Profile', {
    connection: SapODataConnection.oAuth({
      applicationHostUrl: 'https://sap.acme.example.com',
      applicationServicePath: '/sap/opu/odata/iwfnd/catalogservice;v=2',
      clientNumber: '100',
      clientId: 'appflow',
      clientSecret: SecretValue.secretsManager('credentials', { jsonField: 'clientSecret' }),
      tokenUrl: 'https://sap.acme.example.com/token',
      authCodeUrl: 'https://sap.acme.example.com/authorize',
      oAuthScopes: ['ZAPI_SALES_ORDER_SRV_0001'],
      authCode: SecretValue.secretsManager('credentials', { jsonField: 'authCode' }),
      redirectUri,
    }),
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    sap(stack);
  },
  right(stack) {
    sap(stack, 'https://acme.example.com/callback');
  },
  withTokens(stack, tokens) {
    sap(stack, tokens.text());
  },
};
