import { Flow } from 'appflow-constructs';
import { Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

const inRegion = (stack: Stack) => new Stack(stack, 'Frankfurt', { env: { account: '123456789012', region: 'eu-central-1' } });

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/latest/userguide/flow-notifications.html (the default event bus; that nothing forwards the events is inferred)',
  wrong(stack) {
    Flow.fromFlowArn(inRegion(stack), 'Flow', 'arn:aws:appflow:eu-west-1:123456789012:flow/opportunities').events.onRunFailed('Failed');
  },
  right(stack) {
    Flow.fromFlowArn(inRegion(stack), 'Flow', 'arn:aws:appflow:eu-central-1:123456789012:flow/opportunities').events.onRunFailed('Failed');
  },
  withTokens(stack, tokens) {
    Flow.fromFlowArn(stack, 'Flow', `arn:aws:appflow:${tokens.text()}:${tokens.text()}:flow/opportunities`).events.onRunFailed('Failed');
  },
};
