import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppflowClient, ListFlowsCommand } from '@aws-sdk/client-appflow';
import { answering, lambdaFunction, thing } from './cloudformation/samples';
import { LocalCloud } from './local-cloud';

jest.setTimeout(60_000);

const ROOT = join(__dirname, '..', '..');

test('nothing is left of a cloud that was stopped', async () => {
  const cloud = await LocalCloud.start();
  const template = {
    Resources: { ...lambdaFunction(answering('{ Data: { Pid: process.pid, Directory: process.cwd() } }')), Thing: thing() },
    Outputs: { Pid: { Value: { 'Fn::GetAtt': ['Thing', 'Pid'] } }, Directory: { Value: { 'Fn::GetAtt': ['Thing', 'Directory'] } } },
  };
  const { outputs } = await cloud.deploy({ stackName: 'Stack', template });
  const pid = Number(outputs.Pid);
  expect(() => process.kill(pid, 0)).not.toThrow();
  expect(existsSync(outputs.Directory)).toBe(true);
  const { endpoint } = cloud;
  await cloud.stop();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
  expect(existsSync(outputs.Directory)).toBe(false);
});

test('a cloud can be stopped in the middle of a deployment', async () => {
  const cloud = await LocalCloud.start();
  const hanging = cloud.deploy({
    stackName: 'Stack', template: { Resources: { ...lambdaFunction('exports.handler = () => new Promise((done) => setTimeout(done, 8000));'), Thing: thing() } },
  });
  const settled = expect(hanging).rejects.toThrow('Thing');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await cloud.stop();
  await settled;
});

test('account, region and port are as told, and the SDK finds the cloud by its environment alone', async () => {
  const cloud = await LocalCloud.start({ account: '222222222222', region: 'us-east-1' });
  const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = cloud.env;
  const client = new AppflowClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  expect((await client.send(new ListFlowsCommand({}))).flows).toEqual([]);
  client.destroy();
  await cloud.stop();
  const again = await LocalCloud.start({ port: Number(new URL(endpoint).port) });
  expect(again.endpoint).toBe(endpoint);
  await again.stop();
});

test('a cloud assembly is deployed in process, with its assets', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'local-cloud-assembly-'));
  const cloud = await LocalCloud.start();
  try {
    execFileSync(process.execPath, ['--require', 'tsx/cjs', 'test/local-cloud/fixtures/app.ts'], {
      cwd: ROOT, env: { ...process.env, CDK_OUTDIR: directory, CDK_VALIDATION: 'false' },
    });
    const { status, outputs } = await cloud.deploy({ stackName: 'Plain', cdkOutDirectory: directory });
    expect([status, outputs.FlowArn]).toEqual(['CREATE_COMPLETE', 'arn:aws:appflow:eu-west-1:111111111111:flow/plain']);
    await expect(cloud.deploy({ stackName: 'Other', cdkOutDirectory: directory })).rejects.toThrow('no stack Other');
    await cloud.destroy('Plain');
    expect(cloud.appflow.flows.size).toBe(0);
  } finally {
    await cloud.stop();
    rmSync(directory, { recursive: true });
  }
});

test('functions can run under another Node.js', async () => {
  // Any program shows that the option is used: this one is no Node.js, and the function cannot start.
  const cloud = await LocalCloud.start({ nodePath: spawnSync('which', ['false'], { encoding: 'utf8' }).stdout.trim() || '/bin/false' });
  await expect(cloud.deploy({ stackName: 'Stack', template: { Resources: { ...lambdaFunction(answering('{}')), Thing: thing() } } }))
    .rejects.toThrow('did not receive a response');
  await cloud.stop();
});
