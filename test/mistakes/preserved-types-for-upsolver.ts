import { Mapping, OnDemandFlow, OutputFormat, UpsolverDestination } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

function flow(stack: Stack, format: OutputFormat, prefix?: string) {
  const bucket = new Bucket(stack, 'Upsolver', { bucketName: 'upsolver-appflow-acme' });
  new OnDemandFlow(stack, 'Flow', {
    ...salesforceToS3(stack),
    destination: new UpsolverDestination(bucket, { format, prefix }),
    tasks: [Mapping.all()],
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack, OutputFormat.parquet({ preserveSourceDataTyping: true }));
  },
  right(stack) {
    flow(stack, OutputFormat.parquet());
  },
  withTokens(stack, tokens) {
    flow(stack, OutputFormat.parquet(), tokens.text());
  },
};
