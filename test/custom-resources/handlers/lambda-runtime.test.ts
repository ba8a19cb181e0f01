import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppFlowEndpoint } from './appflow-endpoint';
import { customResourceEvent } from './custom-resource';
import { functionEnvironment, invoke } from './handler-process';
import { Found, installed, NODE_22, NODE_24, RUNTIME_CLIENT } from './installed-tool';
import { ResponseBucket } from './response-bucket';
import { CustomResourceEvent } from '../../../lib/custom-resources/handlers/cloudformation';
import { bundleHandler } from '../../../projenrc/bundle-handler';

const nodes: [string, Found][] = [['Node 24, which the function names', installed(NODE_24)], ['Node 22', installed(NODE_22)]];
const client: Found = process.env.AWS_LAMBDA_RIC ? { path: process.env.AWS_LAMBDA_RIC } : installed(RUNTIME_CLIENT);

/** A test that needs tools; without one of them it is skipped, and says so. */
function testWith(tools: Found[], name: string, run: () => Promise<void>): void {
  const missing = tools.flatMap(tool => 'missing' in tool ? [tool.missing] : []).join('; ');
  if (missing) {
    process.stderr.write(`skipped: ${name}: ${missing}\n`);
    test.skip(`${name} (skipped: ${missing})`, run);
  } else {
    test(name, run, 60_000);
  }
}

const pathOf = (tool: Found) => (tool as { path: string }).path;

const directory = mkdtempSync(join(tmpdir(), 'appflow-handler-runtime-'));
const bucket = new ResponseBucket();
const endpoint = new AppFlowEndpoint();
const event = () => customResourceEvent({
  ResponseURL: bucket.url,
  ResourceProperties: { Flows: { Orders: { FlowName: 'Orders', TriggerType: 'Scheduled', Status: 'Active' } }, Template: 'v1' },
});

beforeAll(async () => {
  await bucket.open();
  await endpoint.open();
  await bundleHandler(directory);
});
afterAll(async () => {
  await bucket.close();
  await endpoint.close();
  rmSync(directory, { recursive: true });
});
beforeEach(() => {
  endpoint.appflow.addFlow('Orders');
  bucket.puts.length = 0;
});

/** Lambda's Runtime API: hands out the events and resolves to how each invocation ended, as `response` or `error`. */
async function runInLambda(events: CustomResourceEvent[], nodePath: string): Promise<string[]> {
  return (await callInLambda(events, nodePath, 'handler')).map(({ end }) => end);
}

/** As `runInLambda`, for one of the functions; also tells what Lambda was told at the end. */
async function callInLambda(events: CustomResourceEvent[], nodePath: string, entryPoint: string): Promise<{ end: string; body: string }[]> {
  const waiting = [...events];
  const ends: { end: string; body: string }[] = [];
  let allEnded: () => void;
  const finished = new Promise<void>(resolve => (allEnded = resolve));
  const api = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += chunk)).on('end', () => {
      const [, , , what, id, end] = request.url!.split('/');
      if (what === 'invocation' && id === 'next') {
        const next = waiting.shift();
        if (next) {
          response.writeHead(200, {
            'content-type': 'application/json',
            'Lambda-Runtime-Aws-Request-Id': next.RequestId,
            'Lambda-Runtime-Deadline-Ms': String(Date.now() + 30_000),
            'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:eu-west-1:111122223333:function:Handler',
          }).end(JSON.stringify(next));
        }
        return;
      }
      response.writeHead(202).end();
      ends.push({ end: end ?? 'init error', body });
      if (ends.length === events.length) {
        allEnded();
      }
    });
  });
  await new Promise<void>(resolve => api.listen(0, '127.0.0.1', resolve));
  const runtime = spawn(nodePath, [pathOf(client), `index.${entryPoint}`], {
    cwd: directory,
    stdio: 'ignore',
    env: {
      ...functionEnvironment(endpoint.url),
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(api.address() as AddressInfo).port}`,
      LAMBDA_TASK_ROOT: directory,
    },
  });
  const exited = new Promise<void>(resolve => runtime.on('exit', () => resolve()));
  await Promise.race([finished, exited]);
  runtime.kill();
  await exited;
  api.closeAllConnections();
  await new Promise(resolve => api.close(resolve));
  return ends;
}

for (const [version, node] of nodes) {
  testWith([node], `the bundle runs under ${version}`, async () => {
    const { code, output } = await invoke(join(directory, 'index.js'), event(), { appflowUrl: endpoint.url, node: pathOf(node) });
    expect(code).toBe(0);
    expect(bucket.answer).toMatchObject({ Status: 'SUCCESS' });
    expect(endpoint.appflow.flows.get('Orders')!.status).toBe('Active');
    // One line for the request, and no warning.
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  testWith([client, node], `the bundle runs under AWS's runtime interface client on ${version}`, async () => {
    expect(await runInLambda([event()], pathOf(node))).toEqual(['response']);
    expect(bucket.answer).toMatchObject({ Status: 'SUCCESS' });
  });
}

testWith([client], "the bundle runs under AWS's runtime interface client", async () => {
  const first = event();
  const failing = { ...event(), ResourceProperties: {} };
  expect(await runInLambda([first, failing, first], process.execPath)).toEqual(['response', 'response', 'response']);
  expect(bucket.puts.map(({ body }) => JSON.parse(body).Status)).toEqual(['SUCCESS', 'FAILED', 'SUCCESS']);
  expect(bucket.puts[2].body).toBe(bucket.puts[0].body);
});

testWith([client], 'an answer that cannot be delivered fails the invocation, so that Lambda delivers the event again', async () => {
  bucket.nextStatuses.push(403);
  const request = event();
  expect(await runInLambda([request, request], process.execPath)).toEqual(['error', 'response']);
  expect(bucket.answer).toMatchObject({ Status: 'SUCCESS' });
});

testWith([client], 'the functions that CDK\'s provider framework calls answer it, and tell an error in one line', async () => {
  endpoint.appflow.flows.get('Orders')!.records = [{ executionId: 'run-1', status: 'Error', message: 'no such object' }];
  const request = {
    ...event(),
    ResourceType: 'Custom::AppFlowFlowRunCompletion',
    ResourceProperties: { FlowName: 'Orders', ExecutionId: 'run-1', Seconds: '60', TimeoutSeconds: '60', Last: 'true' },
  };
  const [begun] = await callInLambda([request], process.execPath, 'onEvent');
  expect({ ...begun, body: JSON.parse(begun.body) }).toEqual({ end: 'response', body: { PhysicalResourceId: 'Resource', BegunAt: expect.any(Number) } });
  const [failed] = await callInLambda([{ ...request, ...JSON.parse(begun.body) }], process.execPath, 'isComplete');
  expect({ ...failed, body: JSON.parse(failed.body) }).toEqual({
    end: 'error',
    body: { errorType: 'Error', errorMessage: expect.stringMatching(/"no such object"; .*run-failed\)$/), trace: [expect.stringMatching(/run-failed\)$/)] },
  });
});
