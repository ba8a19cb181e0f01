import { readFileSync } from 'fs';
import { join } from 'path';
import {
  ConnectorProfile, CustomConnectorConnection, CustomConnectorSource, CustomerProfilesDestination, DataPull, EventBridgeDestination,
  EventFlow, FileAggregation, FlowActivation, FlowSchedule, type IFlowDestination, type IFlowSource, Mapping, Mask, OnDemandFlow, OutputFormat,
  PartnerEventSource, PrefixFormat, PrefixType, Provisioning, RunOnDeploy, S3Destination, type S3DestinationProps, S3Source, SalesforceConnection,
  SalesforceDestination, SalesforceSource, ScheduledFlow, SlackSource, WriteOperation,
} from 'appflow-constructs';
import { App, CfnParameter, Duration, Fn, NestedStack, SecretValue, Stack, Tags, Token } from 'aws-cdk-lib';
import type { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { templateOf } from '../synthesis';

/** The parts of a flow that an edit may change. */
interface Parts {
  readonly stack: Stack;
  readonly bucket: IBucket;
  source: IFlowSource;
  destination: IFlowDestination;
  encryptionKey?: IKey;
}

type Flow = (parts: Parts) => Construct;

const onDemand: Flow = ({ stack, source, destination, encryptionKey }) =>
  new OnDemandFlow(stack, 'Flow', { source, destination, encryptionKey, tasks: [Mapping.all()] });

/** The generated name of a flow that copies within a bucket, after an edit. */
function nameAfter(edit: (parts: Parts) => Flow | void, flow: Flow = onDemand): string {
  const stack = new Stack(new App(), 'Stack');
  const bucket = new Bucket(stack, 'Bucket');
  const parts: Parts = { stack, bucket, source: new S3Source(bucket, { prefix: 'in' }), destination: new S3Destination(bucket, { prefix: 'out' }) };
  const made = (edit(parts) ?? flow)(parts);
  return nameOf(made.node.findAll().find(({ node }) => ['Resource', 'ProvidedFlow'].includes(node.id))!, stack);
}

function nameOf(flow: Construct, stack: Stack): string {
  const { Properties } = templateOf(stack).Resources[stack.resolve((flow as CfnFlow).logicalId)];
  return Properties.FlowName ?? Properties.Flow.flowName;
}

const from = (prefix: string) => (parts: Parts) => void (parts.source = new S3Source(parts.bucket, { prefix }));
const to = (props: S3DestinationProps) => (parts: Parts) => void (parts.destination = new S3Destination(parts.bucket, props));
const salesforce = (scope: Construct, id = 'Salesforce') => new ConnectorProfile(scope, id, {
  connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('tokens') }),
});
const reading = (object: string, profile = 'Salesforce') => (parts: Parts) =>
  void (parts.source = new SalesforceSource(salesforce(parts.stack, profile), { object }));
const parameter = ({ stack }: Parts, id = 'Prefix') => new CfnParameter(stack, id).valueAsString;

const NAME = nameAfter(() => {});

test('a generated name says which construct it is of, and ends in a hash of what the flow keeps for life', () => {
  expect(NAME).toBe('Stack-Flow-D2EFD21E-39fa0090');
});

