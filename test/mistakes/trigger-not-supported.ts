import { EventFlow, FlowSchedule, type IEventFlowSource, Mapping, S3Source, ScheduledFlow } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake, s3ToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new EventFlow(stack, 'Flow', {
      ...s3ToS3(stack),
      source: new S3Source(lake(stack), { prefix: 'leads' }) as unknown as IEventFlowSource,
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...s3ToS3(stack),
      schedule: FlowSchedule.every(Duration.minutes(5)),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new ScheduledFlow(stack, 'Flow', {
      ...s3ToS3(stack),
      source: new S3Source(lake(stack), { prefix: tokens.text() }),
      schedule: FlowSchedule.expression(tokens.text()),
      tasks: [Mapping.all()],
    });
  },
};
