import { Mapping, OnDemandFlow, S3Destination } from 'appflow-constructs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/latest/userguide/s3-policies-management.html',
  wrong(stack) {
    const bucket = Bucket.fromBucketName(stack, 'Imported', 'acme-lake');
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      destination: new S3Destination(bucket),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    const bucket = new Bucket(stack, 'Own', { bucketName: 'acme-lake' });
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      destination: new S3Destination(bucket),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    const bucket = new Bucket(stack, 'Own', { bucketName: tokens.text() });
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      destination: new S3Destination(bucket),
      tasks: [Mapping.all()],
    });
  },
};
