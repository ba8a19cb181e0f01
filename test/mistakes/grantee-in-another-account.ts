import { Flow } from 'appflow-constructs';
import { Role } from 'aws-cdk-lib/aws-iam';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/latest/userguide/security_iam_service-with-iam.html',
  wrong(stack) {
    const flow = Flow.fromFlowArn(stack, 'Flow', 'arn:aws:appflow:eu-west-1:111111111111:flow/leads');
    flow.grants.start(Role.fromRoleArn(stack, 'Operator', 'arn:aws:iam::222222222222:role/operator'));
  },
  right(stack) {
    const flow = Flow.fromFlowArn(stack, 'Flow', 'arn:aws:appflow:eu-west-1:111111111111:flow/leads');
    flow.grants.start(Role.fromRoleArn(stack, 'Operator', 'arn:aws:iam::111111111111:role/operator'));
  },
  withTokens(stack, tokens) {
    const flow = Flow.fromFlowArn(stack, 'Flow', 'arn:aws:appflow:eu-west-1:111111111111:flow/leads');
    flow.grants.start(Role.fromRoleArn(stack, 'Operator', `arn:aws:iam::${tokens.text()}:role/operator`));
  },
};
