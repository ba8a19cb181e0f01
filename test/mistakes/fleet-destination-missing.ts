import { FlowFleet, FlowSchedule, type IFlowDestination, S3Destination, SalesforceSource } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake, salesforceProfile } from '../samples';

function add(stack: Stack, destination?: IFlowDestination) {
  const fleet = new FlowFleet(stack, 'Fleet', { schedule: FlowSchedule.every(Duration.hours(1)) });
  fleet.add('Account', new SalesforceSource(salesforceProfile(stack), { object: 'Account' }), { destination });
}

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateFlow.html (destinationFlowConfigList is required)',
  wrong(stack) {
    add(stack);
  },
  right(stack) {
    add(stack, new S3Destination(lake(stack)));
  },
  withTokens(stack, tokens) {
    add(stack, new S3Destination(lake(stack), { prefix: tokens.text() }));
  },
};
