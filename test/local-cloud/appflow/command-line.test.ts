import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { type JsonObject } from './json';
import { Loopback } from './loopback';
import { REGION, s3Flow, schedule } from './samples';

const present = spawnSync('aws', ['--version']).status === 0;
const suite = present ? describe : describe.skip;
if (!present) process.stdout.write('The AWS CLI is not installed: its suite against the local cloud is skipped\n');

/** The AWS CLI: a client that nobody here wrote, and whose models are another copy of the API's. */
suite('the AWS CLI', () => {
  let cloud: Loopback;
  beforeAll(async () => { cloud = await Loopback.open({ runsSettleAfter: { looks: 0 } }); });
  afterAll(() => cloud.close());

  async function aws(operation: string, ...options: string[]): Promise<JsonObject> {
    const { stdout } = await promisify(execFile)('aws', ['appflow', operation, ...options, '--endpoint-url', cloud.endpoint, '--output', 'json'], {
      env: {
        ...process.env,
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'unused',
        AWS_REGION: REGION,
        AWS_DEFAULT_REGION: REGION,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_PAGER: '',
        AWS_MAX_ATTEMPTS: '1',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      },
    });
    return (stdout === '' ? {} : JSON.parse(stdout)) as JsonObject;
  }

  test('creates, runs, tags and deletes a flow', async () => {
    const { flowArn, flowStatus } = await aws('create-flow', '--cli-input-json', JSON.stringify(s3Flow({ triggerConfig: schedule() })));
    expect(flowStatus).toBe('Draft');
    expect(await aws('start-flow', '--flow-name', 'orders')).toEqual({ flowArn, flowStatus: 'Active' });
    cloud.service.trigger('orders');
    expect(await aws('describe-flow-execution-records', '--flow-name', 'orders')).toMatchObject({ flowExecutions: [{ executionStatus: 'Successful' }] });
    await aws('tag-resource', '--resource-arn', String(flowArn), '--tags', 'team=sales');
    await aws('untag-resource', '--resource-arn', String(flowArn), '--tag-keys', 'absent');
    expect(await aws('list-tags-for-resource', '--resource-arn', String(flowArn))).toEqual({ tags: { team: 'sales' } });
    expect(await aws('describe-flow', '--flow-name', 'orders')).toMatchObject({ flowName: 'orders', flowStatus: 'Active', schemaVersion: 1 });
    await expect(aws('delete-flow', '--flow-name', 'orders')).rejects.toThrow(
      'An error occurred (ConflictException) when calling the DeleteFlow operation: Flow is in active state, please set forceDelete to true or deactivate the flow',
    );
    await aws('delete-flow', '--flow-name', 'orders', '--force-delete');
    expect(cloud.service.flows.size).toBe(0);
  }, 120_000);
});
