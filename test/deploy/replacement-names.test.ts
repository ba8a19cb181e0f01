import {
  ConnectorProfile, CustomerProfilesDestination, FlowSchedule, type IConnection, type IFlowSource, Mapping, OnDemandFlow, type OnDemandFlowProps,
  S3Destination, S3Source, SalesforceConnection, SalesforceSource, ScheduledFlow, ZendeskConnection, ZendeskSource,
} from 'appflow-constructs';
import { CfnParameter, Duration, RemovalPolicy, SecretValue, type Stack } from 'aws-cdk-lib';
import type { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type CfnBucket, type CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { refusedAfter, scheduledBeside } from './copying-flow';
import { LocalStack } from './local-stack';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:vault-abcdef';

let local: LocalStack;
beforeAll(async () => {
  local = await LocalStack.start();
  local.cloud.secrets.put(SECRET, 'vault', JSON.stringify({ token: 'canary-token' }));
});
afterEach(async () => local.destroy());
afterAll(async () => local.stop());

interface Copy extends Partial<OnDemandFlowProps> {
  readonly bucketId?: string;
  readonly to?: string;
}

/** A flow between folders of a bucket, of which each may change. */
function copy(stack: Stack, { bucketId, to = 'out', ...props }: Copy = {}) {
  return new OnDemandFlow(stack, 'Copy', { flowName: 'copy', ...folders(stack, to, bucketId), tasks: [Mapping.all()], ...props });
}

function scheduled(stack: Stack, to?: string) {
  return new ScheduledFlow(stack, 'Copy', {
    flowName: 'copy', ...folders(stack, to), tasks: [Mapping.all()], schedule: FlowSchedule.every(Duration.hours(1)),
  });
}

function folders(stack: Stack, to = 'out', bucketId = 'Bucket') {
  const bucket = new Bucket(stack, bucketId, { removalPolicy: RemovalPolicy.DESTROY });
  return { source: new S3Source(bucket, { prefix: 'in' }), destination: new S3Destination(bucket, { prefix: to }) };
}

function giveName(bucket: IConstruct) {
  (bucket.node.defaultChild as CfnBucket).bucketName = 'named-bucket';
}

const names = () => [...local.cloud.appflow.flows.keys()].sort();
const state = () => structuredClone([...local.cloud.appflow.flows.values()].map(({ definition, status, tags }) => ({ definition, status, tags })));
const guards = () => [...local.cloud.cloudformation.get('Stack').resources.values()].filter(({ type }) => type === 'Custom::AppFlowFlowGuard').length;

/** Deploys what has to be stopped, and left as it was. Returns why it was stopped. */
async function stopped(define: (stack: Stack) => void): Promise<string> {
  const before = state();
  local.newCalls();
  const failure = await local.tryDeploy(define);
  expect(failure?.description.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(local.newCalls()).not.toContain('UpdateFlow');
  expect(state()).toEqual(before);
  return failure!.reasons.join('\n');
}

describe('a flow whose name the user has chosen', () => {
  test('is stopped before AppFlow is asked to update it, and stays active', async () => {
    await local.deploy((stack) => void scheduled(stack));
    expect(await stopped((stack) => void scheduled(stack, 'elsewhere'))).toContain('flow \'copy\' is to keep its name while bucketPrefix of its destination '
      + 'changes from \'out\' to \'elsewhere\'. AppFlow changes neither the object nor the key of a flow, so the deployment is stopped; give each of these '
      + 'flows another flowName in the same deployment, or leave flowName out, so that another flow replaces it (appflow-constructs:flow-object-changed)');
    expect(local.flow('copy')!.status).toBe('Active');
  });

  test.each<[string, (stack: Stack) => void, string]>([
    ['another bucket', (stack) => void copy(stack, { bucketId: 'Other' }), 'bucketName of its destination changes from \'stack-bucket'],
    ['a bucket that is replaced by one with a name', (stack) => {
      copy(stack);
      giveName(stack.node.findChild('Bucket'));
    }, '\' to \'named-bucket\''],
    ['another connector', (stack) => void copy(stack, {
      source: new SalesforceSource(new ConnectorProfile(stack, 'Salesforce', {
        connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('vault', { jsonField: 'token' }) }),
      }), { object: 'Account' }),
    }), 'the connector of its source changes from \'S3\' to \'Salesforce\''],
    ['a key', (stack) => void copy(stack, { encryptionKey: new Key(stack, 'Key', { removalPolicy: RemovalPolicy.DESTROY }) }),
      'its encryption key changes from none to \'arn:aws:kms:'],
    ['the value of a parameter', (stack) => {
      copy(stack, { to: new CfnParameter(stack, 'Prefix', { default: 'elsewhere' }).valueAsString });
    }, 'bucketPrefix of its destination changes from \'out\' to \'elsewhere\''],
  ])('is stopped with %s', async (_, edit, said) => {
    await local.deploy((stack) => void copy(stack));
    expect(await stopped(edit)).toContain(said);
  });

  test('is told together with the others', async () => {
    const two = (to: string) => (stack: Stack) => {
      copy(stack, { to });
      const bucket = new Bucket(stack, 'BucketBeside', { removalPolicy: RemovalPolicy.DESTROY });
      new OnDemandFlow(stack, 'Beside', {
        flowName: 'beside', source: new S3Source(bucket, { prefix: to }), destination: new S3Destination(bucket), tasks: [Mapping.all()],
      });
    };
    await local.deploy(two('one'));
    expect(await stopped(two('other'))).toMatch(/flow 'copy' .* bucketPrefix of its destination .*; flow 'beside' .* bucketPrefix of its source /);
  });

  test('is updated in what it does not keep for life, and is replaced under another name', async () => {
    await local.deploy((stack) => void copy(stack));
    await local.deploy((stack) => void copy(stack, { description: 'changed' }));
    expect(local.flow('copy')!.definition.description).toBe('changed');
    await local.deploy((stack) => void copy(stack, { flowName: 'other', to: 'elsewhere' }));
    expect(names()).toEqual(['other']);
  });

  test.each<[string, Copy]>([
    ['a change', { description: 'changed' }],
    ['a replacement', { flowName: 'other', to: 'elsewhere' }],
    ['a replacement by a generated name', { flowName: undefined, to: 'elsewhere' }],
  ])('is as it was when something else fails after %s', async (_, props) => {
    await local.deploy((stack) => void copy(stack));
    const before = state();
    expect((await local.tryDeploy((stack) => refusedAfter(copy(stack, props), stack)))?.description.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(state()).toEqual(before);
    await local.deploy((stack) => void copy(stack, props));
  });

  test('passes the guard in the first deployment that has one', async () => {
    await local.deploy((stack) => {
      copy(stack);
      // As a version of the library without guards would have left it.
      const { policy } = stack.node.findChild('Bucket') as Bucket;
      (stack.node.findChild('Copy').node.defaultChild as CfnFlow).addOverride('DependsOn', stack.getLogicalId(policy!.node.defaultChild as CfnBucketPolicy));
      stack.node.findChild('AppFlowConstructsProvider').node.tryRemoveChild('FlowGuard');
    });
    expect(guards()).toBe(0);
    await local.deploy((stack) => void copy(stack, { description: 'changed' }));
    expect(guards()).toBe(1);
    expect(await stopped((stack) => void copy(stack, { to: 'elsewhere' }))).toContain('flow-object-changed');
  });

  test('may be named after another, which it comes after', async () => {
    const two = (to: string) => (stack: Stack) => {
      const first = copy(stack);
      const bucket = new Bucket(stack, 'BucketBeside', { removalPolicy: RemovalPolicy.DESTROY });
      new OnDemandFlow(stack, 'Beside', {
        flowName: `${first.flowName}-again`,
        source: new S3Source(bucket, { prefix: 'in' }),
        destination: new S3Destination(bucket, { prefix: to }),
        tasks: [Mapping.all()],
      });
    };
    await local.deploy(two('one'));
    expect(guards()).toBe(2);
    expect(await stopped(two('other'))).toContain('flow \'copy-again\' is to keep its name');
  });

  test('takes the guard with it', async () => {
    await local.deploy((stack) => {
      copy(stack);
      scheduledBeside(stack);
    });
    expect(guards()).toBe(1);
    await local.deploy((stack) => void scheduledBeside(stack));
    expect(guards()).toBe(1);
    await local.deploy((stack) => void copy(stack, { flowName: undefined }));
    expect(guards()).toBe(0);
    expect(names()).toEqual([expect.stringMatching(/^Stack-Copy-/)]);
  });
});

describe('a flow whose name is generated', () => {
  test.each<[string, (stack: Stack) => void]>([
    ['another folder', (stack) => void copy(stack, { flowName: undefined, to: 'elsewhere' })],
    ['another bucket', (stack) => void copy(stack, { flowName: undefined, bucketId: 'Other' })],
    ['a key', (stack) => void copy(stack, { flowName: undefined, encryptionKey: new Key(stack, 'Key', { removalPolicy: RemovalPolicy.DESTROY }) })],
    ['a bucket that is replaced', (stack) => {
      copy(stack, { flowName: undefined });
      giveName(stack.node.findChild('Bucket'));
    }],
  ])('is replaced with %s', async (_, edit) => {
    await local.deploy((stack) => void copy(stack, { flowName: undefined }));
    const [first] = names();
    await local.deploy(edit);
    expect(names()).toEqual([expect.stringMatching(/^Stack-Copy-/)]);
    expect(names()).not.toEqual([first]);
    expect(guards()).toBe(0);
  });

  test('is kept with what it does not keep for life', async () => {
    await local.deploy((stack) => void copy(stack, { flowName: undefined }));
    const before = names();
    await local.deploy((stack) => void copy(stack, { flowName: undefined, description: 'changed', tasks: [Mapping.fields(['a'])] }));
    expect(names()).toEqual(before);
  });
});

describe('a flow that the custom resource makes', () => {
  const customerProfiles = (props: { domainName?: string; flowName?: string; description?: string }) => (stack: Stack) => {
    const { domainName = 'domain', ...others } = { flowName: 'profiles', ...props };
    const bucket = new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });
    return new OnDemandFlow(stack, 'Copy', {
      source: new S3Source(bucket, { prefix: 'in' }),
      destination: new CustomerProfilesDestination({ domainName, objectTypeName: 'Account' }),
      tasks: [Mapping.all()],
      ...others,
    });
  };

  test('is stopped as well, by its handler', async () => {
    await local.deploy(customerProfiles({}));
    expect(await stopped(customerProfiles({ domainName: 'other' })))
      .toContain('flow \'profiles\' is to keep its name while domainName of its destination changes from \'domain\' to \'other\'');
    await local.deploy(customerProfiles({ description: 'changed' }));
    expect(local.flow('profiles')!.definition.description).toBe('changed');
    await local.deploy(customerProfiles({ domainName: 'other', flowName: 'others' }));
    expect(names()).toEqual(['others']);
  });

  test('is replaced where its name is generated, and is as it was when that is rolled back', async () => {
    await local.deploy(customerProfiles({ flowName: undefined }));
    const before = state();
    expect((await local.tryDeploy((stack) => refusedAfter(customerProfiles({ flowName: undefined, domainName: 'other' })(stack), stack)))?.description.status)
      .toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(state()).toEqual(before);
    await local.deploy(customerProfiles({ flowName: undefined, domainName: 'other' }));
    expect(names()).toHaveLength(1);
    expect(names()).not.toEqual(before.map(({ definition }) => definition.flowName));
  });
});

