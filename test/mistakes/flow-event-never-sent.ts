import { FlowEvents, FlowSchedule, Mapping, OnDemandFlow, ScheduledFlow } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { l1Flow, salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/latest/userguide/flow-notifications.html',
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()] }).events.onDeactivated('Deactivated');
  },
  right(stack) {
    new ScheduledFlow(stack, 'Flow', { ...salesforceToS3(stack), schedule: FlowSchedule.every(Duration.hours(1)), tasks: [Mapping.all()] })
      .events.onDeactivated('Deactivated');
  },
  withTokens(stack, tokens) {
    FlowEvents.fromFlow(l1Flow(stack, tokens.text())).onDeactivated('Deactivated');
  },
};
