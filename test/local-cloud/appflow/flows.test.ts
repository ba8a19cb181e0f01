import { AppFlowService } from './appflow-service';
import { ACCOUNT, REGION, refusalOf, s3Destination, s3Flow, salesforceFlow, salesforceProfile, schedule } from './samples';
import { type World } from './world';

function cloud(world: Partial<World> = {}): AppFlowService {
  return new AppFlowService({ account: ACCOUNT, region: REGION, ...world });
}

const scheduled = s3Flow({ triggerConfig: schedule() });
const event = salesforceFlow({ triggerConfig: { triggerType: 'Event' } });
const status = (service: AppFlowService, flowName = 'orders') => service.invoke('DescribeFlow', { flowName }).flowStatus;

describe('the status of a flow', () => {
  test('an on-demand flow is active from the start, runs when started and cannot be stopped', () => {
    const service = cloud();
    expect(service.invoke('CreateFlow', s3Flow())).toEqual({ flowArn: expect.stringMatching(/:flow\/orders$/), flowStatus: 'Active' });
    expect(service.invoke('StartFlow', { flowName: 'orders' })).toMatchObject({ flowStatus: 'Active', executionId: expect.any(String) });
    expect(refusalOf(() => service.invoke('StopFlow', { flowName: 'orders' }))).toMatchObject({ code: 'UnsupportedOperationException', status: 400 });
    expect(status(service)).toBe('Active');
  });

  test.each([['scheduled', scheduled, 'orders'], ['event', event, 'accounts']])('a %s flow is a draft until it is started', (_, input, flowName) => {
    const service = cloud();
    service.invoke('CreateConnectorProfile', salesforceProfile());
    expect(service.invoke('CreateFlow', input)).toMatchObject({ flowStatus: 'Draft' });
    expect(service.invoke('StartFlow', { flowName })).toEqual({ flowArn: expect.any(String), flowStatus: 'Active' });
    expect(service.invoke('StopFlow', { flowName })).toEqual({ flowArn: expect.any(String), flowStatus: 'Suspended' });
    expect(service.invoke('StartFlow', { flowName })).toMatchObject({ flowStatus: 'Active' });
    expect(service.flows.get(flowName)!.runs).toEqual([]);
  });

  test('an update keeps an active schedule active', () => {
    const service = cloud();
    service.invoke('CreateFlow', scheduled);
    service.invoke('StartFlow', { flowName: 'orders' });
    expect(service.invoke('UpdateFlow', s3Flow({ triggerConfig: schedule({ scheduleExpression: 'rate(2hours)' }) }))).toEqual({ flowStatus: 'Active' });
  });

  test('a change from on demand to a schedule leaves a draft, the way back an active flow', () => {
    const service = cloud();
    service.invoke('CreateFlow', s3Flow());
    expect(service.invoke('UpdateFlow', scheduled)).toEqual({ flowStatus: 'Draft' });
    expect(service.invoke('UpdateFlow', s3Flow())).toEqual({ flowStatus: 'Active' });
  });

  test.each(['StartFlow', 'StopFlow', 'DeleteFlow', 'DescribeFlow', 'DescribeFlowExecutionRecords', 'CancelFlowExecutions'])('%s wants a flow that is there', (operation) => {
    expect(refusalOf(() => cloud().invoke(operation, { flowName: 'absent' }))).toEqual({
      code: 'ResourceNotFoundException', status: 404, message: 'Flow with name: absent does not exist',
    });
  });
});

describe('a flow to Amazon EventBridge', () => {
  const source = 'aws.partner/appflow/salesforce.com/111122223333/accounts';
  const eventsTo = (object: string) => salesforceFlow({
    triggerConfig: { triggerType: 'Event' },
    destinationFlowConfigList: [{ connectorType: 'EventBridge', destinationConnectorProperties: { EventBridge: { object } } }],
  });
  function created(object: string, world: Partial<World> = {}) {
    const service = cloud(world);
    service.invoke('CreateConnectorProfile', salesforceProfile());
    service.invoke('CreateFlow', eventsTo(object));
    return service;
  }
  const start = (service: AppFlowService) => service.invoke('StartFlow', { flowName: 'accounts' });

  test('is activated once its partner event source has an event bus', () => {
    const buses = new Set<string>();
    const service = created(source, { hasEventBus: (name) => buses.has(name) });
    expect(refusalOf(() => start(service))).toEqual({
      code: 'ConflictException', status: 409, message: `The partner event source ${source} of the flow accounts is not associated with an event bus`,
    });
    expect(status(service, 'accounts')).toBe('Draft');
    buses.add(source);
    expect(start(service)).toMatchObject({ flowStatus: 'Active' });
  });

  test('is activated where event buses cannot be looked up, and under a short name, of which nothing is known', () => {
    expect(start(created(source))).toMatchObject({ flowStatus: 'Active' });
    expect(start(created('accounts', { hasEventBus: () => false }))).toMatchObject({ flowStatus: 'Active' });
  });
});

