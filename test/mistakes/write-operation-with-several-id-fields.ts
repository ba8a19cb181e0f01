import { Mapping, OnDemandFlow, SalesforceDestination, WriteOperation } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { s3ToSalesforce, salesforceProfile } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToSalesforce(stack),
      destination: new SalesforceDestination(salesforceProfile(stack), { object: 'Lead', writeOperation: WriteOperation.upsert(['ExternalId__c', 'Email']) }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToSalesforce(stack),
      destination: new SalesforceDestination(salesforceProfile(stack), { object: 'Lead', writeOperation: WriteOperation.upsert(['ExternalId__c']) }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToSalesforce(stack),
      destination: new SalesforceDestination(salesforceProfile(stack), { object: 'Lead', writeOperation: WriteOperation.upsert(tokens.list()) }),
      tasks: [Mapping.all()],
    });
  },
};
