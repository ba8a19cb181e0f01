import { ConnectorProfile, FlowSchedule, Mapping, S3Destination, ScheduledFlow, VeevaSource } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake } from '../samples';

function flow(stack: Stack, schedule: FlowSchedule) {
  new ScheduledFlow(stack, 'Flow', {
    source: new VeevaSource(ConnectorProfile.fromConnectorProfileName(stack, 'Veeva', 'acme'), { object: 'documents', documents: { includeSourceFiles: true } }),
    destination: new S3Destination(lake(stack)),
    tasks: [Mapping.all()],
    schedule,
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack, FlowSchedule.every(Duration.minutes(30)));
  },
  right(stack) {
    flow(stack, FlowSchedule.every(Duration.hours(1)));
  },
  withTokens(stack, tokens) {
    flow(stack, FlowSchedule.expression(tokens.text()));
  },
};
