import { Connector, ConnectorGrants } from 'appflow-constructs';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnConnector } from 'aws-cdk-lib/aws-appflow';
import { type IGrantable, type Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { newStack } from './synthesis';

test.each<[string, (grants: ConnectorGrants, grantee: IGrantable) => Grant, string | string[]]>([
  ['read', (grants, grantee) => grants.read(grantee), 'DescribeConnector'],
  ['update', (grants, grantee) => grants.update(grantee), 'UpdateConnectorRegistration'],
  ['tag', (grants, grantee) => grants.tag(grantee), ['TagResource', 'UntagResource']],
  ['unregister', (grants, grantee) => grants.unregister(grantee), 'UnRegisterConnector'],
  ['actions', (grants, grantee) => grants.actions(grantee, 'appflow:ListConnectors'), 'ListConnectors'],
])('%s', (_, grant, actions) => {
  const stack = newStack();
  const made = new CfnConnector(stack, 'L1', { connectorProvisioningType: 'LAMBDA', connectorProvisioningConfig: {} });
  const connectors = [Connector.fromConnectorLabel(stack, 'Connector', 'Billing'), made];
  const roles = connectors.map((connector) => {
    const role = new Role(connector, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    grant(ConnectorGrants.fromConnector(connector), role);
    return role;
  });
  const template = Template.fromStack(stack);
  connectors.forEach((connector, index) => template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Action: typeof actions === 'string' ? `appflow:${actions}` : actions.map((action) => `appflow:${action}`),
        Resource: stack.resolve(connector.connectorRef.connectorArn),
      }],
    },
    Roles: [stack.resolve(roles[index].roleName)],
  }));
});
