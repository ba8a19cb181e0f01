import { join } from 'node:path';
import { AppflowClient, DescribeConnectorProfilesCommand, DescribeFlowCommand, DescribeFlowCommandOutput, ListFlowsCommand } from '@aws-sdk/client-appflow';
import { CdkCli } from './cdk-cli';
import { LocalCloud } from './local-cloud';

const ROOT = join(__dirname, '..', '..');
const STACK = 'SalesforceToS3';
const APP = 'npx tsx --tsconfig examples/tsconfig.json examples/salesforce-to-s3/app.ts';

type Flow = DescribeFlowCommandOutput;

/** Deploys examples/salesforce-to-s3 with the real CDK CLI to the local cloud, changes it, destroys it, and checks each step. */
class Demo {
  private readonly cli: CdkCli;
  private readonly appflow: AppflowClient;

  constructor(private readonly cloud: LocalCloud) {
    this.cli = new CdkCli({ cloud, app: APP, show: true, workingDirectory: ROOT });
    this.appflow = new AppflowClient({
      endpoint: cloud.endpoint, region: cloud.region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  }

  async run(): Promise<void> {
    heading('1. Deploy examples/salesforce-to-s3 to the local endpoint');
    // What the example expects to be there: whoever connected Amazon AppFlow to Salesforce has left a refresh token.
    const secretArn = `arn:aws:secretsmanager:${this.cloud.region}:${this.cloud.account}:secret:salesforce/tokens-A1b2C3`;
    this.cloud.secrets.put(secretArn, 'salesforce/tokens', JSON.stringify({ refreshToken: 'made-up-for-the-demo' }));
    await this.deploy('CREATE_COMPLETE');
    const first = await this.show();

    heading('2. Deploy a changed version');
    await this.deploy('UPDATE_COMPLETE', '-c', 'revision=2');
    const second = await this.flow();
    const changes = differences(first, second);
    console.log(`\nWhat changed in ${second.flowName}:`);
    changes.forEach((line) => console.log(`  ${line}`));
    check(changes.length > 0, 'the changed version changed the flow');
    check(second.flowArn === first.flowArn && second.createdAt?.getTime() === first.createdAt?.getTime(), 'it is the same flow, not a new one');
    check(second.flowStatus === 'Active', 'the flow is still Active');

    heading('3. Destroy');
    const { status } = await this.cli.destroy(STACK);
    check(status === 0, 'cdk destroy succeeded');
    await this.checkNothingIsLeft();
  }

  dispose(): void {
    this.cli.dispose();
    this.appflow.destroy();
  }

  private async deploy(expected: string, ...more: string[]): Promise<void> {
    const { status } = await this.cli.deploy(STACK, ...more);
    check(status === 0, 'cdk deploy succeeded');
    check(this.cloud.describe(STACK).status === expected, `the stack is ${expected}`);
  }

  /** Shows what exists after the deployment, as Amazon AppFlow's own API tells it. */
  private async show(): Promise<Flow> {
    const { connectorProfileDetails: profiles = [] } = await this.appflow.send(new DescribeConnectorProfilesCommand({}));
    check(profiles.length === 1, 'there is one connector profile');
    const flow = await this.flow();
    const schedule = flow.triggerConfig?.triggerProperties?.Scheduled;
    const bucket = flow.destinationFlowConfigList?.[0].destinationConnectorProperties?.S3?.bucketName ?? '';
    const policy = this.cloud.policies.get('bucket', bucket);
    const statements = policy === undefined ? [] : [policy.Statement].flat().filter((statement) => JSON.stringify(statement).includes('appflow.amazonaws.com'));
    console.log(`
What now exists:
  profile   ${profiles[0].connectorProfileName} (${profiles[0].connectorType}, ${profiles[0].connectionMode})
  flow      ${flow.flowName}
  status    ${flow.flowStatus}
  schedule  ${schedule?.scheduleExpression}, ${schedule?.dataPullMode}
  tags      ${JSON.stringify(flow.tags ?? {})}
  bucket    ${bucket}
  policy    ${statements.map((statement) => JSON.stringify(statement)).join('\n            ')}
`);
    check(flow.flowStatus === 'Active', 'the flow is Active');
    check(schedule?.scheduleExpression !== undefined, 'the flow has a schedule');
    check(flow.tags?.team === 'sales', 'the flow has its tags');
    check(statements.length > 0, 'the bucket policy lets Amazon AppFlow in');
    return flow;
  }

  private async flow(): Promise<Flow> {
    const { flows = [] } = await this.appflow.send(new ListFlowsCommand({}));
    check(flows.length === 1, 'there is one flow');
    return this.appflow.send(new DescribeFlowCommand({ flowName: flows[0].flowName }));
  }

  private async checkNothingIsLeft(): Promise<void> {
    const { flows = [] } = await this.appflow.send(new ListFlowsCommand({}));
    const { connectorProfileDetails: profiles = [] } = await this.appflow.send(new DescribeConnectorProfilesCommand({}));
    const left: Record<string, number> = {
      stacks: this.cloud.cloudformation.all.filter(({ status }) => status !== 'DELETE_COMPLETE').length,
      flows: flows.length,
      profiles: profiles.length,
      buckets: this.cloud.s3.bucketNames.length,
      roles: this.cloud.identities.roleNames.length,
      functions: this.cloud.lambda.functionNames.length,
    };
    console.log(`\nWhat is left: ${Object.entries(left).map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
    check(Object.values(left).every((count) => count === 0), 'nothing is left');
  }
}

class StepFailed extends Error {}

function check(condition: boolean, claim: string): void {
  if (!condition) {
    throw new StepFailed(`not true: ${claim}`);
  }
  console.log(`  ok: ${claim}`);
}

function heading(text: string): void {
  console.log(`\n=== ${text} ===\n`);
}

/** The members of two answers that differ, one line each. Who asked and when the flow was touched is no difference. */
function differences(before: Flow, after: Flow): string[] {
  const [old, fresh] = [members(before), members(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])].sort().filter((path) => old.get(path) !== fresh.get(path))
    .flatMap((path) => [
      ...old.has(path) ? [`- ${path}: ${old.get(path)}`] : [],
      ...fresh.has(path) ? [`+ ${path}: ${fresh.get(path)}`] : [],
    ]);
}

function members(flow: Flow): Map<string, string> {
  const { $metadata: metadata, createdAt, createdBy, lastUpdatedAt, lastUpdatedBy, tasks = [], ...rest } = flow;
  // Tasks have no names; what they do and to which fields tells them apart better than their position.
  const found = new Map(tasks.map(({ taskType, sourceFields, taskProperties = {} }) =>
    [`tasks.${taskType}(${sourceFields?.join(', ')})`, JSON.stringify(taskProperties)]));
  const walk = (path: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
      Object.entries(value).forEach(([key, member]) => walk(path === '' ? key : `${path}.${key}`, member));
    } else if (value !== undefined) {
      found.set(path, JSON.stringify(value));
    }
  };
  walk('', rest);
  return found;
}

async function main(): Promise<void> {
  const cloud = await LocalCloud.start();
  // The SDK in this process as well: its announcement of the end of Node.js 20 has no place in a demo.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const demo = new Demo(cloud);
  // However this process ends, its children and its files end with it.
  process.once('exit', () => {
    demo.dispose();
    cloud.lambda.stop();
  });
  for (const [signal, number] of [['SIGINT', 2], ['SIGTERM', 15], ['SIGHUP', 1]] as const) {
    process.once(signal, () => process.exit(128 + number));
  }
  try {
    console.log(`The local endpoint is ${cloud.endpoint}`);
    await demo.run();
    console.log('\nThe demo has come to its end; each step was true.');
  } catch (error) {
    console.error(`\nThe demo failed: ${error instanceof StepFailed ? error.message : error instanceof Error ? error.stack : error}`);
    process.exitCode = 1;
  } finally {
    demo.dispose();
    await cloud.stop();
  }
}

void main();