describe('the name stays', () => {
  test.each<[string, (parts: Parts) => Flow | void]>([
    ['with other tasks', () => ({ stack, source, destination }) =>
      new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all({ exclude: ['a'] }), Mask.all('b')] })],
    ['with a description', () => ({ stack, source, destination }) =>
      new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all()], description: 'copies' })],
    ['with a run on deployment', () => ({ stack, source, destination }) =>
      new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all()], runOnDeploy: RunOnDeploy.onChange() })],
    ['with a schedule', () => ({ stack, source, destination }) =>
      new ScheduledFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all()], schedule: FlowSchedule.every(Duration.hours(1)) })],
    ['with another schedule, pull and activation', () => ({ stack, source, destination }) => new ScheduledFlow(stack, 'Flow', {
      source,
      destination,
      tasks: [Mapping.all()],
      schedule: FlowSchedule.every(Duration.days(1)),
      pull: DataPull.complete(),
      activation: FlowActivation.manual(),
    })],
    ['with another format', to({ prefix: 'out', format: OutputFormat.parquet() })],
    ['with other files', to({
      prefix: 'out', aggregation: FileAggregation.singleFile(), prefixConfig: { prefixType: PrefixType.PATH, prefixFormat: PrefixFormat.DAY },
    })],
    ['with tags', ({ stack }) => void Tags.of(stack).add('team', 'sales')],
    ['with other properties of the bucket', ({ bucket }) => void ((bucket.node.defaultChild as CfnBucket).tags.setTag('team', 'sales'))],
    ['with the export that another stack asks for', ({ stack, bucket }) => {
      const other = new Stack(stack.node.root as App, 'Other');
      new OnDemandFlow(other, 'Flow', {
        source: new S3Source(bucket, { prefix: 'in' }), destination: new S3Destination(bucket, { prefix: 'out' }), tasks: [Mapping.all()],
      });
    }],
  ])('%s', (_, edit) => {
    expect(nameAfter(edit)).toBe(NAME);
  });

  test.each<[string, (parts: Parts) => Flow | void, (parts: Parts) => Flow | void]>([
    ['with another profile', reading('Account'), reading('Account', 'Other')],
    ['with another write operation', (parts) => {
      parts.destination = new SalesforceDestination(salesforce(parts.stack), { object: 'Account' });
    }, (parts) => {
      parts.destination = new SalesforceDestination(salesforce(parts.stack), { object: 'Account', writeOperation: WriteOperation.upsert(['Id']) });
    }],
    ['whether the root of a bucket is left out or empty', to({}), to({ prefix: '' })],
    ['whether a bucket of that name is made or referred to', (parts) => {
      parts.source = new S3Source(new Bucket(parts.stack, 'Named', { bucketName: 'named' }), { prefix: 'in' });
    }, (parts) => {
      parts.source = new S3Source(Bucket.fromBucketName(parts.stack, 'Imported', 'named'), { prefix: 'in' });
    }],
    ['with a key that is made and changed', (parts) => {
      parts.encryptionKey = new Key(parts.stack, 'Key');
    }, (parts) => {
      parts.encryptionKey = new Key(parts.stack, 'Key', { enableKeyRotation: true });
    }],
  ])('%s', (_, one, other) => {
    expect(nameAfter(one)).toBe(nameAfter(other));
  });

  test('however often the app is synthesized, before and after CDK has made exports', () => {
    const app = new App();
    const bucket = new Bucket(new Stack(app, 'Data'), 'Bucket');
    const stack = new Stack(app, 'Stack');
    const flow = onDemand({ stack, bucket, source: new S3Source(bucket, { prefix: 'in' }), destination: new S3Destination(bucket) });
    const before = stack.resolve((flow.node.defaultChild as CfnFlow).flowName);
    expect(nameOf(flow.node.defaultChild as CfnFlow, stack)).toBe(before);
    expect(stack.resolve((flow.node.defaultChild as CfnFlow).flowName)).toBe(before);
  });
});

describe('the name changes', () => {
  test.each<[string, (parts: Parts) => Flow | void]>([
    ['with the folder of the source', from('elsewhere')],
    ['with the folder of the destination', to({ prefix: 'elsewhere' })],
    ['with the root of the bucket', to({})],
    ['with the bucket', (parts) => {
      parts.source = new S3Source(new Bucket(parts.stack, 'Other'), { prefix: 'in' });
    }],
    ['with the connector of the source', reading('Account')],
    ['with the connector of the destination', (parts) => {
      parts.destination = new SalesforceDestination(salesforce(parts.stack), { object: 'Account' });
    }],
    ['with a key', (parts) => {
      parts.encryptionKey = new Key(parts.stack, 'Key');
    }],
    ['with what makes the flow', (parts) => {
      parts.destination = new CustomerProfilesDestination({ domainName: 'domain' });
    }],
    ['with a name of the bucket', ({ bucket }) => {
      (bucket.node.defaultChild as CfnBucket).bucketName = 'named';
    }],
    ['with the logical id of the bucket, also when it is given later', () => (parts) => {
      const flow = onDemand(parts);
      (parts.bucket.node.defaultChild as CfnBucket).overrideLogicalId('Other');
      return flow;
    }],
    ['with a parameter', (parts) => from(parameter(parts))(parts)],
    ['with the path of the construct', () => ({ stack, source, destination }) =>
      new OnDemandFlow(stack, 'Other', { source, destination, tasks: [Mapping.all()] })],
  ])('%s', (_, edit) => {
    expect(nameAfter(edit)).not.toBe(NAME);
  });

  const custom = (label: string | undefined, entityName: string) => (parts: Parts) => {
    parts.source = new CustomConnectorSource(ConnectorProfile.fromConnectorProfileName(parts.stack, 'Profile', 'p'), {
      entityName, ...label !== undefined ? { connectorLabel: label } : {},
    } as ConstructorParameters<typeof CustomConnectorSource>[1]);
  };
  const domain = (domainName: string, objectTypeName?: string) => (parts: Parts) => {
    parts.destination = new CustomerProfilesDestination({ domainName, objectTypeName });
  };
  const events = (suffix: string): ((parts: Parts) => Flow) => () => ({ stack }) => new EventFlow(stack, 'Flow', {
    source: new SalesforceSource(salesforce(stack), { object: 'Account__e' }),
    destination: new EventBridgeDestination(PartnerEventSource.salesforce(suffix)),
    tasks: [Mapping.all()],
    activation: FlowActivation.manual(),
  });
  const keyed = (key: (stack: Stack) => IKey) => (parts: Parts) => {
    parts.encryptionKey = key(parts.stack);
  };

  test.each<[string, (parts: Parts) => Flow | void, (parts: Parts) => Flow | void]>([
    ['with the object', reading('Account'), reading('Contact')],
    ['with the application', reading('conversations'), (parts) => {
      parts.source = new SlackSource(ConnectorProfile.fromConnectorProfileName(parts.stack, 'Slack', 'slack'), { object: 'conversations' });
    }],
    ['with the entity of a custom connector', custom(undefined, 'one'), custom(undefined, 'other')],
    ['with the domain', domain('one'), domain('other')],
    ['with the object type of the domain', domain('one', 'Account'), domain('one', 'Contact')],
    ['with the partner event source', events('one'), events('other')],
    ['from one parameter to another', (parts) => from(parameter(parts, 'One'))(parts), (parts) => from(parameter(parts, 'Other'))(parts)],
    ['from one import to another', from(Fn.importValue('one')), from(Fn.importValue('other'))],
    ['within a text that has a token', (parts) => from(`${parts.stack.account}/in`)(parts), (parts) => from(`${parts.stack.account}/other`)(parts)],
    ['from one key to another', keyed((stack) => new Key(stack, 'One')), keyed((stack) => new Key(stack, 'Other'))],
    ['from a key that is made to one that is imported', keyed((stack) => new Key(stack, 'One')), keyed((stack) =>
      Key.fromKeyArn(stack, 'One', 'arn:aws:kms:eu-west-1:111111111111:key/one'))],
    ['from a bucket of one stack to one of another', (parts) => {
      parts.source = new S3Source(new Bucket(new Stack(parts.stack.node.root as App, 'One'), 'Bucket'), { prefix: 'in' });
    }, (parts) => {
      parts.source = new S3Source(new Bucket(new Stack(parts.stack.node.root as App, 'Other'), 'Bucket'), { prefix: 'in' });
    }],
    ['from a bucket of the stack to one of a nested stack', () => {}, (parts) => {
      parts.source = new S3Source(new Bucket(new NestedStack(parts.stack, 'Nested'), 'Bucket'), { prefix: 'in' });
    }],
    ['from one attribute to another', from(Token.asString({ 'Fn::GetAtt': ['A', 'One'] })), from(Token.asString({ 'Fn::GetAtt': ['A', 'Other'] }))],
  ])('%s', (_, one, other) => {
    const names = [nameAfter(one), nameAfter(other)];
    expect(names[0]).not.toBe(names[1]);
    expect(names[0].slice(0, -8)).toBe(names[1].slice(0, -8));
  });
});

