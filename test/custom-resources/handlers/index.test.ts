import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppFlowEndpoint } from './appflow-endpoint';
import { CustomResource, customResourceEvent } from './custom-resource';
import { CANARIES, functionEnvironment, invoke } from './handler-process';
import { InMemoryAppFlow } from './in-memory-appflow';
import { ResponseBucket } from './response-bucket';
import { bundleHandler } from '../../../projenrc/bundle-handler';

const ROOT = resolve(__dirname, '../../..');
const directory = mkdtempSync(join(tmpdir(), 'appflow-handler-'));
const bundle = join(directory, 'index.js');
const PROPERTIES = { Flows: { Orders: { FlowName: 'Orders', TriggerType: 'Scheduled', Status: 'Active' } }, Template: 'v1' };

const bucket = new ResponseBucket();
let endpoint: AppFlowEndpoint;
/** All that the processes of a test have written. */
let output: string;

function resource(type: string): CustomResource {
  return new CustomResource(type, async event => {
    const result = await invoke(bundle, { ...event, ResponseURL: bucket.url }, { appflowUrl: endpoint.url });
    output += result.output;
    expect(result.code).toBe(0);
    return bucket.answer;
  });
}

beforeAll(async () => {
  await bucket.open();
  await bundleHandler(directory);
});
afterAll(async () => {
  await bucket.close();
  rmSync(directory, { recursive: true });
});
beforeEach(async () => {
  endpoint = await new AppFlowEndpoint().open();
  output = '';
  bucket.puts.length = 0;
});
afterEach(() => endpoint.close());

describe('the bundle', () => {
  test('is small', () => {
    expect(statSync(bundle).size).toBeLessThan(350 * 1024);
  });

  test('exports its entry points and nothing else', () => {
    const list = 'console.log(Object.keys(require(process.argv[1])).join())';
    expect(execFileSync(process.execPath, ['-e', list, bundle], { encoding: 'utf8' }).trim()).toBe('handler,isComplete,onEvent');
  });

  test('is the same each time, wherever it is made', async () => {
    const other = mkdtempSync(join(tmpdir(), 'appflow-handler-again-'));
    try {
      await bundleHandler(other);
      for (const file of ['index.js', 'LICENSES']) {
        const text = readFileSync(join(directory, file), 'utf8');
        expect(readFileSync(join(other, file), 'utf8') === text).toBe(true);
        expect(text).not.toContain(ROOT);
      }
    } finally {
      rmSync(other, { recursive: true });
    }
  });

  test('carries no credential source besides the environment', () => {
    expect(readFileSync(bundle, 'utf8').match(/sso_start_url|credential_process|AWS_WEB_IDENTITY_TOKEN_FILE|AWS_CONTAINER_CREDENTIALS/)).toBeNull();
  });

  test('comes with the licences of what is in it', () => {
    const text = readFileSync(join(directory, 'LICENSES'), 'utf8');
    expect(text).toMatch(/^@aws-sdk\/client-appflow [\d.]+ \(Apache-2\.0\)$/m);
    expect(text).toMatch(/^@smithy\/core [\d.]+ \(Apache-2\.0\)$/m);
    expect(text).toContain('TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION');
    expect(text).not.toMatch(/^Licence: /m);
  });
});

