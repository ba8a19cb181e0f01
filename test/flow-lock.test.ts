import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  ConnectorProfile, CustomConnectorSource, CustomerProfilesDestination, FlowLock, Mapping, OnDemandFlow, type OnDemandFlowProps, Provisioning,
  S3Destination, S3Source, SalesforceConnection, SalesforceSource,
} from 'appflow-constructs';
import { App, CfnParameter, NestedStack, SecretValue, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

const COMMAND = 'cdk synth -c appflow-constructs:update-lock=true';

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'flow-lock-'));
  file = join(directory, 'appflow.lock.json');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

type Define = (stack: Stack) => void;

interface Copy extends Partial<OnDemandFlowProps> {
  readonly id?: string;
  readonly bucketId?: string;
  readonly to?: string;
}

/** Defines a flow between folders of a bucket. */
function copy({ id = 'Copy', bucketId = 'Bucket', to = 'out', ...props }: Copy = {}): (scope: Construct) => OnDemandFlow {
  return (scope) => {
    const bucket = scope.node.tryFindChild(bucketId) as Bucket | undefined ?? new Bucket(scope, bucketId);
    return new OnDemandFlow(scope, id, {
      source: new S3Source(bucket, { prefix: 'in' }), destination: new S3Destination(bucket, { prefix: to }), tasks: [Mapping.all()], ...props,
    });
  };
}

const named = (props: Copy = {}) => copy({ flowName: 'copies', ...props });

/** What users see of the app: why it is not synthesized, or the warnings that are in its assembly, those of its stages included. */
function synthesized(define: (app: App) => void, context: object = {}): string[] {
  const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong', ...context } });
  define(app);
  let assembly;
  try {
    assembly = app.synth();
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).map((line) => line.trim());
  }
  return assembly.stacksRecursively.flatMap(({ messages }) => messages.map(({ id, entry }) => `${id}: ${String(entry.data)}`));
}

/** The same for one stack with a lock of the app. */
function report(define: Define, context: object = {}): string[] {
  return synthesized((app) => {
    define(new Stack(app, 'Orders'));
    new FlowLock(app, 'FlowLock', { file });
  }, context);
}

function update(define: Define): void {
  expect(report(define, { 'appflow-constructs:update-lock': 'true' })).toEqual([]);
}

const locked = () => JSON.parse(readFileSync(file, 'utf8')).stacks;

test('goes along with the life of flows', () => {
  expect(report(named())).toEqual([
    `[FlowLock] the lock file of the flows does not exist: got '${file}', allowed the path of the file, from where the app is synthesized; `
    + `write it with ${COMMAND} while the app is as it was last deployed, and commit it `
    + '(appflow-constructs:flow-lock-missing)',
  ]);
  expect(existsSync(file)).toBe(false);
  update(named());
  expect(readFileSync(file, 'utf8')).toBe(`{
  "stacks": {
    "Orders": {
      "Copy": {
        "destination": {
          "bucketName": {
            "Ref": "Bucket83908E77"
          },
          "bucketPrefix": "out",
          "connectorType": "S3"
        },
        "madeBy": "CloudFormation",
        "name": "copies",
        "source": {
          "bucketName": {
            "Ref": "Bucket83908E77"
          },
          "bucketPrefix": "in",
          "connectorType": "S3"
        }
      }
    }
  },
  "version": 1
}
`);
  expect(report(named())).toEqual([]);
  expect(report(named({ description: 'changed', tasks: [Mapping.fields(['a'])] }))).toEqual([]);

  expect(report(named({ to: 'elsewhere' }))).toEqual([
    '[Orders/Copy] the flow keeps its name while something changes that it keeps for life, so the deployment would be stopped: '
    + `got bucketPrefix of the destination 'elsewhere', allowed bucketPrefix of the destination 'out', as in ${file}; `
    + `give the flow another flowName with it, or leave flowName out; if no such flow is deployed, write the file with ${COMMAND} `
    + '(appflow-constructs:flow-changed-under-its-name)',
  ]);
  expect(report(named({ to: 'elsewhere', flowName: 'copies-2' }))).toEqual([
    `/Orders/Copy: the flow has another name than in ${file}, so the deployment replaces it, and its files in Amazon S3 are in a folder of the other name: `
    + 'got \'copies-2\' with bucketPrefix of the destination \'elsewhere\', allowed \'copies\' with bucketPrefix of the destination \'out\'; '
    + `if that is meant, write the file with ${COMMAND} [ack: appflow-constructs:flow-replaced]`,
  ]);
  update(named({ to: 'elsewhere', flowName: 'copies-2' }));
  expect(report(named({ to: 'elsewhere', flowName: 'copies-2' }))).toEqual([]);

  expect(report((stack) => named({ id: 'Other', flowName: 'other' })(stack))).toEqual([
    '/Orders: the lock file does not have the flows that there are: got \'Other\' is new, \'Copy\' is gone; '
    + `write ${file} with ${COMMAND} [ack: appflow-constructs:flow-lock-out-of-date]`,
  ]);
  update(() => {});
  expect(locked()).toEqual({});
  expect(report(() => {})).toEqual([]);
});

