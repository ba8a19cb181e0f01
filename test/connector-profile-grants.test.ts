import { ConnectorProfile, ConnectorProfileGrants } from 'appflow-constructs';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnConnectorProfile } from 'aws-cdk-lib/aws-appflow';
import { type IGrantable, type Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { newStack } from './synthesis';

const operator = (stack: ReturnType<typeof newStack>) => new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

test.each<[string, (grants: ConnectorProfileGrants, grantee: IGrantable) => Grant, string | string[]]>([
  ['use', (grants, grantee) => grants.use(grantee), 'UseConnectorProfile'],
  ['browse', (grants, grantee) => grants.browse(grantee),
    ['ListConnectorEntities', 'DescribeConnectorEntity', 'ListConnectorFields', 'DescribeConnectorFields']],
  ['resetMetadataCache', (grants, grantee) => grants.resetMetadataCache(grantee), 'ResetConnectorMetadataCache'],
  ['update', (grants, grantee) => grants.update(grantee), 'UpdateConnectorProfile'],
  ['actions', (grants, grantee) => grants.actions(grantee, 'appflow:DeleteConnectorProfile'), 'DeleteConnectorProfile'],
])('%s', (_, grant, actions) => {
  const stack = newStack();
  const profile = ConnectorProfile.fromConnectorProfileName(stack, 'Profile', 'crm/main');
  grant(profile.grants, operator(stack));
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Action: typeof actions === 'string' ? `appflow:${actions}` : actions.map((action) => `appflow:${action}`),
        Resource: stack.resolve(profile.connectorProfileArn),
      }],
    },
  });
});

test('read, which IAM cannot limit to one profile', () => {
  const stack = newStack();
  ConnectorProfile.fromConnectorProfileName(stack, 'Profile', 'crm').grants.read(operator(stack));
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'appflow:DescribeConnectorProfiles', Resource: '*' }] },
  });
});

test('of an L1', () => {
  const stack = newStack();
  const profile = new CfnConnectorProfile(stack, 'L1', { connectorProfileName: 'crm', connectionMode: 'Public', connectorType: 'Salesforce' });
  ConnectorProfileGrants.fromConnectorProfile(profile).use(operator(stack));
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'appflow:UseConnectorProfile', Resource: { 'Fn::GetAtt': ['L1', 'ConnectorProfileArn'] } }] },
  });
});
