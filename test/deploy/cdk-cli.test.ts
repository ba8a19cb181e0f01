import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { VERSIONS } from './versions';
import { CdkCli, CLI_CONTEXT } from '../local-cloud/cdk-cli';
import { LocalCloud } from '../local-cloud/local-cloud';

const ROOT = join(__dirname, '..', '..');

/** The library's own constructs, deployed by the real CDK CLI. The tests go through the life of one stack, and build upon each other. */
let cloud: LocalCloud;
let cli: CdkCli;
const directory = mkdtempSync(join(tmpdir(), 'versions-'));
const directoryOf = (version: string) => join(directory, version);

beforeAll(async () => {
  cloud = await LocalCloud.start();
  for (const [version, define] of Object.entries(VERSIONS)) {
    const app = new App({ outdir: directoryOf(version), context: CLI_CONTEXT });
    define(new Stack(app, 'Stack'));
    app.synth();
  }
  cli = new CdkCli({
    cloud,
    app: `"${process.execPath}" --require tsx/cjs test/deploy/app.ts`,
    workingDirectory: ROOT,
    env: { TSX_TSCONFIG_PATH: join(ROOT, 'test', 'tsconfig.json'), CDK_VALIDATION: 'false' },
  });
});

afterAll(async () => {
  cli.dispose();
  await cloud.stop();
  rmSync(directory, { recursive: true });
});

/** Deploys what the CLI's options say: what the app makes, if nothing else. */
async function deploy(...options: string[]) {
  cloud.calls.clear();
  const result = await cli.deploy('Stack', ...options);
  const called = cloud.calls.all.filter(({ service }) => service === 'appflow').map(({ operation }) => operation);
  return { ...result, called };
}

const flow = (name: string) => cloud.appflow.flows.get(name);

test('create, by running the app', async () => {
  const { status, output } = await deploy('--no-version-reporting');
  expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('✅  Stack') });
  expect(flow('copy')).toMatchObject({ status: 'Active', tags: { team: 'sales' } });
  expect(cloud.policies.get('bucket', flow('copy')!.definition.destinationFlowConfigList[0].destinationConnectorProperties!.S3!.bucketName!)).toBeDefined();
});

test('no change, though another process has synthesized', async () => {
  const { status, output, called } = await deploy('--app', directoryOf('original'));
  expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('no changes') });
  expect(called).toEqual([]);
});

test('change of tasks', async () => {
  const { status, called } = await deploy('--app', directoryOf('changed'));
  expect(status).toBe(0);
  expect(flow('copy')!.definition.tasks.map(({ taskType }) => taskType)).toEqual(['Map_all', 'Mask']);
  expect(flow('copy')!.status).toBe('Active');
  expect(called).not.toContain('StartFlow');
});

test('change that needs a replacement', async () => {
  expect((await deploy('--app', directoryOf('replaced'))).status).toBe(0);
  expect(flow('copy')).toBeUndefined();
  expect(flow('other')!.status).toBe('Active');
});

test('update that fails and is rolled back', async () => {
  const before = structuredClone(flow('other')!.definition);
  const { status, output } = await deploy('--app', directoryOf('refused'));
  expect(status).toBe(1);
  expect(output).toContain('Stack failed to deploy');
  expect(cloud.describe('Stack').status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(flow('other')).toMatchObject({ status: 'Active', definition: before });
});

test('destroy', async () => {
  expect((await cli.destroy('Stack', '--app', directoryOf('replaced'))).status).toBe(0);
  expect(cloud.appflow.flows.size).toBe(0);
});
