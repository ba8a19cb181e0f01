import { FlowSchedule, LookoutMetricsDestination, Mapping, ScheduledFlow } from 'appflow-constructs';
import { Annotations, Duration, type Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

function flow(stack: Stack, schedule: FlowSchedule) {
  new ScheduledFlow(stack, 'Flow', {
    ...salesforceToS3(stack),
    destination: new LookoutMetricsDestination(),
    schedule,
    tasks: [Mapping.fields(['Amount', 'CloseDate'])],
    encryptionKey: new Key(stack, 'Key'),
  });
  Annotations.of(stack).acknowledgeWarning('appflow-constructs:connector-discontinued');
}

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack, FlowSchedule.every(Duration.minutes(15)));
  },
  right(stack) {
    flow(stack, FlowSchedule.every(Duration.minutes(10)));
  },
  withTokens(stack, tokens) {
    flow(stack, FlowSchedule.every(Duration.minutes(tokens.number())));
  },
};
