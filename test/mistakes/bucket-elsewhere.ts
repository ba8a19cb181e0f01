import { Mapping, OnDemandFlow, S3Destination } from 'appflow-constructs';
import { Annotations, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Mistake } from '../mistake';
import { s3ToS3 } from '../samples';

const inRegion = (stack: Stack, id: string, region: string) => new Stack(stack, id, { env: { region } });

function writing(flowStack: Stack, bucketStack: Stack) {
  const destination = new S3Destination(new Bucket(bucketStack, 'Bucket', { bucketName: 'acme' }));
  new OnDemandFlow(flowStack, 'Flow', { ...s3ToS3(flowStack), destination, tasks: [Mapping.all()] });
}

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/latest/userguide/s3.html',
  wrong(stack) {
    writing(inRegion(stack, 'Frankfurt', 'eu-central-1'), inRegion(stack, 'Dublin', 'eu-west-1'));
  },
  right(stack) {
    const frankfurt = inRegion(stack, 'Frankfurt', 'eu-central-1');
    writing(frankfurt, frankfurt);
  },
  withTokens(stack, tokens) {
    const bucket = Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'acme', region: tokens.text(), account: tokens.text() });
    Annotations.of(stack).acknowledgeWarning('appflow-constructs:resource-policy-not-changed');
    new OnDemandFlow(stack, 'Flow', { ...s3ToS3(stack), destination: new S3Destination(bucket), tasks: [Mapping.all()] });
  },
};
