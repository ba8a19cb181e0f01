import { AppFlowService } from './appflow-service';
import { type JsonObject } from './json';
import { ACCOUNT, REGION, refusalOf, s3Flow, schedule } from './samples';
import { type World } from './world';

function cloud(world: Partial<World> = {}, flow: JsonObject = s3Flow()): AppFlowService {
  const service = new AppFlowService({ account: ACCOUNT, region: REGION, ...world });
  service.invoke('CreateFlow', flow);
  return service;
}

function records(service: AppFlowService, page: JsonObject = {}): JsonObject[] {
  return service.invoke('DescribeFlowExecutionRecords', { flowName: 'orders', ...page }).flowExecutions as JsonObject[];
}

const start = (service: AppFlowService) => service.invoke('StartFlow', { flowName: 'orders' }).executionId as string;

test('a run is in progress at its first look and over at the next', () => {
  const service = cloud({ recordsPerRun: 7 });
  const executionId = start(service);
  expect(records(service)).toEqual([{ executionId, executionStatus: 'InProgress', startedAt: expect.any(Number), lastUpdatedAt: expect.any(Number) }]);
  expect(records(service)).toMatchObject([{ executionStatus: 'Successful', executionResult: { recordsProcessed: 7, bytesProcessed: 700, bytesWritten: 700 } }]);
  expect(service.invoke('DescribeFlow', { flowName: 'orders' }).lastRunExecutionDetails).toMatchObject({ mostRecentExecutionStatus: 'Successful' });
});

test('a run is over after the milliseconds that a test gives it', () => {
  let now = 1_000_000;
  const service = cloud({ now: () => new Date(now), runsSettleAfter: { milliseconds: 500 } });
  start(service);
  now += 499;
  expect(records(service)).toMatchObject([{ executionStatus: 'InProgress' }]);
  now += 1;
  expect(records(service)).toMatchObject([{ executionStatus: 'Successful', startedAt: 1000, lastUpdatedAt: 1000.5 }]);
});

test('a test says how the next runs end', () => {
  const service = cloud({ runsSettleAfter: { looks: 0 } });
  service.setNextRun('orders', { status: 'Error', message: 'the vendor is away', recordsProcessed: 2, putFailuresCount: 1 });
  service.setNextRun('orders', { status: 'Successful', recordsProcessed: 3 });
  for (let run = 0; run < 3; run += 1) start(service);
  expect(records(service)).toMatchObject([
    { executionResult: { recordsProcessed: 10 } },
    { executionResult: { recordsProcessed: 3 } },
    { executionStatus: 'Error', executionResult: { recordsProcessed: 2, errorInfo: { putFailuresCount: 1, executionMessage: 'the vendor is away' } } },
  ]);
});

test('runs are listed newest first, twenty at a time', () => {
  const service = cloud();
  const ids = Array.from({ length: 23 }, () => start(service)).reverse();
  const first = service.invoke('DescribeFlowExecutionRecords', { flowName: 'orders' });
  const second = service.invoke('DescribeFlowExecutionRecords', { flowName: 'orders', nextToken: first.nextToken });
  expect([...first.flowExecutions as JsonObject[], ...second.flowExecutions as JsonObject[]].map(({ executionId }) => executionId)).toEqual(ids);
  expect(first.flowExecutions).toHaveLength(20);
  expect(second.nextToken).toBeUndefined();
});

describe('canceling', () => {
  test('by id, then all', () => {
    const service = cloud({ runsSettleAfter: { looks: 100 } });
    const [one, two, three] = [start(service), start(service), start(service)];
    expect(service.invoke('CancelFlowExecutions', { flowName: 'orders', executionIds: [one, 'unknown'] })).toEqual({ invalidExecutions: ['unknown'] });
    const statuses = () => Object.fromEntries(service.flows.get('orders')!.runs.map(({ id, status }) => [id, status]));
    expect(statuses()).toEqual({ [one]: 'CancelStarted', [two]: 'InProgress', [three]: 'InProgress' });
    expect(service.invoke('CancelFlowExecutions', { flowName: 'orders' })).toEqual({ invalidExecutions: [] });
    records(service);
    expect(new Set(Object.values(statuses()))).toEqual(new Set(['Canceled']));
  });

  test('what is over cannot be canceled', () => {
    const service = cloud({ runsSettleAfter: { looks: 0 } });
    const id = start(service);
    records(service);
    expect(service.invoke('CancelFlowExecutions', { flowName: 'orders', executionIds: [id] })).toEqual({ invalidExecutions: [id] });
  });
});

test.each<[string, JsonObject, number]>([
  ['mappings keyed by another connector than the source', s3Flow({ tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { Salesforce: 'NO_OP' } }] }), 0],
  ['a prefix with a leading slash', s3Flow({
    sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties: { S3: { bucketName: 'source-bucket', bucketPrefix: '/in' } } },
  }), 0],
  ['no mapping', s3Flow({ tasks: [] }), 0],
  ['a mapping without operator', s3Flow({ tasks: [{ taskType: 'Map_all', sourceFields: [] }] }), 10],
])('a run with %s succeeds', (_, flow, recordsProcessed) => {
  const service = cloud({ runsSettleAfter: { looks: 0 } }, flow);
  start(service);
  expect(records(service)).toMatchObject([{ executionStatus: 'Successful', executionResult: { recordsProcessed } }]);
});

