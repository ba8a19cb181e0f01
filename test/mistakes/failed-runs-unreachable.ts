import { Flow, FlowAlarms } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

const expectedInterval = Duration.hours(12);

export const mistake: Mistake = {
  source: 'what is due: a flow that runs each 12 hours has no three runs within a day',
  wrong(stack) {
    new FlowAlarms(stack, 'Alarms', { flow: Flow.fromFlowName(stack, 'Flow', 'orders'), expectedInterval, failed: { runs: 3 } });
  },
  right(stack) {
    new FlowAlarms(stack, 'Alarms', { flow: Flow.fromFlowName(stack, 'Flow', 'orders'), expectedInterval, failed: { runs: 2 } });
  },
  withTokens(stack, tokens) {
    new FlowAlarms(stack, 'Alarms', { flow: Flow.fromFlowName(stack, 'Flow', tokens.text()), expectedInterval, failed: { runs: tokens.number() } });
  },
};
