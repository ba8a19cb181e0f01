import { FlowRuleTarget, FlowSchedule, Mapping, OnDemandFlow, ScheduledFlow } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Mistake } from '../mistake';
import { l1Flow, salesforceToS3 } from '../samples';

const stopping = (stack: Stack, flow: appflow.IFlowRef) =>
  new Rule(stack, 'Freeze', { eventPattern: { source: ['acme.freeze'] }, targets: [FlowRuleTarget.stop(flow)] });

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_StopFlow.html',
  wrong(stack) {
    stopping(stack, new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()] }));
  },
  right(stack) {
    const schedule = FlowSchedule.every(Duration.hours(1));
    stopping(stack, new ScheduledFlow(stack, 'Flow', { ...salesforceToS3(stack), schedule, tasks: [Mapping.all()] }));
  },
  withTokens(stack, tokens) {
    stopping(stack, l1Flow(stack, tokens.text()));
  },
};