describe('a connector profile whose name is generated', () => {
  test('is replaced by one for another connector, as its flow is', async () => {
    const token = SecretValue.secretsManager('vault', { jsonField: 'token' });
    const reading = (stack: Stack, connection: IConnection, sourceOf: (profile: ConnectorProfile) => IFlowSource) => void copy(stack, {
      flowName: undefined, source: sourceOf(new ConnectorProfile(stack, 'Profile', { connection })),
    });
    await local.deploy((stack) => reading(stack, SalesforceConnection.refreshToken({ refreshToken: token }),
      (profile) => new SalesforceSource(profile, { object: 'Account' })));
    const [[first], [profile]] = [names(), [...local.cloud.appflow.profiles.keys()]];
    await local.deploy((stack) => reading(stack, ZendeskConnection.accessToken({
      instanceUrl: 'https://acme.zendesk.com', clientId: 'client', clientSecret: token, accessToken: token,
    }), (other) => new ZendeskSource(other, { object: 'tickets' })));
    expect([...local.cloud.appflow.profiles.keys()]).toEqual([expect.stringMatching(/^Stack-Profile-/)]);
    expect([...local.cloud.appflow.profiles.keys()]).not.toEqual([profile]);
    expect(names()).toHaveLength(1);
    expect(names()).not.toEqual([first]);
  });
});
