import { AppFlowEndpoint, Interjection } from './appflow-endpoint';
import { InMemoryAppFlow } from './in-memory-appflow';
import { AppFlowService } from '../../../lib/custom-resources/handlers/appflow';
import { Deadline } from '../../../lib/custom-resources/handlers/deadline';
import { ServiceError } from '../../../lib/custom-resources/handlers/service';

const ARN = InMemoryAppFlow.arnOf('Orders');
const THROTTLE: Interjection = { status: 429, error: 'ThrottlingException', message: 'Rate exceeded' };

const before = { ...process.env };
let endpoint: AppFlowEndpoint;
let deadline: Deadline;
let service: AppFlowService;

/** The real SDK, with as much time for work as given. */
function within(milliseconds: number, permissionsAreNew = false): AppFlowService {
  deadline = new Deadline(milliseconds * 4 / 3);
  return (service = new AppFlowService(deadline, permissionsAreNew));
}

beforeEach(async () => {
  endpoint = await new AppFlowEndpoint().open();
  endpoint.appflow.addFlow('Orders');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKID1',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
  });
});

afterEach(async () => {
  service.close();
  deadline.dispose();
  await endpoint.close();
  process.env = { ...before };
});

async function failure(call: Promise<unknown>): Promise<ServiceError> {
  const error = await call.then(() => undefined, reason => reason);
  expect(error).toBeInstanceOf(ServiceError);
  return error as ServiceError;
}

describe('calls', () => {
  test('flows', async () => {
    within(5_000);
    const summary = { arn: ARN, triggerType: 'Scheduled', hasRun: false, statusMessage: undefined, kmsArn: undefined, tags: {}, bounds: [] };
    expect(await service.describeFlow('Orders')).toEqual({ ...summary, status: 'Draft' });
    expect(await service.startFlow('Orders')).toEqual({ status: 'Active', executionId: undefined });
    expect(await service.stopFlow('Orders')).toBe('Suspended');
    expect(await service.describeFlow('Orders')).toEqual({ ...summary, status: 'Suspended' });
    expect(endpoint.requests[0].authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKID1\/\d{8}\/eu-west-1\/appflow\/aws4_request/);
  });

  test('a run, once for each token', async () => {
    endpoint.appflow.addFlow('Load', 'OnDemand');
    within(5_000);
    expect(await service.startFlow('Load', 'token-1')).toEqual({ status: 'Active', executionId: 'run-1' });
    expect(await service.startFlow('Load', 'token-1')).toEqual({ status: 'Active', executionId: 'run-1' });
    expect(await service.describeFlow('Load')).toMatchObject({ hasRun: true });
  });

  test('tags', async () => {
    within(5_000);
    await service.tag(ARN, { team: 'a', stage: 'prod' });
    await service.untag(ARN, ['stage', 'other']);
    expect(await service.listTags(ARN)).toEqual({ team: 'a' });
  });

  test('a flow that is not there, or no longer', async () => {
    endpoint.appflow.addFlow('Gone', 'Scheduled', 'Deleted');
    within(5_000);
    expect(await service.describeFlow('Gone')).toBeUndefined();
    expect(await service.describeFlow('Other')).toBeUndefined();
    expect(await service.listTags(InMemoryAppFlow.arnOf('Other'))).toBeUndefined();
    expect((await failure(service.startFlow('Other'))).isNotFound).toBe(true);
  });

  test('each invocation reads the credentials of its time', async () => {
    await within(5_000).describeFlow('Orders');
    service.close();
    deadline.dispose();
    process.env.AWS_ACCESS_KEY_ID = 'AKID2';
    await within(5_000).describeFlow('Orders');
    expect(endpoint.requests.map(({ authorization }) => /Credential=(\w+)/.exec(authorization)![1])).toEqual(['AKID1', 'AKID2']);
  });

  test('no credentials in the environment', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    expect((await failure(within(5_000).describeFlow('Orders'))).message).toBe('the environment holds no AWS credentials');
    expect(endpoint.requests).toEqual([]);
  });
});

describe('retries', () => {
  test.each<[string, Interjection]>([
    ['a throttled call', THROTTLE],
    ['an internal error', { status: 500, error: 'InternalServerException' }],
    ['a service that is away', { status: 503 }],
    ['a connection that is cut', 'cut'],
  ])('%s is made again until it succeeds', async (_, interjection) => {
    endpoint.next.push(interjection, interjection, interjection);
    expect(await within(20_000).describeFlow('Orders')).toMatchObject({ status: 'Draft' });
    expect(endpoint.requests).toHaveLength(4);
  });

  test('a denial passes where the deployment has just granted the permission, and nowhere else', async () => {
    const denial: Interjection = { status: 403, error: 'AccessDeniedException', message: 'not authorized' };
    endpoint.next.push(denial, denial);
    expect(await within(20_000, true).describeFlow('Orders')).toMatchObject({ status: 'Draft' });
    expect(endpoint.requests).toHaveLength(3);
    service.close();
    deadline.dispose();
    endpoint.next.push(denial);
    expect((await failure(within(20_000).describeFlow('Orders'))).isAccessDenied).toBe(true);
    expect(endpoint.requests).toHaveLength(4);
  });

  test('a denial that stays is told within a third of the time', async () => {
    endpoint.next.push(...Array<Interjection>(50).fill({ status: 403, error: 'AccessDeniedException' }));
    expect((await failure(within(9_000, true).describeFlow('Orders'))).isAccessDenied).toBe(true);
    expect(deadline.left()).toBeGreaterThan(0);
  });

  test('a call without an answer is made again', async () => {
    endpoint.next.push('hang');
    expect(await within(1_500).describeFlow('Orders')).toMatchObject({ status: 'Draft' });
    expect(endpoint.requests).toHaveLength(2);
  });

  test('throttling ends with the time, with the last error', async () => {
    endpoint.always = THROTTLE;
    const { reason, ambiguous } = await failure(within(1_200).describeFlow('Orders'));
    expect(endpoint.requests.length).toBeGreaterThan(1);
    // Either the last call was throttled as well, or the time ended while it was under way.
    expect([['ThrottlingException', false], ['no answer', true]]).toContainEqual([reason, ambiguous]);
  });

  test('a service that never answers ends with the time', async () => {
    endpoint.always = 'hang';
    expect((await failure(within(600).startFlow('Orders'))).ambiguous).toBe(true);
  });

  test('waits are spread', async () => {
    const waits = async () => {
      endpoint.requests.length = 0;
      endpoint.next.push(THROTTLE, THROTTLE);
      await service.describeFlow('Orders');
      const [first, second, third] = endpoint.requests.map(({ at }) => at);
      return [second - first, third - second];
    };
    within(30_000);
    const all = [...await waits(), ...await waits(), ...await waits()];
    expect(Math.max(...all)).toBeLessThan(600);
    expect(new Set(all).size).toBeGreaterThan(1);
  });

  test.each([
    ['ConflictException', 409, true],
    ['ServiceQuotaExceededException', 402, false],
    ['AccessDeniedException', 403, false],
    ['ValidationException', 400, false],
    ['UnsupportedOperationException', 400, false],
  ])('%s is not made again', async (error, status, ambiguous) => {
    endpoint.always = { status, error, message: 'because' };
    expect(await failure(within(5_000).stopFlow('Orders'))).toMatchObject({ reason: error, message: 'because', ambiguous });
    expect(endpoint.requests).toHaveLength(1);
  });
});
