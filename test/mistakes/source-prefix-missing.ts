import { Mapping, OnDemandFlow, S3Source } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake, s3ToS3 } from '../samples';

function flow(stack: Stack, prefix: string) {
  new OnDemandFlow(stack, 'Flow', { ...s3ToS3(stack), source: new S3Source(lake(stack), { prefix }), tasks: [Mapping.all()] });
}

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack, '');
  },
  right(stack) {
    flow(stack, 'leads');
  },
  withTokens(stack, tokens) {
    flow(stack, tokens.text());
  },
};
