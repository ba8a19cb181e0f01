import { FlowRun, FlowSchedule, Mapping, OnDemandFlow, ScheduledFlow } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { l1Flow, salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_StartFlow.html: "For on-demand flows, this operation runs the flow immediately. For schedule and event-triggered flows, this operation activates the flow."',
  wrong(stack) {
    const flow = new ScheduledFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()], schedule: FlowSchedule.every(Duration.hours(1)) });
    new FlowRun(stack, 'Run', { flow });
  },
  right(stack) {
    const flow = new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()] });
    new FlowRun(stack, 'Run', { flow });
  },
  withTokens(stack, tokens) {
    const flow = l1Flow(stack, tokens.text());
    new FlowRun(stack, 'Run', { flow });
  },
};
