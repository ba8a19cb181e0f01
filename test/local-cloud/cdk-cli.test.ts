import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App } from 'aws-cdk-lib';
import { CdkCli, CLI_CONTEXT } from './cdk-cli';
import { plain } from './fixtures/plain';
import { LocalCloud } from './local-cloud';

let cloud: LocalCloud;
let cli: CdkCli;
const directory = mkdtempSync(join(tmpdir(), 'plain-'));
const directoryOf = (revision: string) => join(directory, revision);
beforeAll(async () => {
  cloud = await LocalCloud.start();
  cli = new CdkCli({ cloud });
  for (const revision of ['first', 'second', 'renamed', 'failing']) {
    const app = new App({ outdir: directoryOf(revision), context: CLI_CONTEXT });
    plain(app, revision);
    app.synth();
  }
});
afterAll(async () => {
  cli.dispose();
  await cloud.stop();
  rmSync(directory, { recursive: true });
});

async function deploy(revision: string) {
  cloud.calls.clear();
  return cli.deploy('Plain', '--app', directoryOf(revision));
}

function flows() {
  return [...cloud.appflow.flows.values()].map(({ arn, status, tags }) => ({ name: arn.split('/').pop(), status, tags }));
}

/** What the nested stack calls its topic. */
function topicName() {
  const [nested] = cloud.cloudformation.all.filter(({ parents }) => parents !== undefined);
  return { status: nested.status, name: nested.resources.get('Topic')?.properties.DisplayName };
}

// The steps build upon one another, as deployments do.
describe('the real CDK CLI', () => {
  test('creates a stack', async () => {
    const { status, output } = await deploy('first');
    expect(output).toContain('✅  Plain');
    expect(status).toBe(0);
    expect(flows()).toEqual([{ name: 'plain', status: 'Active', tags: { revision: 'first' } }]);
    expect(topicName()).toEqual({ status: 'CREATE_COMPLETE', name: 'first plain' });
    expect(output).toMatch(/Plain\.Topic = Plain-NestedNestedStack/);
    expect(output).toContain('Plain.FlowArn = arn:aws:appflow:eu-west-1:111111111111:flow/plain');
  }, 120_000);

  test('sees that nothing has changed', async () => {
    const { status, output } = await deploy('first');
    expect(output).toContain('no changes');
    expect(status).toBe(0);
    expect(cloud.calls.of('ExecuteChangeSet')).toEqual([]);
  }, 120_000);

  test('updates in place', async () => {
    const { status } = await deploy('second');
    expect(status).toBe(0);
    expect(cloud.describe('Plain').status).toBe('UPDATE_COMPLETE');
    expect(flows()).toEqual([{ name: 'plain', status: 'Active', tags: { revision: 'second' } }]);
    expect(cloud.calls.of('CreateFlow')).toEqual([]);
  }, 120_000);

  test('shows in a diff what would be replaced, and leaves everything as it is', async () => {
    const { status, output } = await cli.diff('Plain', '--app', directoryOf('renamed'));
    expect(status).toBe(0);
    expect(output).toMatch(/AWS::AppFlow::Flow Flow .*replace/);
    expect(output).toMatch(/AWS::SNS::Topic Nested\/Topic/);
    expect(cloud.describe('Plain').status).toBe('UPDATE_COMPLETE');
  }, 120_000);

  test('replaces', async () => {
    const { status } = await deploy('renamed');
    expect(status).toBe(0);
    expect(flows()).toEqual([{ name: 'plain-renamed', status: 'Active', tags: { revision: 'renamed' } }]);
    expect(topicName()).toEqual({ status: 'UPDATE_COMPLETE', name: 'renamed plain-renamed' });
    expect(cloud.calls.all.filter(({ via }) => via === 'cloudformation').map(({ operation }) => operation)).toEqual(['CreateFlow', 'StartFlow', 'DeleteFlow']);
  }, 120_000);

  test('reports an update that fails and is rolled back', async () => {
    const { status, output } = await deploy('failing');
    expect(status).toBe(1);
    expect(output).toContain('told to fail');
    expect(topicName().name).toBe('renamed plain-renamed');
    expect(cloud.describe('Plain').status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(flows()).toEqual([{ name: 'plain-renamed', status: 'Active', tags: { revision: 'renamed' } }]);
  }, 120_000);

  const aws = spawnSync('aws', ['--version']).status === 0;
  (aws ? test : test.skip)(`agrees with the AWS CLI on what CloudFormation answers${aws ? '' : ' (skipped: there is no AWS CLI here)'}`, async () => {
    const ask = async (...args: string[]) => {
      const options = { env: { ...process.env, ...cloud.env }, timeout: 60_000 };
      return JSON.parse((await promisify(execFile)('aws', ['cloudformation', ...args, '--stack-name', 'Plain', '--output', 'json'], options)).stdout);
    };
    const [stack] = (await ask('describe-stacks')).Stacks;
    expect([stack.StackStatus, stack.StackId]).toEqual(['UPDATE_ROLLBACK_COMPLETE', cloud.describe('Plain').stackId]);
    expect((await ask('describe-stack-events')).StackEvents[0]).toMatchObject({ ResourceStatus: 'UPDATE_ROLLBACK_COMPLETE' });
    expect((await ask('list-stack-resources')).StackResourceSummaries).toContainEqual(
      expect.objectContaining({ LogicalResourceId: 'Flow', PhysicalResourceId: 'plain-renamed', ResourceType: 'AWS::AppFlow::Flow' }),
    );
  }, 120_000);

  test('destroys', async () => {
    const { status } = await cli.destroy('Plain', '--app', directoryOf('renamed'));
    expect(status).toBe(0);
    expect([flows(), cloud.s3.bucketNames, cloud.identities.roleNames, cloud.lambda.functionNames]).toEqual([[], [], [], []]);
    expect(topicName().status).toBe('DELETE_COMPLETE');
  }, 120_000);
});