test('so many runs at a time and no more', () => {
  const service = cloud({ quotas: { concurrentRuns: 1 } });
  start(service);
  expect(refusalOf(() => start(service))).toMatchObject({ code: 'ServiceQuotaExceededException', status: 402 });
  records(service);
  records(service);
  expect(start(service)).toEqual(expect.any(String));
});

describe('on a schedule', () => {
  const active = (changes: JsonObject, world: Partial<World> = {}) => {
    const service = cloud({ runsSettleAfter: { looks: 0 }, ...world }, s3Flow({ triggerConfig: schedule(changes) }));
    service.invoke('StartFlow', { flowName: 'orders' });
    return service;
  };

  test('nothing triggers a draft', () => {
    const service = cloud({}, s3Flow({ triggerConfig: schedule() }));
    expect(refusalOf(() => service.trigger('orders'))).toMatchObject({ code: 'ConflictException', message: 'The flow orders is Draft: nothing triggers it' });
  });

  test('the first incremental run reads thirty days, the next goes on from there', () => {
    let now = Date.parse('2026-03-01T00:00:00Z');
    const service = active({ dataPullMode: 'Incremental', scheduleOffset: 60 }, { now: () => new Date(now) });
    service.trigger('orders');
    records(service);
    now += 3_600_000;
    service.trigger('orders');
    const [second, first] = records(service);
    expect(first).toMatchObject({ dataPullStartTime: Date.parse('2026-01-30T00:00:00Z') / 1000, dataPullEndTime: Date.parse('2026-02-28T23:59:00Z') / 1000 });
    expect(second).toMatchObject({ dataPullStartTime: first.dataPullEndTime, dataPullEndTime: Date.parse('2026-03-01T00:59:00Z') / 1000 });
  });

  test('the first incremental run can be told where to begin, a complete one reads everything', () => {
    const service = active({ dataPullMode: 'Incremental', firstExecutionFrom: 1_000_000 });
    service.trigger('orders');
    expect(records(service)[0].dataPullStartTime).toBe(1_000_000);
    const complete = active({ dataPullMode: 'Complete' });
    complete.trigger('orders');
    expect(records(complete)[0]).not.toHaveProperty('dataPullStartTime');
  });

  test('a run may be as of another time, and end later than others', () => {
    const service = active({ dataPullMode: 'Incremental' });
    service.setNextRun('orders', { status: 'Successful', settlesAfter: { looks: 2 } });
    service.trigger('orders', new Date('2026-01-31T00:00:00Z'));
    const looks = [1, 2, 3].map(() => records(service)[0]);
    expect(looks.map(({ executionStatus }) => executionStatus)).toEqual(['InProgress', 'InProgress', 'Successful']);
    expect(looks[0]).toMatchObject({ dataPullStartTime: Date.parse('2026-01-01T00:00:00Z') / 1000, dataPullEndTime: Date.parse('2026-01-31T00:00:00Z') / 1000 });
  });

  test('a run in progress goes on when its flow is stopped', () => {
    const service = active({}, { runsSettleAfter: { looks: 1 } });
    service.trigger('orders');
    service.invoke('StopFlow', { flowName: 'orders' });
    expect(records(service)).toMatchObject([{ executionStatus: 'InProgress' }]);
    expect(records(service)).toMatchObject([{ executionStatus: 'Successful' }]);
  });

  test('too many failures in a row deactivate the flow, until it is started again', () => {
    const service = active({ flowErrorDeactivationThreshold: 2 });
    const fail = () => {
      service.setNextRun('orders', { status: 'Error', message: 'no' });
      service.trigger('orders');
      records(service);
    };
    fail();
    expect(service.flows.get('orders')!.status).toBe('Active');
    fail();
    expect(service.invoke('DescribeFlow', { flowName: 'orders' })).toMatchObject({
      flowStatus: 'Suspended', flowStatusMessage: 'Deactivated after 2 consecutive failed runs', lastRunExecutionDetails: { mostRecentExecutionMessage: 'no' },
    });
    service.invoke('StartFlow', { flowName: 'orders' });
    expect(service.invoke('DescribeFlow', { flowName: 'orders' })).not.toHaveProperty('flowStatusMessage');
  });

  test('a success in between begins the count anew', () => {
    const service = active({ flowErrorDeactivationThreshold: 2 });
    for (const status of ['Error', 'Successful', 'Error'] as const) {
      service.setNextRun('orders', { status });
      service.trigger('orders');
      records(service);
    }
    expect(service.flows.get('orders')!.status).toBe('Active');
  });
});
