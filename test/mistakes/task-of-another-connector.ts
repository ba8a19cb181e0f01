import { Mapping, OnDemandFlow, S3Source, SalesforceSource } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { lake, s3ToS3, salesforceProfile } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    const contacts = new SalesforceSource(salesforceProfile(stack), { object: 'Contact' });
    new OnDemandFlow(stack, 'Flow', { ...s3ToS3(stack), tasks: [Mapping.all(), contacts.filter.equalTo('Country', 'AT')] });
  },
  right(stack) {
    const contacts = new S3Source(lake(stack), { prefix: 'contacts' });
    new OnDemandFlow(stack, 'Flow', { ...s3ToS3(stack), tasks: [Mapping.all(), contacts.filter.equalTo('Country', 'AT')] });
  },
  withTokens(stack, tokens) {
    const contacts = new S3Source(lake(stack), { prefix: tokens.text() });
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToS3(stack),
      tasks: [
        Mapping.all(),
        contacts.filter.equalTo(tokens.text(), tokens.text()),
      ],
    });
  },
};
