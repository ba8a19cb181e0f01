import { Flow, FlowScheduleTarget } from 'appflow-constructs';
import { Duration, Stack } from 'aws-cdk-lib';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Mistake } from '../mistake';

const inRegion = (stack: Stack) => new Stack(stack, 'Frankfurt', { env: { account: '123456789012', region: 'eu-central-1' } });

function starting(stack: Stack, flowArn: string) {
  const flow = Flow.fromFlowArn(stack, 'Flow', flowArn);
  new Schedule(stack, 'Hourly', { schedule: ScheduleExpression.rate(Duration.hours(1)), target: FlowScheduleTarget.start(flow) });
}

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_StartFlow.html (a name is all that it takes), and https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html',
  wrong(stack) {
    starting(inRegion(stack), 'arn:aws:appflow:eu-west-1:123456789012:flow/opportunities');
  },
  right(stack) {
    starting(inRegion(stack), 'arn:aws:appflow:eu-central-1:123456789012:flow/opportunities');
  },
  withTokens(stack, tokens) {
    starting(stack, `arn:aws:appflow:${tokens.text()}:${tokens.text()}:flow/opportunities`);
  },
};
