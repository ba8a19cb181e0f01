import { FlowFleet, FlowSchedule, S3Destination, SapODataSource } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake, salesforceProfile } from '../samples';

function add(stack: Stack, id: string, objectPath = '/sap/opu/odata/sap/API_SALES_ORDER_SRV/A_SalesOrder') {
  const fleet = new FlowFleet(stack, 'Fleet', { destination: new S3Destination(lake(stack)), schedule: FlowSchedule.every(Duration.hours(1)) });
  fleet.add(id, new SapODataSource(salesforceProfile(stack), { objectPath }));
}

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html (the path of a construct is made of ids, with slashes between them)',
  wrong(stack) {
    add(stack, 'API_SALES_ORDER_SRV/A_SalesOrder');
  },
  right(stack) {
    add(stack, 'A_SalesOrder');
  },
  withTokens(stack, tokens) {
    add(stack, 'A_SalesOrder', tokens.text());
  },
};
