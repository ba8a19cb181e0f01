import { Mapping, OnDemandFlow, SalesforceDestination, WriteOperation } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { s3ToSalesforce, salesforceProfile } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToSalesforce(stack),
      destination: new SalesforceDestination(salesforceProfile(stack), { object: 'Lead', writeOperation: WriteOperation.update(['Record Id']) }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToSalesforce(stack),
      destination: new SalesforceDestination(salesforceProfile(stack), { object: 'Lead', writeOperation: WriteOperation.update(['Id']) }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToSalesforce(stack),
      destination: new SalesforceDestination(salesforceProfile(stack), { object: 'Lead', writeOperation: WriteOperation.update([tokens.text()]) }),
      tasks: [Mapping.all()],
    });
  },
};
