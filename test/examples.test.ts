import { execFile } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { createServer, type IncomingMessage, type Server } from 'http';
import type { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import {
  AppflowClient, DescribeConnectorProfilesCommand, DescribeFlowCommand, type DescribeFlowCommandOutput, DescribeFlowExecutionRecordsCommand,
  ListConnectorsCommand, ListFlowsCommand,
} from '@aws-sdk/client-appflow';
import { canary, filesIn, leaksOf, textOf } from './canaries';
import { cdkJson, EXAMPLES, EXAMPLES_ROOT } from './examples';
import { CdkCli, type CdkResult } from './local-cloud/cdk-cli';
import { LocalCloud } from './local-cloud/local-cloud';

/** What an example deploys, as Amazon AppFlow tells it: its flows, by the ids of their constructs, and the connectors of its connector profiles. */
const DEPLOYED: Record<string, { readonly flows: Record<string, string>; readonly profiles: string[] }> = {
  'custom-connector': { flows: { InvoicesFlow: 'CustomConnector to S3, Scheduled' }, profiles: ['CustomConnector'] },
  'customer-profiles': { flows: { Contacts: 'Salesforce to CustomerProfiles, Scheduled' }, profiles: ['Salesforce'] },
  'fleet-with-alarms': {
    flows: Object.fromEntries(['Account', 'Campaign', 'Contact', 'Lead', 'Opportunity', 'Product2', 'User'].map((object) =>
      [`Crm${object}`, 'Salesforce to S3, Scheduled'])),
    profiles: ['Salesforce'],
  },
  'platform-blueprint': {
    flows: { cases: 'Salesforce to S3, Scheduled', incidents: 'Servicenow to S3, Scheduled' },
    profiles: ['Servicenow'],
  },
  's3-to-salesforce': { flows: { Contacts: 'S3 to Salesforce, Scheduled' }, profiles: ['Salesforce'] },
  'salesforce-to-event-bridge': { flows: { Orders: 'Salesforce to EventBridge, Event' }, profiles: ['Salesforce'] },
  'salesforce-to-s3': { flows: { Opportunities: 'Salesforce to S3, Scheduled' }, profiles: ['Salesforce'] },
  'sap-to-redshift-serverless': { flows: { SalesOrders: 'SAPOData to Redshift, Scheduled' }, profiles: ['Redshift', 'SAPOData'] },
  'support-tools-to-s3': {
    flows: { Incidents: 'Servicenow to S3, Scheduled', Messages: 'Slack to S3, Scheduled', Tickets: 'Zendesk to S3, Scheduled' },
    profiles: ['Servicenow', 'Slack', 'Zendesk'],
  },
};

/** The members of the secrets that the examples read. Their values occur nowhere else. */
const SECRETS: Record<string, string[]> = {
  'salesforce/tokens': ['refreshToken'],
  'support/zendesk': ['clientSecret', 'accessToken'],
  'support/servicenow': ['password'],
  'support/slack': ['clientSecret', 'accessToken'],
  'sap/appflow': ['password'],
  'billing/api-key': ['apiKey'],
  'platform/servicenow': ['password'],
};
const CANARIES: Record<string, string> = Object.fromEntries(Object.entries(SECRETS).flatMap(([name, members]) =>
  members.map((member) => [`${name} ${member}`, canary()])));

const FLOWS = ['AWS::AppFlow::Flow', 'Custom::AppFlowFlow'];
const KEY_ARN = 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555';

test('each example is deployed here, told of in the README, and run by the same command', () => {
  expect(Object.keys(DEPLOYED)).toEqual(EXAMPLES);
  const readme = readFileSync(join(EXAMPLES_ROOT, 'README.md'), 'utf8');
  expect([...readme.matchAll(/^\| \[`([\w-]+)`\]\(\1\) \|/gm)].map(([, name]) => name).sort()).toEqual(EXAMPLES);
  expect(new Set(EXAMPLES.map((name) => cdkJson(name).app))).toEqual(new Set(['npx tsx --tsconfig ../tsconfig.json app.ts']));
});

describe('deployed by the CDK CLI', () => {
  const directory = mkdtempSync(join(tmpdir(), 'examples-'));
  let cloud: LocalCloud;
  let cli: CdkCli;
  let appflow: AppflowClient;
  /** What the CLI has printed. */
  let printed = '';

  beforeAll(async () => {
    // The validator that CDK bundles is at work, which the environment of the tests switches off.
    const { CDK_VALIDATION: validation, ...env } = process.env;
    await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', join(__dirname, 'synthesize-examples.ts'), directory], {
      cwd: join(__dirname, '..'), env: { ...env, TSX_TSCONFIG_PATH: join(__dirname, 'tsconfig.json') },
    });
    cloud = await LocalCloud.start({ world: { refuseEmptySourcePrefix: true } });
    cli = new CdkCli({ cloud, app: directory });
    appflow = new AppflowClient({ endpoint: cloud.endpoint, region: cloud.region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
    prepare();
  }, 180_000);

  afterAll(async () => {
    cli.dispose();
    appflow.destroy();
    await cloud.stop();
    rmSync(directory, { recursive: true });
  });

  /** What the examples expect to be there. */
  function prepare() {
    for (const [name, members] of Object.entries(SECRETS)) {
      const value = Object.fromEntries(members.map((member) => [member, CANARIES[`${name} ${member}`]]));
      cloud.secrets.put(`arn:aws:secretsmanager:${cloud.region}:${cloud.account}:secret:${name}-A1b2C3`, name, JSON.stringify(value));
    }

    bucketOfOthers('acme-marketing', ['s3:ListBucket', 's3:GetObject']);
    cloud.s3.putObject('acme-marketing', 'contacts/2026-11-01.csv', { bytes: Buffer.from('id,first_name,last_name\n') });

    bucketOfOthers('acme-lake', [
      's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:ListBucketMultipartUploads', 's3:GetBucketAcl', 's3:PutObjectAcl',
    ]);
    cloud.ssm.put('/platform/key-arn', KEY_ARN);
    cloud.ssm.put('/platform/lake-bucket', 'acme-lake');
    cloud.ssm.put('/platform/alerts-topic-arn', `arn:aws:sns:${cloud.region}:${cloud.account}:alerts`);
    cloud.appflow.invoke('CreateConnectorProfile', {
      connectorProfileName: 'platform-salesforce',
      connectorType: 'Salesforce',
      connectionMode: 'Public',
      connectorProfileConfig: {
        connectorProfileProperties: { Salesforce: {} }, connectorProfileCredentials: { Salesforce: { refreshToken: 'made-up' } },
      },
    });
  }

  /** A bucket that lets Amazon AppFlow do something, as whoever has it was asked to. */
  function bucketOfOthers(name: string, actions: string[]) {
    const arn = `arn:aws:s3:::${name}`;
    cloud.s3.createBucket(name);
    cloud.policies.put('bucket', name, {
      Statement: { Effect: 'Allow', Principal: { Service: 'appflow.amazonaws.com' }, Action: actions, Resource: [arn, `${arn}/*`] },
    });
  }

  test('all of them, without a warning', async () => {
    succeeded(await cli.deploy('**', '--concurrency', String(EXAMPLES.length), '--strict'));
    expect(cloud.cloudformation.all.map(({ status: of }) => of)).toEqual(EXAMPLES.map(() => 'CREATE_COMPLETE'));
    expect(cloud.appflow.calls.flatMap(({ unknownMembers }) => unknownMembers)).toEqual([]);
  }, 180_000);

  function resources(name: string, ...types: string[]) {
    return Object.values(cloud.describe(stackNameOf(name)).resources).filter(({ type }) => types.includes(type));
  }

  async function flow(name: string, id: string): Promise<DescribeFlowCommandOutput> {
    const found = resources(name, ...FLOWS).find(({ logicalId }) => logicalId.startsWith(id))!;
    return appflow.send(new DescribeFlowCommand({ flowName: found.physicalId }));
  }

  async function runsOf(flowName: string) {
    const { flowExecutions = [] } = await appflow.send(new DescribeFlowExecutionRecordsCommand({ flowName }));
    return flowExecutions.map(({ executionStatus }) => executionStatus);
  }

  describe.each(Object.entries(DEPLOYED))('%s', (name, expected) => {
    test('has its connector profiles', async () => {
      const connectorProfileNames = resources(name, 'AWS::AppFlow::ConnectorProfile').map(({ physicalId }) => physicalId);
      const { connectorProfileDetails = [] } = await appflow.send(new DescribeConnectorProfilesCommand({ connectorProfileNames }));
      expect(connectorProfileDetails.map(({ connectorType }) => connectorType).sort()).toEqual(expected.profiles);
    });

    test.each(Object.entries(expected.flows))('has the flow %s, which is active and runs', async (id, summary) => {
      const { flowName, flowStatus, sourceFlowConfig, destinationFlowConfigList: [destination] = [], triggerConfig } = await flow(name, id);
      expect(`${sourceFlowConfig!.connectorType} to ${destination.connectorType}, ${triggerConfig!.triggerType}`).toEqual(summary);
      expect(flowStatus).toEqual('Active');
      cloud.appflow.trigger(flowName!);
      expect([await runsOf(flowName!), await runsOf(flowName!)]).toEqual([['InProgress'], ['Successful']]);
    });

    test('has no other flow', () => {
      expect(resources(name, ...FLOWS)).toHaveLength(Object.keys(expected.flows).length);
    });
  });

  test('the flows of platform-blueprint are as the company wants them', async () => {
    for (const [id, object] of [['cases', 'Case'], ['incidents', 'incident']]) {
      const { flowName, kmsArn, tags, triggerConfig, sourceFlowConfig } = await flow('platform-blueprint', id);
      expect(JSON.stringify(sourceFlowConfig)).toContain(`{"object":"${object}"}`);
      expect({ flowName, kmsArn, tags }).toEqual({ flowName: `service-${id}`, kmsArn: KEY_ARN, tags: expect.objectContaining({ team: 'service' }) });
      expect(triggerConfig!.triggerProperties!.Scheduled!.flowErrorDeactivationThreshold).toEqual(5);
    }
    const alarms = resources('platform-blueprint', 'AWS::CloudWatch::Alarm').map(({ properties }) => properties);
    expect(alarms.map(({ AlarmActions: actions }) => actions)).toEqual(alarms.map(() => [expect.stringMatching(/:alerts$/)]));
    expect(alarms).toContainEqual(expect.objectContaining({ AlarmDescription: expect.stringMatching(/^2 runs .* failed within 12 hours/) }));
  });

  test('the flows of fleet-with-alarms start one after another, and are watched', async () => {
    const { flows } = DEPLOYED['fleet-with-alarms'];
    const schedules = await Promise.all(Object.keys(flows).map(async (id) =>
      (await flow('fleet-with-alarms', id)).triggerConfig!.triggerProperties!.Scheduled!));
    expect(new Set(schedules.map(({ scheduleStartTime: start }) => start!.getTime())).size).toEqual(schedules.length);
    const [{ properties: { DashboardBody: body } }] = resources('fleet-with-alarms', 'AWS::CloudWatch::Dashboard');
    const watched = resources('fleet-with-alarms', 'AWS::CloudWatch::Alarm').map(({ properties }) => JSON.stringify(properties));
    for (const id of Object.keys(flows)) {
      const name = `crm-${id.slice('Crm'.length)}`;
      expect(body).toContain(name);
      expect(watched).toContainEqual(expect.stringContaining(`"Value":"${name}"`));
    }
  });

  describe('the connector of custom-connector', () => {
    let billing: Server;
    let lambdaArn: string;
    const asked: IncomingMessage[] = [];

    beforeAll(async () => {
      const [connector] = (await appflow.send(new ListConnectorsCommand({}))).connectors!;
      lambdaArn = cloud.appflow.connectors.get(connector.connectorLabel!)!.provisioningConfig.lambda!.lambdaArn!;
      // Amazon AppFlow keeps what it was given in a secret of its own, which the function reads.
      const { credentialsArn } = cloud.appflow.profiles.get('acme-billing')!;
      cloud.secrets.put(credentialsArn, 'appflow!acme-billing', JSON.stringify({ apiKey: 'made-up' }));
      billing = createServer((request, response) => {
        asked.push(request);
        response.end(JSON.stringify({ items: [{ id: '1', customer: 'Initech', amount: 10.5, paid: true, updatedAt: '2026-11-01T00:00:00Z', other: 'x' }] }));
      });
      await new Promise<void>((listening) => billing.listen(0, 'localhost', listening));
    });

    afterAll(async () => new Promise((closed) => billing.close(closed)));

    test('reads the billing system with what its role allows', async () => {
      const outcome = await cloud.lambda.invoke(lambdaArn, {
        type: 'QueryDataRequest',
        entityIdentifier: 'invoices',
        connectorContext: {
          apiVersion: 'v1',
          connectorRuntimeSettings: { instanceUrl: `http://localhost:${(billing.address() as AddressInfo).port}` },
          credentials: { secretArn: cloud.appflow.profiles.get('acme-billing')!.credentialsArn, authenticationType: 'ApiKey' },
        },
        selectedFieldNames: ['id', 'amount'],
        filterExpression: 'updatedAt between 2026-11-01T00:00:00Z and 2026-11-02T00:00:00Z',
        maxResults: 100,
      });
      expect(outcome).toEqual({ result: { isSuccess: true, records: ['{"id":"1","amount":10.5}'] } });
      expect(asked.map(({ url, headers: { authorization } }) => [url, authorization])).toEqual([[
        '/v1/invoices?updatedFrom=2026-11-01T00%3A00%3A00Z&updatedTo=2026-11-02T00%3A00%3A00Z&limit=100', 'Bearer made-up',
      ]]);
    });
  });

  test('they show no credential to those who may not read the secrets', () => {
    const places = {
      ...filesIn(directory),
      ...filesIn(join(__dirname, '..', 'test'), (name) => name.endsWith('.snap')),
      'what the CLI printed': printed,
      'the stacks': textOf(cloud.cloudformation.all),
      'the logs of functions': textOf(cloud.lambda.logs),
      'the calls': textOf(cloud.calls.all),
      'the flows': textOf([...cloud.appflow.flows.values()]),
      'the connector profiles': JSON.stringify(cloud.appflow.invoke('DescribeConnectorProfiles')),
    };
    const names = Object.keys(places);
    for (const name of EXAMPLES) {
      expect(names).toEqual(expect.arrayContaining(['manifest.json', 'tree.json', `${stackNameOf(name)}.template.json`].map((file) => join(name, file))));
    }
    expect(places['the logs of functions']).toContain('Custom::AppFlowFlow');
    expect(leaksOf(CANARIES, places)).toEqual([]);
    // And it would be noticed.
    const secrets = Object.keys(SECRETS).map((name) => cloud.secrets.value(name)).join();
    expect(leaksOf(CANARIES, { secrets })).toEqual(Object.keys(CANARIES).map((name) => `${name} in secrets`));
  });

  test('and destroyed, they leave nothing', async () => {
    succeeded(await cli.destroy('**', '--concurrency', String(EXAMPLES.length)));
    expect(cloud.cloudformation.all.map(({ status: of }) => of)).toEqual(EXAMPLES.map(() => 'DELETE_COMPLETE'));
    expect((await appflow.send(new ListFlowsCommand({}))).flows).toEqual([]);
    expect([...cloud.appflow.profiles.keys()]).toEqual(['platform-salesforce']);
    expect((await appflow.send(new ListConnectorsCommand({}))).connectors).toEqual([]);
    expect([cloud.s3.bucketNames, cloud.eventBuses.names, cloud.identities.roleNames, cloud.lambda.functionNames]).toEqual([['acme-marketing', 'acme-lake'], [], [], []]);
  }, 180_000);

  /** What the CLI says tells why it has failed. */
  function succeeded({ status, output }: CdkResult) {
    printed += output;
    if (status !== 0) throw new Error(output);
  }

  function stackNameOf(name: string): string {
    const { artifacts } = JSON.parse(readFileSync(join(directory, name, 'manifest.json'), 'utf8'));
    return Object.keys(artifacts).find((id) => artifacts[id].type === 'aws:cloudformation:stack')!;
  }
});
