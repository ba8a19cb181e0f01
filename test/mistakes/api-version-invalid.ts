import { Mapping, OnDemandFlow, SalesforceDestination, SalesforceSource } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceProfile, salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(salesforceProfile(stack), { object: 'Opportunity', apiVersion: 'v58.0 (latest)' }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(salesforceProfile(stack), { object: 'Opportunity', apiVersion: 'v58.0' }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      source: new SalesforceSource(salesforceProfile(stack), { object: 'Opportunity', apiVersion: tokens.text() }),
      destination: new SalesforceDestination(salesforceProfile(stack), { object: 'Lead', apiVersion: tokens.text() }),
      tasks: [Mapping.all()],
    });
  },
};