test('tells that a generated name changes, and why', () => {
  update(copy());
  expect(report(copy({ bucketId: 'Elsewhere' }))).toEqual([expect.stringMatching(
    /got 'Orders-Copy-[^']+' with bucketName of the source \{"Ref":"Elsewhere.*allowed 'Orders-Copy-[^']+' with bucketName of the source \{"Ref":"Bucket/,
  )]);
});

describe('a flow that keeps its name', () => {
  const custom = (connectorLabel?: string) => (stack: Stack) => named({
    source: new CustomConnectorSource(ConnectorProfile.fromConnectorProfileName(stack, 'Profile', 'p'), { entityName: 'e', connectorLabel }),
  })(stack);
  const madeIn = (id: string) => (stack: Stack) => {
    const bucket = new Bucket(new Stack(stack.node.root as App, id), 'Bucket');
    named({ source: new S3Source(bucket, { prefix: 'in' }) })(stack);
  };

  test.each<[string, Define, Define, string]>([
    ['the bucket', named(), named({ bucketId: 'Other' }), 'bucketName of the source {"Ref":"Other34654A52"}'],
    ['the name of the bucket', (stack) => {
      new Bucket(stack, 'Bucket', { bucketName: 'one-bucket' });
      named()(stack);
    }, (stack) => {
      new Bucket(stack, 'Bucket', { bucketName: 'another-bucket' });
      named()(stack);
    }, 'got bucketName of the source \'another-bucket\''],
    ['the stack of the bucket', madeIn('One'), madeIn('Other'), '"stack":"Other"'],
    ['the connector', named(), (stack) => named({
      source: new SalesforceSource(ConnectorProfile.fromConnectorProfileName(stack, 'Profile', 'p'), { object: 'Account' }),
    })(stack), 'got connectorType of the source \'Salesforce\', allowed connectorType of the source \'S3\''],
    ['the label', custom('one'), custom('other'), 'connectorLabel of the source \'other\''],
    ['a key', named(), (stack) => named({ encryptionKey: new Key(stack, 'Key') })(stack), 'got key {"Fn::GetAtt":["Key961B73FD","Arn"]}, allowed key none'],
    ['the end of a text', (stack) => named({ to: `${stack.account}/a` })(stack), (stack) => named({ to: `${stack.account}/b` })(stack), 'bucketPrefix'],
    ['what makes it', named(), named({ destination: new CustomerProfilesDestination({ domainName: 'd' }) }), 'made by \'custom resource\''],
  ])('is stopped with %s', (_, before, after, said) => {
    update(before);
    expect(report(after)).toEqual([expect.stringMatching(/^\[Orders\/Copy\] .*appflow-constructs:flow-changed-under-its-name\)$/)]);
    expect(report(after)[0]).toContain(said);
  });

  test.each<[string, Define, Define]>([
    ['that says its label', custom(), custom('one')],
    ['between a folder and a parameter', named(), (stack) => named({ to: new CfnParameter(stack, 'Folder').valueAsString })(stack)],
    ['between parameters', (stack) => named({ to: new CfnParameter(stack, 'One').valueAsString })(stack), (stack) =>
      named({ to: new CfnParameter(stack, 'Other').valueAsString })(stack)],
    ['of which nobody knows whether it does', named({ to: 'elsewhere' }), (stack) => named({ flowName: new CfnParameter(stack, 'Name').valueAsString })(stack)],
    ['and its bucket, which is imported from now on', (stack) => {
      new Bucket(stack, 'Bucket', { bucketName: 'one-bucket' });
      named()(stack);
    }, (stack) => {
      const bucket = Bucket.fromBucketName(stack, 'Bucket', 'one-bucket');
      named({ source: new S3Source(bucket, { prefix: 'in' }), destination: new S3Destination(bucket, { prefix: 'out' }), bucketId: 'Unused' })(stack);
    }],
  ])('goes on, %s', (_, before, after) => {
    update(before);
    expect(report(after).filter((message) => !message.includes('resource-policy-not-changed'))).toEqual([]);
  });
});

