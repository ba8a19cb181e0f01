import { FlowSchedule, S3Destination, SalesforceDataTransferApi, SalesforceReplication } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake, salesforceProfile } from '../samples';

function replicate(stack: Stack, schedule: FlowSchedule) {
  new SalesforceReplication(stack, 'Fleet', {
    connectorProfile: salesforceProfile(stack),
    objects: ['Account', 'Asset', 'Case', 'Contact', 'Contract', 'Lead', 'Order'],
    dataTransferApi: SalesforceDataTransferApi.BULKV2,
    destination: new S3Destination(lake(stack)),
    schedule,
  });
}

export const mistake: Mistake = {
  source: 'https://developer.salesforce.com/docs/atlas.en-us.228.0.api_bulk_v2.meta/api_bulk_v2/bulk_api_2_limits.htm (10,000 query jobs in 24 hours; that each run takes one is inferred)',
  wrong(stack) {
    replicate(stack, FlowSchedule.every(Duration.minutes(1)));
  },
  right(stack) {
    replicate(stack, FlowSchedule.every(Duration.minutes(5)));
  },
  withTokens(stack, tokens) {
    replicate(stack, FlowSchedule.expression(tokens.text()));
  },
};
