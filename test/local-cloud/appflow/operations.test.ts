import * as appflow from '@aws-sdk/client-appflow';
import { Loopback } from './loopback';
import { OPERATIONS } from './operation';
import { salesforceFlow, salesforceProfile, s3Flow, schedule } from './samples';

/** Every operation of the API through the SDK's own client. The requests are typed by the SDK; the samples are in the API's form already. */
let cloud: Loopback;

beforeEach(async () => {
  cloud = await Loopback.open({ entities: (type) => type === 'Salesforce' ? { Account: ['Id', 'Name'], Contact: ['Id'] } : undefined });
});
afterEach(() => cloud.close());

const flow = (changes = {}) => s3Flow(changes) as unknown as appflow.CreateFlowCommandInput;
const profile = (changes = {}) => salesforceProfile(changes) as unknown as appflow.CreateConnectorProfileCommandInput;
const lambda = (name: string) => ({ lambda: { lambdaArn: `arn:aws:lambda:us-east-1:111122223333:function:${name}` } });

test('the handlers cover the SDK: every operation is exercised here', async () => {
  const { client, service } = cloud;
  const flowArn = 'arn:aws:appflow:us-east-1:111122223333:flow/orders';

  const created = await client.send(new appflow.CreateFlowCommand(flow({ tags: { team: 'sales' } })));
  expect(created).toMatchObject({ flowArn, flowStatus: 'Active' });
  await client.send(new appflow.UpdateFlowCommand(flow({ description: 'all orders' })));
  expect(await client.send(new appflow.DescribeFlowCommand({ flowName: 'orders' }))).toMatchObject({
    flowName: 'orders',
    description: 'all orders',
    flowStatus: 'Active',
    schemaVersion: 1,
    createdBy: 'AKIDEXAMPLE',
    createdAt: expect.any(Date),
    sourceFlowConfig: { connectorType: 'S3' },
    tags: { team: 'sales' },
  });
  expect((await client.send(new appflow.ListFlowsCommand({}))).flows).toMatchObject([{ flowName: 'orders', sourceConnectorType: 'S3', triggerType: 'OnDemand' }]);

  await client.send(new appflow.TagResourceCommand({ resourceArn: flowArn, tags: { stage: 'test' } }));
  await client.send(new appflow.UntagResourceCommand({ resourceArn: flowArn, tagKeys: ['team', 'absent'] }));
  expect((await client.send(new appflow.ListTagsForResourceCommand({ resourceArn: flowArn }))).tags).toEqual({ stage: 'test' });

  const { executionId } = await client.send(new appflow.StartFlowCommand({ flowName: 'orders' }));
  expect((await client.send(new appflow.DescribeFlowExecutionRecordsCommand({ flowName: 'orders' }))).flowExecutions)
    .toMatchObject([{ executionId, executionStatus: 'InProgress', startedAt: expect.any(Date) }]);
  expect(await client.send(new appflow.CancelFlowExecutionsCommand({ flowName: 'orders', executionIds: [executionId!, 'unknown'] })))
    .toMatchObject({ invalidExecutions: ['unknown'] });

  await client.send(new appflow.CreateFlowCommand(flow({ flowName: 'hourly', triggerConfig: schedule() })));
  await client.send(new appflow.StartFlowCommand({ flowName: 'hourly' }));
  expect(await client.send(new appflow.StopFlowCommand({ flowName: 'hourly' }))).toMatchObject({ flowStatus: 'Suspended' });
  await client.send(new appflow.DeleteFlowCommand({ flowName: 'hourly' }));

  expect((await client.send(new appflow.CreateConnectorProfileCommand(profile()))).connectorProfileArn)
    .toBe('arn:aws:appflow:us-east-1:111122223333:connectorprofile/crm');
  await client.send(new appflow.UpdateConnectorProfileCommand(profile({ connectionMode: 'Private' })));
  expect((await client.send(new appflow.DescribeConnectorProfilesCommand({ connectorProfileNames: ['crm', 'absent'] }))).connectorProfileDetails).toMatchObject([{
    connectorProfileName: 'crm',
    credentialsArn: expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:111122223333:secret:appflow!111122223333-crm-\w{6}$/),
    privateConnectionProvisioningState: { status: 'PENDING' },
  }]);
  await client.send(new appflow.ResetConnectorMetadataCacheCommand({ connectorProfileName: 'crm' }));
  expect((await client.send(new appflow.ListConnectorEntitiesCommand({ connectorProfileName: 'crm' }))).connectorEntityMap)
    .toMatchObject({ Objects: [{ name: 'Account' }, { name: 'Contact' }] });
  expect((await client.send(new appflow.DescribeConnectorEntityCommand({ connectorProfileName: 'crm', connectorEntityName: 'Account' }))).connectorEntityFields)
    .toMatchObject([{ identifier: 'Id' }, { identifier: 'Name' }]);
  await client.send(new appflow.DeleteConnectorProfileCommand({ connectorProfileName: 'crm' }));

  const registration = { connectorLabel: 'Ledger', connectorProvisioningType: 'LAMBDA', connectorProvisioningConfig: lambda('ledger') } as const;
  expect((await client.send(new appflow.RegisterConnectorCommand(registration))).connectorArn).toMatch(/:connector\/Ledger$/);
  await client.send(new appflow.UpdateConnectorRegistrationCommand({ connectorLabel: 'Ledger', description: 'Our ledger' }));
  expect((await client.send(new appflow.DescribeConnectorCommand({ connectorType: 'CustomConnector', connectorLabel: 'Ledger' }))).connectorConfiguration)
    .toMatchObject({ connectorDescription: 'Our ledger', connectorProvisioningConfig: lambda('ledger') });
  expect((await client.send(new appflow.ListConnectorsCommand({}))).connectors).toMatchObject([{ connectorLabel: 'Ledger' }]);
  expect((await client.send(new appflow.DescribeConnectorsCommand({ connectorTypes: ['Amplitude', 'Redshift'] }))).connectorConfigurations).toMatchObject({
    Amplitude: { canUseAsSource: true, canUseAsDestination: false, supportedOperators: ['BETWEEN'] },
    Redshift: { canUseAsSource: false, canUseAsDestination: true },
  });
  await client.send(new appflow.UnregisterConnectorCommand({ connectorLabel: 'Ledger' }));

  expect(new Set(service.calls.map(({ operation }) => operation))).toEqual(new Set(OPERATIONS.keys()));
  expect(service.calls.every(({ outcome, unknownMembers }) => outcome === 'ok' && unknownMembers.length === 0)).toBe(true);
});

