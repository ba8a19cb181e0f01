import { Flow, FlowAlarms } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
  wrong(stack) {
    new FlowAlarms(stack, 'Alarms', { flow: Flow.fromFlowName(stack, 'Flow', 'orders'), stale: { within: Duration.days(14) } });
  },
  right(stack) {
    new FlowAlarms(stack, 'Alarms', { flow: Flow.fromFlowName(stack, 'Flow', 'orders'), stale: { within: Duration.days(7) } });
  },
  withTokens(stack, tokens) {
    new FlowAlarms(stack, 'Alarms', { flow: Flow.fromFlowName(stack, 'Flow', tokens.text()), stale: { within: Duration.days(7) } });
  },
};