describe('the name of a connector profile', () => {
  const ofProfile = (props: (stack: Stack) => Partial<ConstructorParameters<typeof ConnectorProfile>[2]>) => {
    const stack = new Stack(new App(), 'Stack');
    const made = new ConnectorProfile(stack, 'Profile', {
      connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('tokens') }), ...props(stack),
    });
    const { Properties } = templateOf(stack).Resources[stack.resolve((made.node.defaultChild as CfnFlow).logicalId)];
    return Properties.ConnectorProfileName ?? Properties.Profile.connectorProfileName;
  };
  const labelled = (connectorLabel: string) => ({ connection: CustomConnectorConnection.apiKey({ connectorLabel, apiKey: SecretValue.secretsManager('key') }) });

  test.each<[string, Parameters<typeof ofProfile>[0], Parameters<typeof ofProfile>[0]]>([
    ['with other credentials', () => ({}), () => ({
      connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('other'), instanceUrl: 'https://acme.my.salesforce.com' }),
    })],
    ['with a key', () => ({}), (stack) => ({ encryptionKey: new Key(stack, 'Key') })],
  ])('stays %s', (_, one, other) => {
    expect(ofProfile(one)).toBe(ofProfile(other));
  });

  test.each<[string, Parameters<typeof ofProfile>[0], Parameters<typeof ofProfile>[0]]>([
    ['with the connector', () => ({}), () => labelled('one')],
    ['with the label', () => labelled('one'), () => labelled('other')],
    ['with what makes it', () => ({}), () => ({ provisioning: Provisioning.byCustomResource() })],
    ['with a key, where the custom resource makes it', () => ({ provisioning: Provisioning.byCustomResource() }), (stack) => ({
      provisioning: Provisioning.byCustomResource(), encryptionKey: new Key(stack, 'Key'),
    })],
  ])('changes %s', (_, one, other) => {
    expect(ofProfile(one)).not.toBe(ofProfile(other));
  });
});

test('the documentation of Amazon S3 says that keys contain the name of the flow', () => {
  const docs = readFileSync(join(__dirname, '..', '..', 'lib', 'connectors', 's3.ts'), 'utf8').replace(/\n\s*\* ?/g, ' ');
  expect(docs).toContain('Their keys contain the flow\'s name');
  expect(docs).toContain('the keys of all objects contain that name, so a flow that is replaced writes elsewhere');
});
