import { Mapping, OnDemandFlow, SalesforceSource } from 'appflow-constructs';
import { Lazy } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { s3ToS3, s3ToSalesforce, salesforceProfile } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToSalesforce(stack),
      source: new SalesforceSource(salesforceProfile(stack), { object: 'Lead', enableDynamicFieldUpdate: true }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToS3(stack),
      source: new SalesforceSource(salesforceProfile(stack), { object: 'Lead', enableDynamicFieldUpdate: true }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToSalesforce(stack),
      source: new SalesforceSource(salesforceProfile(stack), { object: 'Lead', enableDynamicFieldUpdate: Lazy.any({ produce: () => true }) as unknown as boolean }),
      tasks: [Mapping.all()],
    });
  },
};
