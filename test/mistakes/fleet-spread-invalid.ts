import { FlowFleet, FlowSchedule, S3Destination, SalesforceSource, ScheduleTime } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake, salesforceProfile } from '../samples';

function spread(stack: Stack, schedule: FlowSchedule) {
  const fleet = new FlowFleet(stack, 'Fleet', { destination: new S3Destination(lake(stack)), schedule, spread: Duration.minutes(30) });
  fleet.add('Account', new SalesforceSource(salesforceProfile(stack), { object: 'Account' }));
}

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ScheduledTriggerProperties.html (the times of a cron expression are given, so that a later start does not move them)',
  wrong(stack) {
    spread(stack, FlowSchedule.cron({ minute: '0', hour: '7' }));
  },
  right(stack) {
    spread(stack, FlowSchedule.every(Duration.days(1), { startTime: ScheduleTime.nextUtc('07:00') }));
  },
  withTokens(stack, tokens) {
    spread(stack, FlowSchedule.expression(tokens.text()));
  },
};
