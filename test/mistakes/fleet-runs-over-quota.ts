import { FlowActivation, FlowFleet, FlowSchedule, S3Destination, SalesforceSource } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake, salesforceProfile } from '../samples';

function run(stack: Stack, flows: number, schedule = FlowSchedule.every(Duration.minutes(1))) {
  const fleet = new FlowFleet(stack, 'Fleet', { destination: new S3Destination(lake(stack)), schedule, activation: FlowActivation.manual() });
  const source = new SalesforceSource(salesforceProfile(stack), { object: 'Account' });
  for (let index = 0; index < flows; index++) {
    fleet.add(`Object${index}`, source);
  }
}

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/latest/userguide/service-quotas.html',
  wrong(stack) {
    // The fewest that are too many.
    run(stack, 232);
  },
  right(stack) {
    run(stack, 23);
  },
  withTokens(stack, tokens) {
    run(stack, 23, FlowSchedule.expression(tokens.text()));
  },
};
