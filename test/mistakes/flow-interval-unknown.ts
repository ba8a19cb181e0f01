import { Flow, FlowAlarms } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  source: 'a choice of the library: an imported flow has no schedule that could be looked at',
  wrong(stack) {
    new FlowAlarms(stack, 'Alarms', { flow: Flow.fromFlowName(stack, 'Flow', 'orders') });
  },
  right(stack) {
    new FlowAlarms(stack, 'Alarms', { flow: Flow.fromFlowName(stack, 'Flow', 'orders'), expectedInterval: Duration.hours(1) });
  },
  withTokens(stack, tokens) {
    new FlowAlarms(stack, 'Alarms', { flow: Flow.fromFlowName(stack, 'Flow', tokens.text()), expectedInterval: Duration.hours(1) });
  },
};
