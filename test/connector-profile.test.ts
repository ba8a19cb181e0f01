import { ConnectionMode, ConnectorProfile, type ConnectorProfileProps, ConnectorType, SalesforceConnection } from 'appflow-constructs';
import { App, CfnParameter, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { errorsOf } from './synthesis';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
});

function profile(props: Partial<ConnectorProfileProps> = {}) {
  const made = new ConnectorProfile(stack, 'Salesforce', {
    connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('tokens') }),
    ...props,
  });
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::AppFlow::ConnectorProfile'));
  return { made, properties: resource.Properties };
}

test('is public, and named by its path', () => {
  const { properties } = profile();
  expect(properties).toMatchObject({ ConnectionMode: 'Public', ConnectorType: 'Salesforce' });
  expect(properties.ConnectorProfileName).toMatch(/^Stack-Salesforce-[0-9A-F]{8}-[0-9a-f]{8}$/);
  expect(properties.KMSArn).toBeUndefined();
});

test('can be private, named and encrypted', () => {
  const encryptionKey = new Key(stack, 'Key');
  const { properties } = profile({ connectionMode: ConnectionMode.PRIVATE, connectorProfileName: 'crm/prod', encryptionKey });
  expect(properties).toMatchObject({
    ConnectionMode: 'Private',
    ConnectorProfileName: 'crm/prod',
    KMSArn: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
  });
});

test('can have a name that is known only at deploy time', () => {
  expect(profile({ connectorProfileName: new CfnParameter(stack, 'Name').valueAsString }).properties.ConnectorProfileName).toEqual({ Ref: 'Name' });
});

test('tells its name, its ARN, its secret and its connector', () => {
  const { made } = profile();
  expect(stack.resolve(made.connectorProfileName)).toEqual({ Ref: expect.stringMatching(/^Salesforce/) });
  expect(stack.resolve(made.connectorProfileArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Salesforce/), 'ConnectorProfileArn'] });
  expect(stack.resolve(made.credentialsArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Salesforce/), 'CredentialsArn'] });
  expect(made.connectorProfileRef).toEqual({ connectorProfileName: made.connectorProfileName, connectorProfileArn: made.connectorProfileArn });
  expect(made.connectorType).toBe(ConnectorType.SALESFORCE);
});

test('can be imported by name', () => {
  const imported = ConnectorProfile.fromConnectorProfileName(stack, 'Imported', 'crm');
  expect(imported.connectorProfileName).toEqual('crm');
  expect(stack.resolve(imported.connectorProfileArn)).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appflow:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':connectorprofile/crm']],
  });
  expect(imported.connectorType).toBeUndefined();
});

test('is not imported by an ARN that is taken for the name', () => {
  ConnectorProfile.fromConnectorProfileName(stack, 'Imported', 'arn:aws:appflow:us-east-1:111122223333:connectorprofile/crm');
  expect(errorsOf(stack)).toEqual([expect.stringMatching(/^\[Stack\/Imported\] .*\(appflow-constructs:connector-profile-name-invalid\)$/)]);
});

test.each([
  ['crm', 'arn:aws:appflow:us-east-1:111122223333:connectorprofile/crm'],
  ['crm/prod', 'arn:aws:appflow:us-east-1:111122223333:connectorprofile/crm/prod'],
])('can be imported by ARN: %s', (name, arn) => {
  const imported = ConnectorProfile.fromConnectorProfileArn(stack, 'Imported', arn);
  expect(imported.connectorProfileName).toEqual(name);
  expect(imported.connectorProfileRef.connectorProfileArn).toEqual(arn);
  expect(imported.env.region).toEqual('us-east-1');
});

test('can be imported by an ARN that is known only at deploy time', () => {
  const imported = ConnectorProfile.fromConnectorProfileArn(stack, 'Imported', new CfnParameter(stack, 'Arn').valueAsString);
  expect(stack.resolve(imported.connectorProfileName)).toEqual({ 'Fn::Select': [1, { 'Fn::Split': [':connectorprofile/', { Ref: 'Arn' }] }] });
});
