import { customResourceEvent } from './custom-resource';
import { ResponseBucket } from './response-bucket';
import { answer, CustomResourceEvent, Handler } from '../../../lib/custom-resources/handlers/cloudformation';
import { CustomResourceError, ErrorCode } from '../../../lib/custom-resources/handlers/errors';

const bucket = new ResponseBucket();
const succeed: Handler = async () => ({ physicalResourceId: 'Orders', data: { FlowStatus: 'Active' } });
let logged: string[];

function run(event: Partial<CustomResourceEvent>, handler: Handler, milliseconds = 30_000) {
  return answer(customResourceEvent({ ResponseURL: bucket.url, ...event }), { getRemainingTimeInMillis: () => milliseconds }, handler);
}

const failWith = (message: string): Handler => async () => {
  throw new CustomResourceError(ErrorCode.FLOW_NOT_ACTIVATED, message);
};

beforeAll(() => bucket.open());
afterAll(() => bucket.close());
beforeEach(() => {
  bucket.puts.length = 0;
  logged = [];
  jest.spyOn(console, 'log').mockImplementation(line => logged.push(String(line)));
});

describe('the answer', () => {
  test('of a success', async () => {
    await run({ RequestId: 'r-1', LogicalResourceId: 'Flow', StackId: 'arn:stack' }, succeed);
    expect(bucket.puts).toHaveLength(1);
    expect(bucket.answer).toEqual({
      Status: 'SUCCESS', PhysicalResourceId: 'Orders', StackId: 'arn:stack', RequestId: 'r-1', LogicalResourceId: 'Flow', Data: { FlowStatus: 'Active' },
    });
  });

  test('is sent as the presigned URL wants it', async () => {
    await run({}, succeed);
    const [{ url, headers, body }] = bucket.puts;
    expect(url).toBe(bucket.url.slice(bucket.url.indexOf('/bucket')));
    expect(headers['content-type']).toBe('');
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
    expect(headers).not.toHaveProperty('transfer-encoding');
  });

  test.each(['Update', 'Delete'] as const)('of a failed %s keeps the physical id', async RequestType => {
    await run({ RequestType, PhysicalResourceId: 'Orders' }, failWith('it failed'));
    expect(bucket.answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Orders', Reason: 'it failed (appflow-constructs:flow-not-activated)' });
  });

  test.each(['unchanged', 'started', 'stopped'] as const)('of a failed Create says what it did: %s', async trace => {
    await run({ LogicalResourceId: 'Flow' }, async (_, __, trail) => {
      trail.subject = 'Orders';
      trail.trace = trace;
      throw new Error('it failed');
    });
    expect(bucket.answer.PhysicalResourceId).toBe(`Orders/create-failed/${trace}`);
    expect(bucket.answer.Reason).toBe('the handler failed unexpectedly with Error: it failed (appflow-constructs:handler-failed)');
  });

  test('of a Create that failed at once has a stable physical id', async () => {
    await run({ LogicalResourceId: 'Flow' }, failWith('it failed'));
    expect(bucket.answer.PhysicalResourceId).toBe('Flow/create-failed/unchanged');
  });

  test('to the Delete of a Create that changed nothing is a success without any work', async () => {
    await run({ RequestType: 'Delete', PhysicalResourceId: 'Flow/create-failed/unchanged' }, failWith('not reached'));
    expect(bucket.answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Flow/create-failed/unchanged' });
  });

  test.each([['a', 10_000], ['ä', 5_000], ['😀', 5_000], ['"', 9_000], ['\u0001', 3_000]])('is short enough with a reason of %j', async (character, length) => {
    await run({}, failWith(`it failed: ${character.repeat(length)}`));
    expect(Buffer.byteLength(bucket.puts[0].body)).toBeLessThan(4096);
    expect(bucket.answer.Reason).toMatch(/^it failed: .*….*\(appflow-constructs:flow-not-activated\)$/s);
  });
});

describe('delivery', () => {
  test.each([[[503]], [[0]], [[500, 0, 502]]])('is tried again after %j', async statuses => {
    bucket.nextStatuses.push(...statuses);
    await run({}, succeed);
    expect(bucket.puts).toHaveLength(statuses.length + 1);
    expect(new Set(bucket.puts.map(({ body }) => body)).size).toBe(1);
  });

  test('that is refused is not tried again, and fails the invocation without naming the URL', async () => {
    bucket.nextStatuses.push(403);
    await expect(run({}, succeed)).rejects.toThrow(/^the answer could not be delivered to CloudFormation: HTTP status 403$/);
    expect(bucket.puts).toHaveLength(1);
  });

  test('to nowhere fails in time', async () => {
    await expect(run({ ResponseURL: 'http://127.0.0.1:1/secret?X-Amz-Signature=canary' }, succeed, 1_000))
      .rejects.toThrow(/^the answer could not be delivered to CloudFormation: (?!.*(secret|canary))/);
  });

  test.each([undefined, '', 'bucket'])('to no URL (%p) is refused before any work', async ResponseURL => {
    const work = jest.fn(succeed);
    await expect(run({ ResponseURL: ResponseURL as string }, work)).rejects.toThrow('the event has no valid ResponseURL');
    expect(work).not.toHaveBeenCalled();
  });

  test('of the same request for the second time repeats the answer without any work', async () => {
    const event = customResourceEvent({ ResponseURL: bucket.url });
    await run(event, failWith('first'));
    await run(event, succeed);
    expect(bucket.puts[1].body).toBe(bucket.puts[0].body);
  });

  test('of a request whose answer got lost does the work again', async () => {
    const event = customResourceEvent({ ResponseURL: bucket.url });
    bucket.nextStatuses.push(403);
    await expect(run(event, failWith('first'))).rejects.toThrow();
    await run(event, succeed);
    expect(bucket.answer.Status).toBe('SUCCESS');
  });
});

describe('time', () => {
  test('a handler that does not end is answered for', async () => {
    await run({}, () => new Promise(() => undefined), 1_000);
    expect(bucket.answer).toMatchObject({
      Status: 'FAILED',
      Reason: 'AppFlow did not come to a result within the time of the function; deploy again (appflow-constructs:out-of-time)',
    });
  });

  test('a handler is told by its deadline', async () => {
    await run({}, async (_, deadline) => {
      await new Promise(resolve => deadline.signal.addEventListener('abort', resolve));
      return { physicalResourceId: `late: ${deadline.left() > 50}` };
    }, 400);
    expect(bucket.answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'late: false' });
  });
});

describe('secrets', () => {
  const secrets = { AWS_ACCESS_KEY_ID: 'ASIACANARYCANARYCAN2', AWS_SECRET_ACCESS_KEY: 'canary/secret+key', AWS_SESSION_TOKEN: 'canary+session/token==' };
  const before = { ...process.env };

  beforeEach(() => Object.assign(process.env, secrets));
  afterEach(() => {
    process.env = { ...before };
  });

  test('are neither sent nor logged', async () => {
    const text = `${Object.values(secrets).join(' ')} ${encodeURIComponent(secrets.AWS_SESSION_TOKEN)} ${bucket.url}`;
    await run({ ResourceProperties: { Password: 'canary-property' } }, failWith(`it failed: ${text}`));
    const seen = bucket.puts[0].body + logged.join('');
    expect(seen).toContain('it failed');
    expect(seen).not.toMatch(/canary/i);
  });

  test('one line is logged for each request', async () => {
    await run({ RequestId: 'r-7', LogicalResourceId: 'Flow' }, succeed);
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0])).toEqual({
      RequestType: 'Create',
      ResourceType: 'Custom::AppFlowFlowActivation',
      LogicalResourceId: 'Flow',
      RequestId: 'r-7',
      PhysicalResourceId: 'Orders',
      Status: 'SUCCESS',
      milliseconds: expect.any(Number),
    });
  });
});
