import { FlowSchedule, LookoutMetricsDestination, Mapping, ScheduledFlow } from 'appflow-constructs';
import { Annotations, Duration, type Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { aws_kms as kms } from 'aws-cdk-lib/interfaces';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

function flow(stack: Stack, encryptionKey?: kms.IKeyRef, schedule = FlowSchedule.every(Duration.hours(1))) {
  new ScheduledFlow(stack, 'Flow', {
    ...salesforceToS3(stack),
    destination: new LookoutMetricsDestination(),
    schedule,
    tasks: [Mapping.fields(['Amount', 'CloseDate'])],
    encryptionKey,
  });
  Annotations.of(stack).acknowledgeWarning('appflow-constructs:connector-discontinued');
}

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack);
  },
  right(stack) {
    flow(stack, new Key(stack, 'Key'));
  },
  withTokens(stack, tokens) {
    flow(stack, new Key(stack, 'Key'), FlowSchedule.expression(tokens.text()));
  },
};