test('errors arrive as the classes of the SDK, with the statuses of its schemas', async () => {
  const { client } = cloud;
  const missing = await client.send(new appflow.DescribeFlowCommand({ flowName: 'absent' })).catch((error) => error as Error);
  expect(missing).toBeInstanceOf(appflow.ResourceNotFoundException);
  expect(missing).toMatchObject({ message: 'Flow with name: absent does not exist', $metadata: { httpStatusCode: 404 } });

  await client.send(new appflow.CreateFlowCommand(flow()));
  const taken = await client.send(new appflow.CreateFlowCommand(flow())).catch((error) => error as Error);
  expect(taken).toBeInstanceOf(appflow.ConflictException);
  expect(taken).toMatchObject({ $metadata: { httpStatusCode: 409 } });
});

test('the SDK pages through what is listed', async () => {
  const { client, service } = cloud;
  for (let index = 0; index < 25; index += 1) service.invoke('CreateFlow', s3Flow({ flowName: `flow-${index}` }));
  const sizes: number[] = [];
  for await (const page of appflow.paginateListFlows({ client }, {})) sizes.push(page.flows!.length);
  expect(sizes).toEqual([20, 5]);
  const all: string[] = [];
  for await (const page of appflow.paginateListFlows({ client, pageSize: 10 }, {})) all.push(...page.flows!.map(({ flowName }) => flowName!));
  expect(new Set(all).size).toBe(25);
});

test('timestamps survive the way there and back', async () => {
  const { client } = cloud;
  const scheduleStartTime = new Date('2030-01-01T00:00:00Z');
  const scheduled = flow({ triggerConfig: schedule() });
  scheduled.triggerConfig!.triggerProperties!.Scheduled!.scheduleStartTime = scheduleStartTime;
  await client.send(new appflow.CreateFlowCommand(scheduled));
  const { triggerConfig } = await client.send(new appflow.DescribeFlowCommand({ flowName: 'orders' }));
  expect(triggerConfig!.triggerProperties!.Scheduled!.scheduleStartTime).toEqual(scheduleStartTime);
});

test('a request that no operation answers is refused by name', async () => {
  const response = await fetch(`${cloud.endpoint}/destroy-flow`, {
    method: 'POST', headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/appflow/aws4_request' }, body: '{}',
  });
  expect(response.status).toBe(404);
  expect(response.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
  expect(await response.json()).toEqual({ message: 'Amazon AppFlow has no operation POST /destroy-flow' });
});

test.each([['{"flowName":', 'is not JSON'], ['[]', 'is not a JSON object']])('the body %s is refused', async (body, message) => {
  const response = await fetch(`${cloud.endpoint}/describe-flow`, {
    method: 'POST', headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/appflow/aws4_request' }, body,
  });
  expect(response.headers.get('x-amzn-errortype')).toBe('ValidationException');
  expect(await response.json()).toEqual({ message: `The body of the request ${message}` });
});

test('a flow through a profile shows its source as it was given', async () => {
  const { client, service } = cloud;
  service.invoke('CreateConnectorProfile', salesforceProfile());
  service.invoke('CreateFlow', salesforceFlow());
  expect(await client.send(new appflow.DescribeFlowCommand({ flowName: 'accounts' }))).toMatchObject({
    sourceFlowConfig: { connectorProfileName: 'crm', sourceConnectorProperties: { Salesforce: { object: 'Account' } } },
    tasks: [{ taskType: 'Map_all', sourceFields: [] }],
  });
});
