import { ConnectorProfile, DataPull, FlowSchedule, Mapping, SapODataSource, ScheduledFlow } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

function flow(stack: Stack, schedule: FlowSchedule, pull: DataPull) {
  const sap = ConnectorProfile.fromConnectorProfileName(stack, 'Sap', 'sap');
  new ScheduledFlow(stack, 'Flow', {
    ...salesforceToS3(stack),
    source: new SapODataSource(sap, { objectPath: '/sap/opu/odata/sap/API_SALES_ORDER_SRV/A_SalesOrder' }),
    schedule,
    pull,
    tasks: [Mapping.all()],
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack, FlowSchedule.every(Duration.hours(1)), DataPull.complete());
  },
  right(stack) {
    flow(stack, FlowSchedule.every(Duration.hours(1)), DataPull.incremental({ timestampField: 'LastChangeDateTime' }));
  },
  withTokens(stack, tokens) {
    flow(stack, FlowSchedule.every(Duration.hours(tokens.number())), DataPull.complete());
  },
};
