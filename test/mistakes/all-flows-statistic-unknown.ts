import { FlowMetrics } from 'appflow-constructs';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html',
  wrong(stack) {
    FlowMetrics.allExecutionTime({ statistic: Stats.p(99) }).createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
  },
  right(stack) {
    FlowMetrics.allExecutionTime({ statistic: Stats.MAXIMUM }).createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
  },
  withTokens(stack, tokens) {
    FlowMetrics.allExecutionTime({ label: tokens.text() }).createAlarm(stack, 'Alarm', { threshold: tokens.number(), evaluationPeriods: 1 });
  },
};
