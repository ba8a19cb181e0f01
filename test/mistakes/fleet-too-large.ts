import { FlowFleet, FlowSchedule, S3Destination, SalesforceSource } from 'appflow-constructs';
import { CfnWaitConditionHandle, Duration, NestedStack, type Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Mistake } from '../mistake';
import { lake, salesforceProfile } from '../samples';

/** A fleet in a stack that is nearly full. */
function fleetBesideMuch(stack: Stack, scope: Construct, object: string) {
  for (let index = 0; index < 495; index++) {
    new CfnWaitConditionHandle(stack, `Handle${index}`);
  }
  const fleet = new FlowFleet(scope, 'Fleet', { destination: new S3Destination(lake(stack)), schedule: FlowSchedule.every(Duration.hours(1)) });
  fleet.add('Account', new SalesforceSource(salesforceProfile(stack), { object }));
}

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  wrong(stack) {
    fleetBesideMuch(stack, stack, 'Account');
  },
  right(stack) {
    fleetBesideMuch(stack, new NestedStack(stack, 'Flows'), 'Account');
  },
  withTokens(stack, tokens) {
    fleetBesideMuch(stack, new NestedStack(stack, 'Flows'), tokens.text());
  },
};
