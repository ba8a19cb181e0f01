import { ConnectorProfile, PardotConnection } from 'appflow-constructs';
import { SecretValue } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { newStack, warningsOf } from '../synthesis';

const unit = { businessUnitId: '0Uv5w0000008OkVCAU', refreshToken: SecretValue.secretsManager('pardot') };

test('lets AppFlow read the secret of the connected app, and use its key, before the profile is made', () => {
  const stack = newStack();
  const clientCredentials = new Secret(stack, 'App', { encryptionKey: new Key(stack, 'Key') });
  new ConnectorProfile(stack, 'Profile', { connection: PardotConnection.refreshToken({ ...unit, clientCredentials }) });

  const template = Template.fromStack(stack);
  const [[policyId, policy]] = Object.entries(template.findResources('AWS::SecretsManager::ResourcePolicy'));
  expect(policy.Properties.ResourcePolicy.Statement).toEqual([expect.objectContaining({
    Sid: 'AllowAppFlowReadSecret',
    Principal: { Service: 'appflow.amazonaws.com' },
  })]);
  template.hasResource('AWS::AppFlow::ConnectorProfile', {
    Properties: {
      ConnectorProfileConfig: { ConnectorProfileCredentials: { Pardot: { ClientCredentialsArn: stack.resolve(clientCredentials.secretArn) } } },
    },
    DependsOn: Match.arrayWith([policyId]),
  });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'appflow.amazonaws.com' }, Action: 'kms:Decrypt' })]) },
  });
});

test.each([
  ['0Uv5w0000008OkVCAU', 0],
  ['0Uv5w0000008OkV', 1],
  ['0uv5w0000008OkVCAU', 1],
])('has an opinion of the business unit id %s', (businessUnitId, warnings) => {
  const stack = newStack();
  new ConnectorProfile(stack, 'Profile', { connection: PardotConnection.refreshToken({ ...unit, businessUnitId }) });
  expect(warningsOf(stack)).toHaveLength(warnings);
});
