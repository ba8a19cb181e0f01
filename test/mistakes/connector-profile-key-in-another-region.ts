import { ConnectorProfile, SalesforceConnection } from 'appflow-constructs';
import { Annotations, SecretValue, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Mistake } from '../mistake';

function profile(stack: Stack, keyArn: string) {
  new ConnectorProfile(stack, 'Profile', {
    connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('salesforce') }),
    encryptionKey: Key.fromKeyArn(stack, 'Key', keyArn),
  });
  Annotations.of(stack).acknowledgeWarning('appflow-constructs:resource-policy-not-changed');
}

const frankfurt = (stack: Stack) => new Stack(stack, 'Frankfurt', { env: { account: '111122223333', region: 'eu-central-1' } });

export const mistake: Mistake = {
  wrong(stack) {
    profile(frankfurt(stack), 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  },
  right(stack) {
    profile(frankfurt(stack), 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  },
  withTokens(stack, tokens) {
    profile(stack, `arn:aws:kms:${tokens.text()}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`);
  },
};