test('has flows of nested stacks', () => {
  const nested = (to: string): Define => (stack) => void named({ to })(new NestedStack(stack, 'Nested'));
  update(nested('out'));
  expect(Object.keys(locked())).toEqual(['Orders/Nested']);
  expect(report(nested('out'))).toEqual([]);
  expect(report(nested('elsewhere'))).toEqual([expect.stringMatching(/^\[Orders\/Nested\/Copy\] /)]);
  expect(report((stack) => void new NestedStack(stack, 'Nested'))).toEqual([expect.stringMatching(/^\/Orders\/Nested: .* 'Copy' is gone/)]);
});

test('has flows of stages, and says what is wrong where the stage does', () => {
  const stages = (define: (scope: Construct, stage: string) => void, lockFirst = true) => (app: App) => {
    const lock = () => new FlowLock(app, 'FlowLock', { file });
    if (lockFirst) {
      lock();
    }
    for (const id of ['Beta', 'Prod']) {
      define(new Stack(new Stage(app, id), 'Orders'), id);
    }
    if (!lockFirst) {
      lock();
    }
  };
  const context = { 'appflow-constructs:update-lock': true };
  expect(synthesized(stages(named()), context)).toEqual([]);
  expect(Object.keys(locked())).toEqual(['Beta/Orders', 'Prod/Orders']);
  expect(synthesized(stages(named(), false))).toEqual([]);
  expect(synthesized(stages(named({ to: 'elsewhere' })))).toEqual([expect.stringMatching(/^\[Beta\/Orders\/Copy\] .*flow-changed-under-its-name/)]);
  expect(synthesized(stages((scope, stage) => named({ flowName: stage === 'Prod' ? 'other' : 'copies' })(scope))))
    .toEqual([expect.stringMatching(/^\/Prod\/Orders\/Copy: .*flow-replaced/)]);
  expect(synthesized(stages((scope, stage) => named({ id: stage === 'Prod' ? 'Other' : 'Copy' })(scope))))
    .toEqual([expect.stringMatching(/^\/Prod\/Orders: .* 'Other' is new, 'Copy' is gone/)]);
  // Where nothing is left of a stage, a stack of the lock's own assembly says it.
  expect(synthesized((app) => {
    new Stack(app, 'Pipeline');
    named()(new Stack(new Stage(app, 'Prod'), 'Orders'));
    new FlowLock(app, 'FlowLock', { file });
  })).toEqual([expect.stringMatching(/^\/Pipeline: .* got 'Beta\/Orders\/Copy' is gone;/)]);
});

test('of one scope leaves the flows of others in a file that they share', () => {
  const both = (to: string, isUpdate?: boolean) => (app: App) => {
    for (const id of ['One', 'Other']) {
      const stack = new Stack(app, id);
      named({ to })(stack);
      if (id === 'One' || to === 'out') {
        new FlowLock(stack, 'FlowLock', { file, update: isUpdate });
      }
    }
  };
  expect(synthesized(both('out', true))).toEqual([]);
  expect(synthesized(both('elsewhere', true))).toEqual([]);
  expect(Object.values<any>(locked()).map(({ Copy }) => Copy.destination.bucketPrefix)).toEqual(['elsewhere', 'out']);
  expect(synthesized(both('elsewhere'))).toEqual([]);
  expect(synthesized(both('out'))).toEqual([expect.stringMatching(/^\[One\/Copy\] /)]);
});

