import { Mapping, OnDemandFlow } from 'appflow-constructs';
import { Annotations, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Mistake } from '../mistake';
import { s3ToS3 } from '../samples';

function flow(stack: Stack, keyArn: string) {
  new OnDemandFlow(stack, 'Flow', { ...s3ToS3(stack), encryptionKey: Key.fromKeyArn(stack, 'Key', keyArn), tasks: [Mapping.all()] });
  Annotations.of(stack).acknowledgeWarning('appflow-constructs:resource-policy-not-changed');
}

const frankfurt = (stack: Stack) => new Stack(stack, 'Frankfurt', { env: { account: '111122223333', region: 'eu-central-1' } });

export const mistake: Mistake = {
  wrong(stack) {
    flow(frankfurt(stack), 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  },
  right(stack) {
    flow(frankfurt(stack), 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  },
  withTokens(stack, tokens) {
    flow(stack, `arn:aws:kms:${tokens.text()}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`);
  },
};
