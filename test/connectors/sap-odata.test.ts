import {
  ConnectionMode, ConnectorProfile, DataPull, FlowSchedule, Mapping, OnDemandFlow, SapODataConnection, SapODataDestination,
  type SapODataDestinationProps, SapODataSource, ScheduledFlow, WriteOperation,
} from 'appflow-constructs';
import { SecretValue, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { s3ToS3, salesforceToS3 } from '../samples';
import { errorsOf, newStack, warningsOf } from '../synthesis';

const SYSTEM = {
  applicationHostUrl: 'https://acme.example.com',
  applicationServicePath: '/sap/opu/odata/iwfnd/catalogservice;v=2',
  clientNumber: '100',
  username: 'appflow',
  password: SecretValue.secretsManager('sap'),
};

let stack: Stack;
beforeEach(() => {
  stack = newStack();
});

test('the port is that of HTTPS, unless another is given', () => {
  new ConnectorProfile(stack, 'Profile', { connection: SapODataConnection.basic(SYSTEM) });
  Template.fromStack(stack).hasResourceProperties('AWS::AppFlow::ConnectorProfile', {
    ConnectorProfileConfig: { ConnectorProfileProperties: { SAPOData: { PortNumber: 443 } } },
  });
});

test.each([
  ['client number', { clientNumber: '1' }],
  ['client number', { clientNumber: '1000' }],
  ['logon language', { logonLanguage: 'ENG' }],
  ['port number', { portNumber: 65536 }],
  ['application host URL', { applicationHostUrl: 'acme.example.com' }],
])('a %s out of bounds is an error', (title, options) => {
  new ConnectorProfile(stack, 'Profile', { connection: SapODataConnection.basic({ ...SYSTEM, ...options }) });
  expect(errorsOf(stack)).toEqual([expect.stringContaining(`the ${title} of the connector profile is`)]);
});

test('an endpoint service whose name is unusual is not refused', () => {
  const connection = SapODataConnection.basic({ ...SYSTEM, privateLinkServiceName: 'text1' });
  new ConnectorProfile(stack, 'Profile', { connection, connectionMode: ConnectionMode.PRIVATE });
  expect(errorsOf(stack)).toEqual([]);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('[ack: appflow-constructs:private-link-service-name-unusual]')]);
});

test.each([
  ['rate(1hours)', 'all records', DataPull.complete(), true],
  ['rate(23hours)', 'all records', DataPull.complete(), true],
  ['rate(1days)', 'all records', DataPull.complete(), false],
  ['cron(0 * * * ? *)', 'all records', DataPull.complete(), false],
  ['rate(1hours)', 'changes', DataPull.incremental(), false],
  ['rate(1hours)', 'what AppFlow decides', undefined, false],
])('a schedule of %s, reading %s, is judged', (expression, _, pull, warns) => {
  const sap = ConnectorProfile.fromConnectorProfileName(stack, 'Sap', 'sap');
  new ScheduledFlow(stack, 'Flow', {
    ...salesforceToS3(stack),
    source: new SapODataSource(sap, { objectPath: '/orders' }),
    schedule: FlowSchedule.expression(expression),
    pull,
    tasks: [Mapping.all()],
  });
  expect(warningsOf(stack)).toEqual(warns ? [expect.stringContaining('[ack: appflow-constructs:sap-odata-full-transfer-too-often]')] : []);
});

test.each<[string, Partial<SapODataDestinationProps>, string[]]>([
  ['an insert', {}, []],
  ['an update by several fields', { writeOperation: WriteOperation.update(['SalesOrder', 'Plant']) }, []],
  ['an update by no field', { writeOperation: WriteOperation.update([]) }, ['write-operation-without-id-fields']],
  ['an upsert', { writeOperation: WriteOperation.upsert(['SalesOrder']) }, ['write-operation-not-supported']],
  ['a deletion', { writeOperation: WriteOperation.delete(['SalesOrder']) }, ['write-operation-not-supported']],
])('of %s, warns of what the guide does not name', (_, props, codes) => {
  const sap = ConnectorProfile.fromConnectorProfileName(stack, 'Sap', 'sap');
  new OnDemandFlow(stack, 'Flow', {
    ...s3ToS3(stack),
    destination: new SapODataDestination(sap, { objectPath: '/orders', ...props }),
    tasks: [Mapping.fields(['SalesOrder'])],
  });
  expect(errorsOf(stack)).toEqual([]);
  expect(warningsOf(stack)).toEqual(codes.map((code) => expect.stringContaining(`[ack: appflow-constructs:${code}]`)));
});
