import { FlowSchedule, S3Destination, SalesforceReplication } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake, salesforceProfile } from '../samples';

function replicate(stack: Stack, objects: string[], prefix = 'crm') {
  new SalesforceReplication(stack, 'Fleet', {
    connectorProfile: salesforceProfile(stack),
    objects,
    destination: new S3Destination(lake(stack), { prefix }),
    schedule: FlowSchedule.every(Duration.hours(1)),
  });
}

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html (ids are unique in their scope)',
  wrong(stack) {
    replicate(stack, ['Account', 'Contact', 'Account']);
  },
  right(stack) {
    replicate(stack, ['Account', 'Contact']);
  },
  withTokens(stack, tokens) {
    replicate(stack, ['Account', 'Contact'], tokens.text());
  },
};
