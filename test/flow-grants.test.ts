import { Flow, type FlowGrants } from 'appflow-constructs';
import { Template } from 'aws-cdk-lib/assertions';
import { type IGrantable, type Grant, User } from 'aws-cdk-lib/aws-iam';
import { newStack } from './synthesis';

test.each<[string, (grants: FlowGrants, grantee: IGrantable) => Grant, string | string[]]>([
  ['start', (grants, grantee) => grants.start(grantee), 'StartFlow'],
  ['stop', (grants, grantee) => grants.stop(grantee), 'StopFlow'],
  ['read', (grants, grantee) => grants.read(grantee), ['DescribeFlow', 'DescribeFlowExecution', 'DescribeFlowExecutionRecords', 'ListTagsForResource']],
  ['cancel', (grants, grantee) => grants.cancel(grantee), 'CancelFlowExecutions'],
  ['update', (grants, grantee) => grants.update(grantee), 'UpdateFlow'],
  ['tag', (grants, grantee) => grants.tag(grantee), ['TagResource', 'UntagResource']],
  ['actions', (grants, grantee) => grants.actions(grantee, 'appflow:DeleteFlow'), 'DeleteFlow'],
])('%s', (_, grant, actions) => {
  const stack = newStack();
  const flow = Flow.fromFlowName(stack, 'Flow', 'leads');
  const result = grant(flow.grants, new User(stack, 'User'));
  expect(result.principalStatements).toHaveLength(1);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Action: typeof actions === 'string' ? `appflow:${actions}` : actions.map((action) => `appflow:${action}`),
        Resource: stack.resolve(flow.flowArn),
      }],
    },
  });
});
