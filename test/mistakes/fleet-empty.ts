import { FlowFleet, FlowSchedule, S3Destination, SalesforceSource } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake, salesforceProfile } from '../samples';

const fleetIn = (stack: Stack) => new FlowFleet(stack, 'Fleet', { destination: new S3Destination(lake(stack)), schedule: FlowSchedule.every(Duration.hours(1)) });

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/latest/userguide/flows.html (a fleet without flows moves nothing, which may be meant)',
  wrong(stack) {
    fleetIn(stack);
  },
  right(stack) {
    fleetIn(stack).add('Account', new SalesforceSource(salesforceProfile(stack), { object: 'Account' }));
  },
  withTokens(stack, tokens) {
    fleetIn(stack).add('Account', new SalesforceSource(salesforceProfile(stack), { object: tokens.text() }));
  },
};
