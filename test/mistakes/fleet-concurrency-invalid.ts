import { FlowFleet, FlowSchedule, S3Destination, SalesforceSource } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake, salesforceProfile } from '../samples';

function deploy(stack: Stack, maxConcurrentDeployments: number, prefix = 'crm') {
  const destination = new S3Destination(lake(stack), { prefix });
  const fleet = new FlowFleet(stack, 'Fleet', { destination, schedule: FlowSchedule.every(Duration.hours(1)), maxConcurrentDeployments });
  fleet.add('Account', new SalesforceSource(salesforceProfile(stack), { object: 'Account' }));
}

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html (with none at a time, nothing is deployed)',
  wrong(stack) {
    deploy(stack, 0);
  },
  right(stack) {
    deploy(stack, 10);
  },
  withTokens(stack, tokens) {
    deploy(stack, 10, tokens.text());
  },
};
