import { FlowAlarmKind, FlowAlarms, FlowSchedule, Mapping, ScheduledFlow } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

const flow = (stack: Stack, schedule: FlowSchedule) => new ScheduledFlow(stack, 'Flow', { ...salesforceToS3(stack), schedule, tasks: [Mapping.all()] });

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
  wrong(stack) {
    new FlowAlarms(stack, 'Alarms', { flow: flow(stack, FlowSchedule.every(Duration.days(7))) });
  },
  right(stack) {
    new FlowAlarms(stack, 'Alarms', { flow: flow(stack, FlowSchedule.every(Duration.days(7))), leaveOut: [FlowAlarmKind.STALE] });
  },
  withTokens(stack, tokens) {
    new FlowAlarms(stack, 'Alarms', { flow: flow(stack, FlowSchedule.expression(tokens.text())), stale: { within: Duration.days(7) } });
  },
};
