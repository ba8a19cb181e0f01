import { spawn, spawnSync } from 'child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { devNull, homedir, tmpdir } from 'os';
import { basename, join } from 'path';
import { Tags } from 'aws-cdk-lib';
import { scheduledCopy } from './deploy/copying-flow';
import { LocalStack } from './deploy/local-stack';
import { EveryFeature } from './every-feature';
import { exampleApp, EXAMPLES, exampleStack } from './examples';
import { LocalCloud } from './local-cloud/local-cloud';
import { SalesforceToS3 } from '../examples/salesforce-to-s3/salesforce-to-s3';

/*
 * Clients and checkers that nobody here wrote judge the templates and the local endpoint, each where it is installed. They are never required: a
 * judge that is not there is a skipped test that says so.
 */

const TIMEOUT = 180_000;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'judges-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Whether a command is there and works: version managers put commands on the path that only say that they are not installed. */
function present(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Defines a test that skips itself, and says why, where its judge is not there. */
function judge(name: string, missing: string | undefined, body: () => Promise<void>) {
  (missing === undefined ? test : test.skip)(missing === undefined ? name : `${name} (skipped: ${missing})`, body, TIMEOUT);
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command beside this process, which meanwhile has to answer it as the cloud. */
async function run(command: string, args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Promise<Ended> {
  return new Promise((done, reject) => {
    const child = spawn(command, args, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
    child.on('error', reject);
    child.on('close', (status) => done({ status, stdout, stderr }));
  });
}

/** The environment of a client of the cloud, in which nothing of the machine's own configuration counts. */
function clientOf(cloud: LocalCloud): Record<string, string | undefined> {
  return {
    ...cloud.env,
    AWS_PROFILE: undefined,
    AWS_SESSION_TOKEN: undefined,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_PAGER: '',
    AWS_MAX_ATTEMPTS: '1',
  };
}

describe('cfn-lint judges the templates', () => {
  const missing = present('cfn-lint', '--version') ? undefined : 'there is no cfn-lint here';

  interface Finding {
    readonly Filename: string | null;
    readonly Level: string;
    readonly Location: { readonly Path: readonly (string | number)[] | null };
    readonly Message: string;
    readonly Rule: { readonly Id: string };
  }

  /** All that is said of templates in the directory, errors and warnings alike. */
  async function lint(...files: string[]): Promise<string[]> {
    const { stdout, stderr } = await run('cfn-lint', ['--format', 'json', '--', ...files]);
    expect(stderr).toEqual('');
    const findings: Finding[] = JSON.parse(stdout || '[]');
    return findings.filter((finding) => !isCausedByCdk(finding) && !isNewer(finding)).map(({ Filename, Level, Location, Message, Rule }) =>
      `${basename(Filename ?? '')} ${Level} ${Rule.Id} ${Location.Path?.join('.')}: ${Message}`);
  }

  /**
   * The CDK has each Lambda function and each state machine, the provider's and a user's, depend on their roles besides referring to them, so that they
   * wait for the roles' policies too.
   */
  function isCausedByCdk({ Rule, Location: { Path } }: Finding): boolean {
    return Rule.Id === 'W3005' && /^Resources\.\w*(Provider(Handler|OnEvent|IsComplete|PollingProvider)|Function|StateMachine|Billing|Nightly)\w+\.DependsOn\.\d+$/
      .test(Path?.join('.') ?? '');
  }

  /** The schemas that CDK has know the property; those of many a cfn-lint are older. */
  function isNewer({ Rule, Location: { Path } }: Finding): boolean {
    return Rule.Id === 'E3002' && Path?.at(-1) === 'WarmUpConfiguration';
  }

  judge('of every feature and of the examples', missing, async () => {
    const app = exampleApp({ outdir: join(directory, 'cdk.out') });
    new EveryFeature(app, 'EveryFeature');
    new SalesforceToS3(app, 'SalesforceToS3Changed', { changed: true });
    EXAMPLES.forEach((name) => exampleStack(app, name));
    const files = app.synth().stacks.map(({ templateFullPath }) => templateFullPath);
    expect(files).toHaveLength(EXAMPLES.length + 2);
    expect(await lint(...files)).toEqual([]);
  });

  judge('and is at work', missing, async () => {
    const file = join(directory, 'wrong.template.json');
    writeFileSync(file, JSON.stringify({ Resources: { Flow: { Type: 'AWS::AppFlow::Flow', Properties: { FlowName: 'a', Unknown: 1 } } } }));
    expect(await lint(file)).toContainEqual(expect.stringContaining("'Unknown' was unexpected"));
  });
});

describe('the AWS CLI judges the local endpoint', () => {
  const missing = present('aws', '--version') ? undefined : 'there is no AWS CLI here';

  judge('by a flow that the constructs have deployed', missing, async () => {
    const local = await LocalStack.start();
    try {
      await local.deploy((stack) => Tags.of(scheduledCopy(stack, { description: 'a copy' })).add('team', 'sales'));
      const aws = async (operation: string, ...options: string[]) => {
        const { status, stdout, stderr } = await run('aws', [
          'appflow', operation, ...options, '--endpoint-url', local.cloud.endpoint, '--output', 'json',
        ], clientOf(local.cloud));
        return status === 0 ? JSON.parse(stdout || '{}') : { refusal: stderr };
      };
      const named = ['--flow-name', 'copy'];
      const { arn: flowArn, definition, createdAt } = local.flow('copy')!;

      expect(await aws('list-flows')).toEqual({
        flows: [expect.objectContaining({ flowArn, flowName: 'copy', description: 'a copy', flowStatus: 'Active', triggerType: 'Scheduled' })],
      });
      const described = await aws('describe-flow', ...named);
      expect(described).toMatchObject({
        flowArn,
        flowStatus: 'Active',
        description: 'a copy',
        triggerConfig: { triggerType: 'Scheduled', triggerProperties: { Scheduled: { scheduleExpression: 'rate(1hours)' } } },
        // The CLI shows what it knows of the API, so this is without loss.
        tasks: definition.tasks,
        sourceFlowConfig: definition.sourceFlowConfig,
      });
      // Version 1 of the CLI shows times as they are sent, version 2 as ISO 8601 says.
      const created = typeof described.createdAt === 'number' ? described.createdAt * 1000 : Date.parse(described.createdAt);
      expect(Math.abs(created - createdAt.getTime())).toBeLessThan(1000);

      expect(await aws('stop-flow', ...named)).toEqual({ flowArn, flowStatus: 'Suspended' });
      expect(local.flow('copy')!.status).toEqual('Suspended');
      expect(await aws('start-flow', ...named)).toEqual({ flowArn, flowStatus: 'Active' });
      expect(local.flow('copy')!.status).toEqual('Active');
      expect(await aws('list-tags-for-resource', '--resource-arn', flowArn)).toEqual({ tags: expect.objectContaining({ team: 'sales' }) });
      expect(await aws('describe-flow', '--flow-name', 'nobody-made-it')).toEqual({
        refusal: expect.stringContaining('(ResourceNotFoundException) when calling the DescribeFlow operation'),
      });
    } finally {
      await local.stop();
    }
  });
});

describe('Terraform judges the local endpoint', () => {
  /**
   * Where Terraform finds providers without a registry, and where images of containers keep them:
   * https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
   */
  const mirrors = [
    process.env.TF_PLUGIN_CACHE_DIR, join(homedir(), '.terraform.d', 'plugins'), join(homedir(), '.local', 'share', 'terraform', 'plugins'),
    '/usr/local/share/terraform/plugins', '/usr/share/terraform/plugins', ...entries('/opt').map((name) => join('/opt', name)),
  ];
  const mirror = mirrors.find((candidate) => candidate !== undefined && providers(candidate).length > 0);
  const missing = !present('terraform', 'version') ? 'there is no Terraform here'
    : mirror === undefined ? 'Terraform\'s AWS provider is in no directory that it needs no network for' : undefined;

  /** The unpacked versions of the AWS provider for this machine in a directory of providers. */
  function providers(root: string): string[] {
    const platform = `${process.platform}_${{ x64: 'amd64' }[process.arch as string] ?? process.arch}`;
    const homes = entries(root).map((host) => join(root, host, 'hashicorp', 'aws'));
    return homes.flatMap((home) => entries(home).map((version) => join(home, version, platform))).filter((path) => existsSync(path));
  }

  function entries(path: string): string[] {
    return existsSync(path) ? readdirSync(path) : [];
  }

  const BUCKET = 'somewhere';

  /** The exit status of `terraform plan -detailed-exitcode`. */
  enum Plan { NO_CHANGES = 0, CHANGES = 2 }

  const s3 = (bucket_prefix: string) => ({ s3: { bucket_name: BUCKET, bucket_prefix } });
  const configuration = (flow: object) => ({
    terraform: { required_providers: { aws: { source: 'hashicorp/aws' } } },
    provider: { aws: {} },
    resource: {
      aws_appflow_flow: {
        flow: {
          name: 'terraformed',
          source_flow_config: { connector_type: 'S3', source_connector_properties: s3('in') },
          destination_flow_config: { connector_type: 'S3', destination_connector_properties: s3('out') },
          task: [{ task_type: 'Map_all', source_fields: [], connector_operator: [{ s3: 'NO_OP' }] }],
          trigger_config: { trigger_type: 'OnDemand' },
          ...flow,
        },
      },
    },
  });

  judge('by a flow that it creates, changes and destroys', missing, async () => {
    const cloud = await LocalCloud.start();
    try {
      cloud.s3.createBucket(BUCKET);
      cloud.policies.put('bucket', BUCKET, {
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'appflow.amazonaws.com' },
          Action: 's3:*',
          Resource: [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`],
        },
      });
      const settings = join(directory, 'terraform.rc');
      writeFileSync(settings, '');
      const terraform = async (...args: string[]) => {
        const { status, stdout, stderr } = await run('terraform', [...args, '-no-color', '-input=false'], {
          ...clientOf(cloud), TF_CLI_CONFIG_FILE: settings, TF_IN_AUTOMATION: 'true', CHECKPOINT_DISABLE: 'true', TF_PLUGIN_CACHE_DIR: undefined,
        });
        return { status, output: `${stdout}\n${stderr}` };
      };
      const declare = (flow: object) => writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(configuration(flow)));
      const succeeds = async (...args: string[]) => {
        const { status, output } = await terraform(...args);
        if (status !== 0) throw new Error(`terraform ${args.join(' ')} ended with status ${status}:\n${output}`);
      };
      const flow = () => cloud.appflow.flows.get('terraformed');

      const plan = async () => (await terraform('plan', '-detailed-exitcode')).status;

      declare({ description: 'first', tags: { team: 'sales', stage: 'prod' } });
      await succeeds('init', `-plugin-dir=${mirror}`);
      await succeeds('apply', '-auto-approve');
      expect(flow()).toMatchObject({ definition: { description: 'first', triggerConfig: { triggerType: 'OnDemand' } }, status: 'Active' });
      expect(flow()!.tags).toEqual({ team: 'sales', stage: 'prod' });
      expect(await plan()).toEqual(Plan.NO_CHANGES);

      const scheduled = {
        description: 'second',
        tags: { team: 'marketing' },
        trigger_config: {
          trigger_type: 'Scheduled',
          trigger_properties: { scheduled: { schedule_expression: 'rate(1hours)', data_pull_mode: 'Complete' } },
        },
      };
      declare(scheduled);
      expect(await plan()).toEqual(Plan.CHANGES);
      await succeeds('apply', '-auto-approve');
      expect(flow()!.definition).toMatchObject({
        description: 'second',
        triggerConfig: {
          triggerType: 'Scheduled',
          triggerProperties: { Scheduled: { scheduleExpression: 'rate(1hours)', dataPullMode: 'Complete' } },
        },
      });
      expect(flow()!.tags).toEqual({ team: 'marketing' });
      expect(await plan()).toEqual(Plan.NO_CHANGES);

      await succeeds('destroy', '-auto-approve');
      expect(cloud.appflow.flows.size).toEqual(0);
      // The one call that is refused is the last: so Terraform sees that the flow is gone.
      expect(cloud.calls.all.filter(({ outcome }) => outcome !== 'ok').map(({ operation, outcome }) => [operation, outcome]))
        .toEqual([['DescribeFlow', 'ResourceNotFoundException']]);
      expect(cloud.appflow.calls.flatMap(({ unknownMembers }) => unknownMembers)).toEqual([]);
    } finally {
      await cloud.stop();
    }
  });
});
