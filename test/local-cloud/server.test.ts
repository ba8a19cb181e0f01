import { LocalCloud } from './local-cloud';
import { withoutChunks } from './server';

jest.setTimeout(30_000);

let cloud: LocalCloud;
beforeAll(async () => { cloud = await LocalCloud.start(); });
afterAll(async () => cloud.stop());

async function send(service: string, path: string, init: RequestInit = {}): Promise<Response> {
  const authorization = `AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  return fetch(cloud.endpoint + path, { ...init, headers: { authorization, ...init.headers } });
}

test('the endpoint is on the loopback interface', () => {
  expect(cloud.endpoint).toMatch(/^http:\/\/localhost:\d+$/);
});

test('a service that is not there is refused by name', async () => {
  const response = await send('dynamodb', '/');
  expect(response.status).toBe(501);
  expect(await response.text()).toContain('dynamodb');
});

test('an unsigned request is refused', async () => {
  expect((await fetch(cloud.endpoint)).status).toBe(501);
});

test.each([
  ['cloudformation', 'cloudformation:ListTypes'],
  ['sts', 'sts:ListTypes'],
])('an operation that %s does not have is refused by name', async (service, name) => {
  const response = await send(service, '/', { method: 'POST', body: 'Action=ListTypes' });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(name);
});

test('the body of an aws-chunked upload is unwrapped', async () => {
  expect(withoutChunks(Buffer.from('4;chunk-signature=0\r\nabcd\r\n2\r\nef\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n')).toString()).toBe('abcdef');
  const upload = await send('s3', `/${cloud.s3.assetsBucket}/k`, { method: 'PUT', headers: { 'content-encoding': 'aws-chunked' }, body: '3\r\nabc\r\n0\r\n\r\n' });
  expect(upload.status).toBe(200);
  expect(await (await send('s3', `/${cloud.s3.assetsBucket}/k`)).text()).toBe('abc');
});

test('an address for the answer of a custom resource cannot be guessed', async () => {
  expect((await fetch(`${cloud.endpoint}/custom-resource-responses/0`, { method: 'PUT', body: '{}' })).status).toBe(403);
});

test('faults reach clients over HTTP', async () => {
  cloud.faults.inject({ service: 'appflow', operation: 'ListFlows', kind: 'throttle' });
  cloud.faults.inject({ service: 'appflow', operation: 'ListFlows', nth: 2, kind: 'lost-response' });
  cloud.faults.inject({ service: 'appflow', operation: 'ListFlows', nth: 3, kind: 'timeout' });
  const list = async (init: RequestInit = {}) => send('appflow', '/list-flows', { method: 'POST', body: '{}', ...init });
  const throttled = await list();
  expect([throttled.status, throttled.headers.get('x-amzn-errortype')]).toEqual([429, 'ThrottlingException']);
  await expect(list()).rejects.toThrow('fetch failed');
  await expect(list({ signal: AbortSignal.timeout(2_000) })).rejects.toThrow('timeout');
  expect((await list()).status).toBe(200);
  expect(cloud.calls.of('ListFlows').map(({ outcome }) => outcome)).toEqual(['throttle', 'lost-response', 'timeout', 'ok']);
});
