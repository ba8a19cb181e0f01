import { readFileSync } from 'fs';
import { join } from 'path';
import {
  ConnectorProfile, EventBridgeDestination, type IConnection, type IConnectorProfile, Mapping, OnDemandFlow, PartnerEventSource, S3Destination,
  SalesforceConnection, SalesforceSource,
} from 'appflow-constructs';
import { App, type Environment, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { type ConnectorExample, Parts, secret } from './connector-example';
import { defineExample, EXAMPLES } from './example-stack';
import { lake, salesforceEvents } from './samples';
import { newStack, templateOf } from './synthesis';

const ACCOUNT = '111111111111';

interface Case {
  readonly env?: Environment;
  /** Where the partition is known, ARNs may name it. */
  readonly partition?: string;
}

const ENVIRONMENTS: Record<string, Case> = {
  'any environment': {},
  'aws, eu-west-1': { env: { account: ACCOUNT, region: 'eu-west-1' }, partition: 'aws' },
  'aws-cn, cn-north-1': { env: { account: ACCOUNT, region: 'cn-north-1' }, partition: 'aws-cn' },
  'aws-us-gov, us-gov-west-1': { env: { account: ACCOUNT, region: 'us-gov-west-1' }, partition: 'aws-us-gov' },
};

/** All strings in a value, as they are in a template. */
function strings(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).flatMap(strings);
  }
  return typeof value === 'string' ? [value] : [];
}

/** The service principals in a template. */
function servicePrincipals(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { Principal: principal, ...rest } = value as { Principal?: { Service?: string | string[] } };
  return [...[principal?.Service ?? []].flat(), ...Object.values(rest).flatMap(servicePrincipals)];
}

describe.each(Object.entries(ENVIRONMENTS))('stacks for %s', (_, { env, partition }) => {
  const app = new App();
  for (const [name, example] of Object.entries(EXAMPLES)) {
    defineExample(new Stack(app, name, { env }), example);
  }
  const assembly = app.synth();
  const templates = Object.keys(EXAMPLES).map((name) => ({ name, template: assembly.getStackByName(name).template }));

  test.each(templates)('have no ARN of another partition: $name', ({ name, template }) => {
    const given = readFileSync(join(__dirname, 'connector-examples', `${name}.ts`), 'utf8');
    const partitions = strings(template.Resources).filter((text) => !given.includes(text)).flatMap((text) => text.match(/(?<=\barn:)aws[\w-]*/g) ?? []);
    expect([...new Set(partitions)].filter((named) => named !== partition)).toEqual([]);
  });

  test('have the service principals that all partitions have', () => {
    const principals = new Set(templates.flatMap(({ template }) => servicePrincipals(template)));
    expect([...principals].map((principal) => principal.replace(/\.amazonaws\.com$/, '')).sort())
      .toEqual(['appflow', 'lambda', 'redshift', 'redshift-serverless']);
  });
});

type ProfileOf = (scope: Construct, id: string, connection: IConnection) => IConnectorProfile;

/** Parts of which the connector profiles come from elsewhere. */
class PartsWith extends Parts {
  constructor(scope: Construct, id: string, private readonly profileOf: ProfileOf) {
    super(scope, id);
  }

  public profile(connection: IConnection): IConnectorProfile {
    return this.profileOf(this, `Profile${this.node.children.length}`, connection);
  }
}

const IMPORTS: Record<string, ProfileOf> = {
  'by its name': (scope, id) => ConnectorProfile.fromConnectorProfileName(scope, id, 'acme'),
  'by its ARN': (scope, id) => ConnectorProfile.fromConnectorProfileArn(scope, id, `arn:aws:appflow:eu-west-1:${ACCOUNT}:connectorprofile/acme`),
};

