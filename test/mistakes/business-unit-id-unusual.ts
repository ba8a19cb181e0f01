import { ConnectorProfile, PardotConnection } from 'appflow-constructs';
import { SecretValue, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

function profile(stack: Stack, businessUnitId: string) {
  new ConnectorProfile(stack, 'Profile', {
    connection: PardotConnection.refreshToken({ businessUnitId, refreshToken: SecretValue.secretsManager('pardot') }),
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    profile(stack, '00D5w0000008OkVEAU');
  },
  right(stack) {
    profile(stack, '0Uv5w0000008OkVCAU');
  },
  withTokens(stack, tokens) {
    profile(stack, tokens.text());
  },
};
