import { Mapping, OnDemandFlow, S3Destination, SalesforceSource } from 'appflow-constructs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Mistake } from '../mistake';
import { salesforceProfile, salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(salesforceProfile(stack), { object: 'My Object' }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(salesforceProfile(stack), { object: 'My_Object__c' }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    const bucket = new Bucket(stack, 'Bucket', { bucketName: tokens.text() });
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(salesforceProfile(stack), { object: tokens.text() }),
      destination: new S3Destination(bucket, { prefix: tokens.text() }),
      tasks: [Mapping.all()],
    });
  },
};
