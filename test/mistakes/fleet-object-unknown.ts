import { FlowSchedule, S3Destination, SalesforceReplication } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake, salesforceProfile } from '../samples';

function look(stack: Stack, object: string, prefix = 'crm') {
  new SalesforceReplication(stack, 'Fleet', {
    connectorProfile: salesforceProfile(stack),
    objects: ['Account', 'Contact'],
    destination: new S3Destination(lake(stack), { prefix }),
    schedule: FlowSchedule.every(Duration.hours(1)),
  }).flow(object);
}

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html (a construct is found by the id that it was given)',
  wrong(stack) {
    look(stack, 'Acount');
  },
  right(stack) {
    look(stack, 'Account');
  },
  withTokens(stack, tokens) {
    look(stack, 'Account', tokens.text());
  },
};