describe('the handler', () => {
  test('activates a flow, and stops it when it is deleted', async () => {
    const flow = endpoint.appflow.addFlow('Orders');
    flow.tags['appflow-constructs:stack'] = customResourceEvent({}).StackId;
    const activation = resource('Custom::AppFlowFlowActivation');
    expect(await activation.deploy(PROPERTIES)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Resource' });
    await activation.destroy();
    expect(flow.status).toBe('Suspended');
    expect(endpoint.requests.map(({ line }) => line)).toEqual(['POST /describe-flow', 'POST /start-flow', 'POST /describe-flow', 'POST /stop-flow']);
  });

  test('runs an on-demand flow once, also when two processes are given the same event', async () => {
    const flow = endpoint.appflow.addFlow('Load', 'OnDemand');
    const onDemand = resource('Custom::AppFlowFlowRun');
    const run = await onDemand.deploy({ FlowName: 'Load', When: 'OnCreate' });
    expect(run.Data).toEqual({ ExecutionId: 'run-1' });
    expect(await onDemand.redeliver(0)).toEqual(run);
    expect(flow.runs.size).toBe(1);
  });

  test('waits for a run as CDK\'s provider framework asks it to', async () => {
    const flow = endpoint.appflow.addFlow('Load', 'OnDemand');
    const event = customResourceEvent({
      ResponseURL: bucket.url,
      ResourceType: 'Custom::AppFlowFlowRunCompletion',
      ResourceProperties: { FlowName: 'Load', ExecutionId: 'run-1', Seconds: '60', TimeoutSeconds: '60', Last: 'true' },
    });
    const call = async (entryPoint: string, more: object = {}) => {
      const result = await invoke(bundle, { ...event, ...more }, { appflowUrl: endpoint.url, entryPoint });
      output += result.output;
      return result;
    };
    const begun = (await call('onEvent')).result as object;
    expect(begun).toEqual({ PhysicalResourceId: 'Resource', BegunAt: expect.any(Number) });
    flow.records = [{ executionId: 'run-1', status: 'InProgress' }];
    expect((await call('isComplete', begun)).result).toEqual({ IsComplete: false });
    flow.records = [{ executionId: 'run-1', status: 'Successful' }];
    expect((await call('isComplete', begun)).result).toEqual({ IsComplete: true });
    flow.records = [{ executionId: 'run-1', status: 'Error', message: `denied ${CANARIES.AWS_SESSION_TOKEN} ${bucket.url}` }];
    expect(await call('isComplete', begun)).toMatchObject({ code: 1, output: expect.stringMatching(/denied \[redacted\] \[redacted\].*run-failed/) });
    expect(bucket.puts).toEqual([]);
    expect(output).not.toMatch(/canary/i);
  });

  test('tags a flow and takes the tags away', async () => {
    const flow = endpoint.appflow.addFlow('Orders');
    flow.tags.owner = 'finance';
    const tags = resource('Custom::AppFlowTags');
    const arn = InMemoryAppFlow.arnOf('Orders');
    expect(await tags.deploy({ ResourceArn: arn, Tags: { team: 'a', stage: 'prod' } })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: arn });
    expect(flow.tags).toEqual({ owner: 'finance', team: 'a', stage: 'prod' });
    await tags.destroy();
    expect(flow.tags).toEqual({ owner: 'finance' });
  });

  test('creates, changes and deletes a flow, and makes of texts what AppFlow takes', async () => {
    const { StackId } = customResourceEvent({});
    const properties = (offset: string) => ({
      Flow: {
        flowName: 'Orders',
        triggerConfig: {
          triggerType: 'Scheduled',
          triggerProperties: { Scheduled: { scheduleExpression: 'rate(1hours)', scheduleOffset: offset, scheduleStartTime: '1800000000' } },
        },
        sourceFlowConfig: { connectorType: 'Salesforce', sourceConnectorProperties: { Salesforce: { object: 'Account', includeDeletedRecords: 'true' } } },
        destinationFlowConfigList: [{ connectorType: 'CustomerProfiles', destinationConnectorProperties: { CustomerProfiles: { domainName: 'domain' } } }],
        tasks: [{ taskType: 'Mask', sourceFields: [], taskProperties: { MASK_LENGTH: '5' } }],
      },
      Tags: { 'appflow-constructs:stack': StackId, 'team': 'sales' },
    });
    const flow = resource('Custom::AppFlowFlow');
    expect(await flow.deploy(properties('300'))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Orders', Data: { FlowArn: InMemoryAppFlow.arnOf('Orders') } });
    expect(endpoint.appflow.flows.get('Orders')).toMatchObject({
      tags: { team: 'sales' },
      definition: {
        triggerConfig: { triggerProperties: { Scheduled: { scheduleExpression: 'rate(1hours)', scheduleOffset: 300, scheduleStartTime: 1_800_000_000 } } },
        sourceFlowConfig: { sourceConnectorProperties: { Salesforce: { object: 'Account', includeDeletedRecords: true } } },
        tasks: [{ taskType: 'Mask', sourceFields: [], taskProperties: { MASK_LENGTH: '5' } }],
      },
    });
    await flow.deploy(properties('0'));
    expect(endpoint.appflow.flows.get('Orders')!.definition).toMatchObject({ triggerConfig: { triggerProperties: { Scheduled: { scheduleOffset: 0 } } } });
    await flow.destroy();
    expect(endpoint.appflow.flows.size).toBe(0);
  });

  test('creates a connector profile with a credential that only AppFlow is told', async () => {
    endpoint.secrets.vault = JSON.stringify({ token: 'canary-of-the-secret' });
    const accessToken = { 'resolve:secretsmanager': 'vault:SecretString:token::' };
    const profile = resource('Custom::AppFlowConnectorProfile');
    const properties = {
      Profile: {
        connectorProfileName: 'table',
        connectorType: 'Honeycode',
        connectionMode: 'Public',
        connectorProfileConfig: { connectorProfileProperties: { Honeycode: {} }, connectorProfileCredentials: { Honeycode: { accessToken } } },
      },
    };
    expect(await profile.deploy(properties)).toMatchObject({ Status: 'SUCCESS', Data: { ConnectorProfileName: 'table' } });
    expect(endpoint.appflow.profiles.get('table')).toEqual({
      ...properties.Profile,
      connectorProfileConfig: {
        connectorProfileProperties: { Honeycode: {} }, connectorProfileCredentials: { Honeycode: { accessToken: 'canary-of-the-secret' } },
      },
    });
    await profile.destroy();
    expect(endpoint.appflow.profiles.size).toBe(0);
    expect([output, ...bucket.puts.map(({ body }) => body)].join()).not.toMatch(/canary/);
  });

  test('refuses what it does not know, and is deleted without a fuss', async () => {
    const result = await resource('Custom::AppFlowOther').deploy({});
    expect(result.Reason).toBe("resource type 'Custom::AppFlowOther' is not known to this version of the handler; "
      + 'deploy with the version of the library that made the template (appflow-constructs:invalid-request)');
    expect(bucket.answer.Status).toBe('SUCCESS');
  });

  test('answers in time when AppFlow does not', async () => {
    endpoint.always = 'hang';
    const event = customResourceEvent({ ResponseURL: bucket.url, ResourceProperties: PROPERTIES });
    await invoke(bundle, event, { appflowUrl: endpoint.url, milliseconds: 1_500 });
    expect(bucket.answer.Reason).toMatch(/AppFlow answered no answer|\(appflow-constructs:(flow-not-read|out-of-time)\)$/);
  });

  test('never shows a credential', async () => {
    endpoint.appflow.addFlow('Orders');
    const leak = `${Object.values(CANARIES).join(' ')} ${bucket.url} refresh_token=canary-refresh-token`;
    endpoint.next.push({ status: 400, error: 'ValidationException', message: `denied: ${leak}` });
    const activation = resource('Custom::AppFlowFlowActivation');
    expect((await activation.deploy({ ...PROPERTIES, Secret: 'canary-property' })).Reason).toContain('denied: [redacted]');
    bucket.nextStatuses.push(403);
    const event = customResourceEvent({ ResponseURL: bucket.url, ResourceProperties: PROPERTIES });
    const { code, output: failed } = await invoke(bundle, event, { appflowUrl: endpoint.url });
    expect(code).toBe(1);
    expect(failed).toContain('could not be delivered');
    const seen = [output, failed, ...bucket.puts.map(({ body }) => body)].join('\n');
    expect(seen).not.toMatch(/canary/i);
    expect(functionEnvironment(endpoint.url)).toMatchObject(CANARIES);
  });
});