/** The flows of an example, rendered. */
function renderedFlows({ flows = {} }: ConnectorExample, partsOf: (scope: Construct, name: string) => Parts): any[] {
  const stack = newStack();
  Object.entries(flows).forEach(([name, flow]) => flow(partsOf(stack, name)));
  const rendered = Object.values<any>(templateOf(stack).Resources).filter(({ Type }) => ['AWS::AppFlow::Flow', 'Custom::AppFlowFlow'].includes(Type));
  expect(rendered.length).toBeGreaterThanOrEqual(Object.keys(flows).length);
  return rendered;
}

const WITH_PROFILES = Object.entries(EXAMPLES).filter(([, { connections, flows }]) => connections !== undefined && flows !== undefined);

describe.each(Object.entries(IMPORTS))('a connector profile that is imported %s', (_, profile) => {
  test.each(WITH_PROFILES)('does where one of the stack does: %s', (__, example) => {
    const own = JSON.stringify(
      renderedFlows(example, (scope, name) => new Parts(scope, name)), (key, value) => /^connectorProfileName$/i.test(key) ? 'acme' : value,
    );
    expect(renderedFlows(example, (scope, name) => new PartsWith(scope, name, profile))).toEqual(JSON.parse(own));
  });
});

describe('a connector profile in another stack', () => {
  test.each(WITH_PROFILES)('of the same Region is imported from there: %s', (_, { flows = {} }) => {
    const app = new App();
    const [profiles, stack] = [new Stack(app, 'Profiles'), new Stack(app, 'Flows')];
    for (const [name, flow] of Object.entries(flows)) {
      // With the bucket, which some of the profiles name.
      const home = new Parts(profiles, name);
      flow(Object.assign(new PartsWith(stack, name, (__, ___, made) => home.profile(made)), { bucket: home.bucket, s3: home.s3 }));
    }
    const assembly = app.synth();
    const [{ Outputs: outputs = {} }, { Resources: resources }] = ['Profiles', 'Flows'].map((name) => assembly.getStackByName(name).template);
    const exported = Object.values<any>(outputs).map(({ Export }) => Export.Name);
    const imported = strings(resources).filter((text) => text.startsWith('Profiles:'));
    expect(imported).toContainEqual(expect.stringMatching(/Profile\d+Resource|Profile\d+[0-9A-F]{8}/));
    expect([...new Set(imported)].sort()).toEqual(exported.sort());
  });

  test('of another Region is refused by the CDK', () => {
    const app = new App();
    const [profiles, flows] = ['eu-west-1', 'us-east-1'].map((region) => new Stack(app, region, { env: { account: ACCOUNT, region } }));
    const profile = new ConnectorProfile(profiles, 'Profile', {
      connection: SalesforceConnection.refreshToken({ refreshToken: secret('refreshToken') }),
    });
    new OnDemandFlow(flows, 'Flow', {
      source: new SalesforceSource(profile, { object: 'Account' }), destination: new S3Destination(lake(flows)), tasks: [Mapping.all()],
    });
    expect(() => app.synth()).toThrow('Cannot use resource \'eu-west-1/Profile\' in a cross-environment fashion');
  });
});

test('the same values serve stacks in several Regions', () => {
  const orders = PartnerEventSource.salesforce('orders');
  const app = new App();
  for (const region of ['eu-west-1', 'us-east-1']) {
    const stack = new Stack(app, region, { env: { account: ACCOUNT, region } });
    salesforceEvents(stack, EventBridgeDestination.withEventBus(orders));
    defineExample(stack, EXAMPLES.salesforce);
  }
  const assembly = app.synth();
  const [ireland, virginia] = ['eu-west-1', 'us-east-1'].map((region) => assembly.getStackByName(region).template);
  expect(Object.keys(ireland.Resources)).toEqual(Object.keys(virginia.Resources));
  expect(JSON.stringify(ireland)).not.toMatch(/us-east-1|Fn::ImportValue/);
  expect(JSON.stringify(virginia)).not.toMatch(/eu-west-1|Fn::ImportValue/);
});
