import { existsSync } from 'node:fs';
import { Identities } from './iam';
import { FunctionConfiguration, Lambda } from './lambda';

jest.setTimeout(30_000);

const ROLE = 'arn:aws:iam::111111111111:role/handler';

let lambda: Lambda;
beforeEach(() => {
  const identities = new Identities('111111111111', 'eu-west-1');
  identities.createRole('handler', ROLE);
  lambda = new Lambda({ region: 'eu-west-1', identities, endpoint: () => 'http://localhost:1', nodePath: process.execPath });
});
afterEach(() => lambda.stop());

function deploy(source: string, more: Partial<FunctionConfiguration> = {}): void {
  lambda.deploy({
    arn: 'arn', name: 'fn', runtime: 'nodejs22.x', handler: 'index.handler', roleArn: ROLE, timeoutSeconds: 5, memorySize: 128, environment: {}, source: { inline: source }, ...more,
  });
}

test('a process is kept warm and serves one invocation after another', async () => {
  deploy('let n = 0; exports.handler = async (event) => ({ n: ++n, event, pid: process.pid })');
  const [first, second] = await Promise.all([lambda.invoke('arn', { a: 1 }), lambda.invoke('arn', { a: 2 })]) as { result: any }[];
  expect([first.result.n, second.result.n, second.result.event]).toEqual([1, 2, { a: 2 }]);
  expect(second.result.pid).toBe(first.result.pid);
});

test('a function sees the environment of Lambda and nothing of this process', async () => {
  process.env.LOCAL_CLOUD_TEST = 'mine';
  deploy('exports.handler = async (_, context) => ({ env: process.env, left: context.getRemainingTimeInMillis(), id: context.awsRequestId })', { environment: { TABLE: 't' } });
  const { result } = await lambda.invoke('arn', {}) as { result: any };
  delete process.env.LOCAL_CLOUD_TEST;
  expect(result.env).toMatchObject({
    TABLE: 't', AWS_REGION: 'eu-west-1', AWS_LAMBDA_FUNCTION_NAME: 'fn', AWS_ENDPOINT_URL: 'http://localhost:1', AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  });
  expect(result.env.LOCAL_CLOUD_TEST).toBeUndefined();
  expect(result.left).toBeGreaterThan(3000);
  expect(result.id).toMatch(/^[0-9a-f-]{36}$/);
});

test('an error of the handler is the result of the invocation, and in the log', async () => {
  deploy('exports.handler = async () => { throw new TypeError("no"); }');
  expect(await lambda.invoke('arn', {})).toEqual({ error: { name: 'TypeError', message: 'no', trace: expect.arrayContaining(['TypeError: no']) } });
  expect(lambda.logs.map(({ text }) => text).join('')).toContain('TypeError: no');
});

test('a handler with a callback works as well', async () => {
  deploy('exports.handler = (event, context, done) => done(null, event.a + 1)');
  expect(await lambda.invoke('arn', { a: 1 })).toEqual({ result: 2 });
});

test('a function that takes too long is killed, and the next invocation has a new process', async () => {
  deploy('exports.handler = (event) => event.hang ? new Promise(() => setInterval(() => {}, 1000)) : Promise.resolve(1)', { timeoutSeconds: 0.5 });
  expect(await lambda.invoke('arn', { hang: true })).toMatchObject({ error: { name: 'Sandbox.Timedout' } });
  expect(await lambda.invoke('arn', {})).toEqual({ result: 1 });
});

test('a process that ends by itself is an error, and the next invocation has a new process', async () => {
  deploy('exports.handler = async (event) => event.exit ? process.exit(3) : 1');
  expect(await lambda.invoke('arn', { exit: true })).toMatchObject({ error: { message: expect.stringContaining('exit status 3') } });
  expect(await lambda.invoke('arn', {})).toEqual({ result: 1 });
});

test('an asynchronous invocation is tried three times', async () => {
  deploy('exports.handler = async () => { console.log("tried"); throw new Error("no"); }');
  await lambda.invokeAsync('arn', {});
  expect(lambda.logs.filter(({ text }) => text === 'tried\n')).toHaveLength(3);
});

test('what cannot be run is refused by name', () => {
  expect(() => deploy('', { runtime: 'python3.13' })).toThrow('python3.13');
  expect(() => deploy('', { roleArn: 'arn:aws:iam::111111111111:role/other' })).toThrow('cannot be assumed');
});

test('nothing is left of a function that is removed', async () => {
  deploy('exports.handler = async () => process.cwd()');
  const { result } = await lambda.invoke('arn', {}) as { result: string };
  expect(existsSync(result)).toBe(true);
  lambda.remove('arn');
  expect(existsSync(result)).toBe(false);
});

test('what a function writes below the level of its log is not kept', async () => {
  const source = 'exports.handler = async () => { console.log("said"); console.warn("warned"); throw new Error("thrown"); }';
  const logged = async (logLevel?: string) => {
    lambda.logs.length = 0;
    deploy(source, { logLevel });
    await lambda.invoke('arn', {});
    return ['said', 'warned', 'thrown'].filter((word) => lambda.logs.some(({ text }) => text.includes(word)));
  };
  expect(await logged()).toEqual(['said', 'warned', 'thrown']);
  expect(await logged('WARN')).toEqual(['warned', 'thrown']);
  expect(await logged('FATAL')).toEqual([]);
});