describe('deleting', () => {
  test('an active schedule goes by force only', () => {
    const service = cloud();
    service.invoke('CreateFlow', scheduled);
    service.invoke('StartFlow', { flowName: 'orders' });
    expect(refusalOf(() => service.invoke('DeleteFlow', { flowName: 'orders' }))).toEqual({
      code: 'ConflictException', status: 409, message: 'Flow is in active state, please set forceDelete to true or deactivate the flow',
    });
    expect(service.invoke('DeleteFlow', { flowName: 'orders', forceDelete: true })).toEqual({});
    expect(service.flows.size).toBe(0);
  });

  test('a suspended schedule and an on-demand flow go as they are', () => {
    const service = cloud();
    service.invoke('CreateFlow', scheduled);
    service.invoke('StopFlow', { flowName: 'orders' });
    service.invoke('DeleteFlow', { flowName: 'orders' });
    service.invoke('CreateFlow', s3Flow());
    service.invoke('DeleteFlow', { flowName: 'orders' });
    expect(service.flows.size).toBe(0);
  });
});

describe('updating', () => {
  test('replaces the definition and keeps key, tags, creation and name', () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const service = cloud({ now: () => now });
    const kmsArn = 'arn:aws:kms:us-east-1:111122223333:key/0';
    service.invoke('CreateFlow', s3Flow({ description: 'first', kmsArn, tags: { team: 'sales' } }), { accessKeyId: 'ALICE', signingName: 'appflow' });
    now = new Date('2026-01-02T00:00:00Z');
    service.invoke('UpdateFlow', s3Flow(), { accessKeyId: 'BOB', signingName: 'appflow' });
    expect(service.invoke('DescribeFlow', { flowName: 'orders' })).toEqual({
      ...s3Flow(),
      flowArn: 'arn:aws:appflow:us-east-1:111122223333:flow/orders',
      flowStatus: 'Active',
      kmsArn,
      tags: { team: 'sales' },
      createdAt: Date.parse('2026-01-01T00:00:00Z') / 1000,
      createdBy: 'ALICE',
      lastUpdatedAt: Date.parse('2026-01-02T00:00:00Z') / 1000,
      lastUpdatedBy: 'BOB',
      schemaVersion: 1,
    });
  });

  test('other tasks are another schema version, another format is not', () => {
    const service = cloud();
    const version = () => service.invoke('DescribeFlow', { flowName: 'orders' }).schemaVersion;
    service.invoke('CreateFlow', s3Flow());
    service.invoke('UpdateFlow', s3Flow({ destinationFlowConfigList: [s3Destination({ s3OutputFormatConfig: { fileType: 'JSON' } })] }));
    expect(version()).toBe(1);
    service.invoke('UpdateFlow', s3Flow({ tasks: [{ taskType: 'Map', sourceFields: ['a'], destinationField: 'b', connectorOperator: { S3: 'NO_OP' } }] }));
    expect(version()).toBe(2);
  });
});

test('names are taken once, and the account has room for so many', () => {
  const service = cloud({ quotas: { flows: 1 } });
  service.invoke('CreateFlow', s3Flow());
  expect(refusalOf(() => service.invoke('CreateFlow', s3Flow()))).toMatchObject({ code: 'ConflictException', status: 409 });
  expect(refusalOf(() => service.invoke('CreateFlow', s3Flow({ flowName: 'second' })))).toEqual({
    code: 'ServiceQuotaExceededException', status: 402, message: 'The account already has 1 flows',
  });
});

test('an operation that does not exist is refused by name', () => {
  expect(refusalOf(() => cloud().invoke('RunFlow'))).toEqual({ code: 'UnknownOperationException', status: 404, message: 'Amazon AppFlow has no operation RunFlow' });
});

describe('tags', () => {
  const resourceArn = 'arn:aws:appflow:us-east-1:111122223333:flow/orders';

  test('no more than fifty in all', () => {
    const service = cloud();
    service.invoke('CreateFlow', s3Flow({ tags: Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`k${index}`, 'v'])) }));
    service.invoke('TagResource', { resourceArn, tags: { k0: 'again', last: 'v' } });
    expect(refusalOf(() => service.invoke('TagResource', { resourceArn, tags: { onemore: 'v' } }))).toEqual({
      code: 'ValidationException', status: 400, message: 'A resource can have at most 50 tags',
    });
    expect(service.flows.get('orders')!.tags).toMatchObject({ k0: 'again', last: 'v' });
  });

  test('registered connectors have them too, profiles have none', () => {
    const service = cloud();
    const lambdaArn = 'arn:aws:lambda:us-east-1:111122223333:function:ledger';
    const { connectorArn } = service.invoke('RegisterConnector', {
      connectorLabel: 'Ledger', connectorProvisioningType: 'LAMBDA', connectorProvisioningConfig: { lambda: { lambdaArn } },
    });
    service.invoke('TagResource', { resourceArn: connectorArn, tags: { team: 'sales' } });
    expect(service.invoke('ListTagsForResource', { resourceArn: connectorArn })).toEqual({ tags: { team: 'sales' } });
    const { connectorProfileArn } = service.invoke('CreateConnectorProfile', salesforceProfile());
    expect(refusalOf(() => service.invoke('ListTagsForResource', { resourceArn: connectorProfileArn })).code).toBe('ResourceNotFoundException');
  });
});
