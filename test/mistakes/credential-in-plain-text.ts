import { ConnectorProfile, SalesforceConnection } from 'appflow-constructs';
import { CfnParameter, Fn, SecretValue } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html',
  wrong(stack) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.unsafePlainText('5Aep861') }),
    });
  },
  right(stack) {
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('salesforce', { jsonField: 'refreshToken' }) }),
    });
  },
  withTokens(stack) {
    const parameter = new CfnParameter(stack, 'RefreshToken', { noEcho: true });
    new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.cfnParameter(parameter), accessToken: SecretValue.unsafePlainText(Fn.importValue('token')) }),
    });
  },
};
