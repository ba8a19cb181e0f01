import { Flow } from 'appflow-constructs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/latest/userguide/security_iam_service-with-iam.html',
  wrong(stack) {
    Flow.fromFlowName(stack, 'Flow', 'leads').grants.start(new ServicePrincipal('scheduler.amazonaws.com'));
  },
  right(stack) {
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    Flow.fromFlowName(stack, 'Flow', 'leads').grants.start(role);
  },
  withTokens(stack, tokens) {
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal(tokens.text()) });
    Flow.fromFlowName(stack, 'Flow', tokens.text()).grants.start(role);
  },
};
