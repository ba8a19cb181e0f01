import { AppFlowService } from './appflow-service';
import { type JsonObject } from './json';
import { ACCOUNT, REGION, refusalOf } from './samples';

const cloud = () => new AppFlowService({ account: ACCOUNT, region: REGION, entities: (type) => type === 'Slack' ? { channels: ['id'] } : undefined });

const registration: JsonObject = {
  connectorLabel: 'Ledger',
  connectorProvisioningType: 'LAMBDA',
  connectorProvisioningConfig: { lambda: { lambdaArn: 'arn:aws:lambda:us-east-1:111122223333:function:ledger' } },
};

test('a registration needs a label that is free and a function', () => {
  const service = cloud();
  expect(refusalOf(() => service.invoke('RegisterConnector', { ...registration, connectorLabel: undefined })).message).toContain('not documented');
  expect(refusalOf(() => service.invoke('RegisterConnector', { connectorLabel: 'Ledger' })).message).toContain('connectorProvisioningConfig.lambda is required');
  service.invoke('RegisterConnector', registration);
  expect(refusalOf(() => service.invoke('RegisterConnector', registration))).toMatchObject({ code: 'ConflictException', status: 409 });
});

test('AppFlow has to be allowed to invoke the function of a connector, for the connector', () => {
  const service = new AppFlowService({ account: ACCOUNT, region: REGION, functionInvocable: (_, sourceArn) => !sourceArn.endsWith(':connector/Ledger') });
  expect(refusalOf(() => service.invoke('RegisterConnector', registration))).toMatchObject({ code: 'ConnectorServerException' });
  expect(service.invoke('RegisterConnector', { ...registration, connectorLabel: 'Other' }).connectorArn).toEqual(expect.any(String));
});

test('a connector in use goes by force only', () => {
  const service = cloud();
  service.invoke('RegisterConnector', registration);
  service.invoke('CreateConnectorProfile', {
    connectorProfileName: 'books',
    connectorType: 'CustomConnector',
    connectorLabel: 'Ledger',
    connectionMode: 'Public',
    connectorProfileConfig: { connectorProfileProperties: { CustomConnector: {} } },
  });
  expect(refusalOf(() => service.invoke('UnregisterConnector', { connectorLabel: 'Ledger' }))).toMatchObject({ code: 'ConflictException', message: expect.stringContaining('books') });
  service.invoke('UnregisterConnector', { connectorLabel: 'Ledger', forceDelete: true });
  expect(service.connectors.size).toBe(0);
});

test.each<[string, JsonObject]>([
  ['DescribeConnector', { connectorType: 'CustomConnector', connectorLabel: 'absent' }],
  ['UnregisterConnector', { connectorLabel: 'absent' }],
  ['UpdateConnectorRegistration', { connectorLabel: 'absent' }],
])('%s wants a connector that is there', (operation, input) => {
  expect(refusalOf(() => cloud().invoke(operation, input))).toEqual({
    code: 'ResourceNotFoundException', status: 404, message: 'Connector with label: absent does not exist',
  });
});

test('a custom connector is described by its label', () => {
  expect(refusalOf(() => cloud().invoke('DescribeConnector', { connectorType: 'CustomConnector' })).message).toBe('ConnectorLabel is required for connector: CustomConnector');
});

test('a built-in connector is described as far as it is documented', () => {
  expect(cloud().invoke('DescribeConnector', { connectorType: 'Salesforce' }).connectorConfiguration).toMatchObject({
    canUseAsSource: true,
    canUseAsDestination: true,
    isPrivateLinkEnabled: true,
    supportedTriggerTypes: ['OnDemand', 'Scheduled', 'Event'],
    supportedOperators: expect.arrayContaining(['PROJECTION', 'CONTAINS', 'NO_OP']),
  });
  const { connectorConfiguration } = cloud().invoke('DescribeConnector', { connectorType: 'Servicenow' });
  expect(connectorConfiguration).toMatchObject({ canUseAsSource: true, canUseAsDestination: false, isPrivateLinkEnabled: false });
  expect(connectorConfiguration).not.toHaveProperty('supportedTriggerTypes');
});

test('the objects of an application are those that a test gives', () => {
  const service = cloud();
  expect(service.invoke('ListConnectorEntities', { connectorType: 'Slack' }).connectorEntityMap).toMatchObject({ Objects: [{ name: 'channels' }] });
  expect(refusalOf(() => service.invoke('DescribeConnectorEntity', { connectorType: 'Slack', connectorEntityName: 'users' })).code).toBe('ResourceNotFoundException');
  expect(refusalOf(() => service.invoke('DescribeConnectorEntity', { connectorType: 'Zendesk', connectorEntityName: 'tickets' }))).toEqual({
    code: 'UnsupportedOperationException',
    status: 400,
    message: 'The local cloud does not know the objects of Zendesk: DescribeConnectorEntity needs its option "entities"',
  });
  expect(refusalOf(() => service.invoke('ListConnectorEntities')).message).toContain('an unnamed connector');
});