test('of one app knows nothing of another', () => {
  update(named());
  const other = join(directory, 'other.json');
  expect(synthesized((app) => {
    named({ to: 'elsewhere' })(new Stack(app, 'Orders'));
    new FlowLock(app, 'FlowLock', { file: other, update: true });
  })).toEqual([]);
  expect(report(named())).toEqual([]);
  expect(JSON.parse(readFileSync(other, 'utf8')).stacks.Orders.Copy.destination.bucketPrefix).toBe('elsewhere');
});

test('has values that are known only at deploy time in a form that is the same on every synthesis', () => {
  const across = (app: App) => {
    const data = new Stack(app, 'Data');
    const [bucket, key] = [new Bucket(data, 'Bucket'), new Key(data, 'Key')];
    const stack = new Stack(app, 'Orders');
    copy({
      flowName: `${new CfnParameter(stack, 'Team').valueAsString}-copies`,
      source: new S3Source(bucket, { prefix: `in/${stack.account}` }),
      encryptionKey: key,
    })(stack);
    new FlowLock(app, 'FlowLock', { file });
  };
  expect(synthesized(across, { 'appflow-constructs:update-lock': 'true' })).toEqual([]);
  expect(locked().Orders.Copy).toMatchObject({
    name: { 'Fn::Join': ['', [{ Parameter: 'Team' }, '-copies']] },
    source: { bucketName: { Ref: 'Bucket83908E77', stack: 'Data' }, bucketPrefix: { 'Fn::Join': ['', ['in/', { Ref: 'AWS::AccountId' }]] } },
    kmsArn: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'], 'stack': 'Data' },
  });
  expect(synthesized(across)).toEqual([]);
});

describe('a file that is not one', () => {
  test.each([
    ['has the marks of a merge', '{\n<<<<<<< ours\n'],
    ['is empty', ''],
    ['is of another kind', '[]'],
    ['is of a later version', '{ "version": 2, "stacks": {} }'],
    ['lacks something', '{ "version": 1, "stacks": { "Orders": { "Copy": { "name": "copies" } } } }'],
  ])('since it %s, is not overwritten, unless that is asked for', (_, text) => {
    writeFileSync(file, text);
    expect(report(named())).toEqual([
      `[FlowLock] the lock file of the flows is not one that this version of FlowLock has written: got '${file}', `
      + 'allowed the file as it was written, without marks of a merge; '
      + `restore it, or write it anew with ${COMMAND} while the app is as it was last deployed (appflow-constructs:flow-lock-invalid)`,
    ]);
    expect(readFileSync(file, 'utf8')).toBe(text);
    update(named());
    expect(report(named())).toEqual([]);
  });
});

test('writes nothing for an app that is not synthesized', () => {
  update(named());
  const before = readFileSync(file, 'utf8');
  expect(report(named({ flowName: 'not a name' }), { 'appflow-constructs:update-lock': 'true' })).toEqual([expect.stringContaining('flow-name-invalid')]);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test.each([[{ 'appflow-constructs:update-lock': 'false' }], [{}]])('writes nothing without being asked: %j', (context) => {
  update(named());
  const { mtimeMs } = statSync(file);
  expect(report(named(), context)).toEqual([]);
  expect(statSync(file).mtimeMs).toBe(mtimeMs);
});

test('serves a test of the app', () => {
  update(named());
  const app = new App();
  const stack = new Stack(app, 'Orders');
  named({ flowName: 'other' })(stack);
  new FlowLock(app, 'FlowLock', { file, update: process.env.UPDATE_FLOW_LOCK === 'true' });
  expect(() => app.synth()).not.toThrow();
  Annotations.fromStack(stack).hasWarning('/Orders/Copy', Match.stringLikeRegexp('flow-replaced'));
});

test('has no credentials of a profile in the file', () => {
  update((stack) => void named({
    source: new SalesforceSource(new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('vault', { jsonField: 'canary' }) }),
      provisioning: Provisioning.byCustomResource(),
    }), { object: 'Account' }),
  })(stack));
  expect(readFileSync(file, 'utf8')).not.toContain('canary');
});
