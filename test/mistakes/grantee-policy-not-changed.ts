import { Flow } from 'appflow-constructs';
import { Role } from 'aws-cdk-lib/aws-iam';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/latest/userguide/security_iam_service-with-iam.html',
  wrong(stack) {
    const role = Role.fromRoleArn(stack, 'Operator', 'arn:aws:iam::111111111111:role/operator', { mutable: false });
    Flow.fromFlowName(stack, 'Flow', 'leads').grants.start(role);
  },
  right(stack) {
    const role = Role.fromRoleArn(stack, 'Operator', 'arn:aws:iam::111111111111:role/operator');
    Flow.fromFlowName(stack, 'Flow', 'leads').grants.start(role);
  },
  withTokens(stack, tokens) {
    const role = Role.fromRoleArn(stack, 'Operator', tokens.text());
    Flow.fromFlowName(stack, 'Flow', tokens.text()).grants.start(role);
  },
};
