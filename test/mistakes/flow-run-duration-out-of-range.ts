import { Flow, FlowRun, type FlowRunOptions } from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';

function run(stack: Stack, options: FlowRunOptions, flowName = 'flow') {
  new FlowRun(stack, 'Run', { flow: Flow.fromFlowName(stack, 'Flow', flowName), ...options });
}

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/latest/userguide/service-quotas.html: a run takes at most 48 hours',
  wrong: (stack) => run(stack, { timeout: Duration.days(3) }),
  right: (stack) => run(stack, { timeout: Duration.days(2), startTimeout: Duration.seconds(0), pollInterval: Duration.minutes(1) }),
  withTokens: (stack, tokens) => run(stack, { minimumRecords: tokens.number() }, tokens.text()),
};
