import { Flow } from 'appflow-constructs';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonappflow.html',
  wrong(stack) {
    const role = new Role(stack, 'Role', { assumedBy: new AccountRootPrincipal() });
    Flow.fromFlowName(stack, 'Flow', 'leads').grants.actions(role, 'appflow:StartFlow', 'appflow:UseConnectorProfile');
  },
  right(stack) {
    const role = new Role(stack, 'Role', { assumedBy: new AccountRootPrincipal() });
    Flow.fromFlowName(stack, 'Flow', 'leads').grants.actions(role, 'appflow:StartFlow');
  },
  withTokens(stack, tokens) {
    const role = new Role(stack, 'Role', { assumedBy: new AccountRootPrincipal() });
    Flow.fromFlowName(stack, 'Flow', 'leads').grants.actions(role, 'appflow:StartFlow', tokens.text());
  },
};
