import { AppFlowCheck, AppFlowValidationPlugin, FindingSeverity } from 'appflow-constructs';
import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import configurations from './fixtures/real-configurations.json';
import { ConfigurationWriter } from './real-configurations/construct';
import { flowFrom, flowTo, membersOf, profileOf, withParameters } from './real-configurations/made-up';
import type { Configuration } from './real-configurations/material';
import { normalFlow, normalProfile } from './real-configurations/normal-form';
import { newStack } from './synthesis';
import { validationReport } from './validation-report';
import { connectorRecord, CONNECTOR_TYPES } from '../lib/private/connector-records';

/** Tasks that only a raw task can say, since they say something odd. */
const RAW: Readonly<Record<string, string[]>> = {
  // A mapping of all fields that names a field all the same.
  v035: ['Map_all NO_OP'],
  v036: ['Map_all NO_OP'],
  v065: ['Map_all NO_OP'],
  // A projection that leaves mapped fields out, stands beside a mapping of all fields, or has no mapping at all.
  v052: ['Filter PROJECTION'],
  v076: ['Filter PROJECTION'],
  v100: ['Filter PROJECTION'],
  // The console sends a length with a mask of the whole value, to no effect.
  v105: ['Mask MASK_ALL'],
};

const of = (kind: string) => (configurations as Configuration[]).filter((configuration) => configuration.kind === kind)
  .map(({ id, properties }): [string, Configuration] => [id, properties]);

test('there are configurations to write', () => {
  expect(of('flow').length).toBeGreaterThanOrEqual(32);
  expect(of('profile').length).toBeGreaterThanOrEqual(18);
});

describe.each(of('flow'))('flow %s, which AppFlow took', (id, properties) => {
  const { writer, rendered } = writeFlow(properties);

  test('is accepted, and renders to the same', () => {
    expect(normalFlow(rendered())).toEqual(normalFlow(properties));
  });

  test('needs raw tasks only where it says something odd', () => {
    expect(writer.rawTasks).toEqual(RAW[id] ?? []);
  });
});

test.each(of('profile'))('connector profile %s, which AppFlow took, is accepted, and renders to the same', (_, properties) => {
  expect(normalProfile(renderedProfile(properties))).toEqual(normalProfile(properties));
});

describe('nothing that AppFlow took is an error', () => {
  const TYPES: Readonly<Record<string, string>> = { flow: 'AWS::AppFlow::Flow', profile: 'AWS::AppFlow::ConnectorProfile' };

  test.each(Object.keys(TYPES).flatMap(of))('when %s is checked in a template', (id, properties) => {
    const { kind } = (configurations as Configuration[]).find((configuration) => configuration.id === id)!;
    expect(AppFlowCheck.document({ Resources: { [id]: { Type: TYPES[kind], Properties: properties } } })
      .filter(({ severity }) => severity === FindingSeverity.ERROR)).toEqual([]);
  });

  test('when they are all resources of an app', () => {
    const app = new App();
    Validations.of(app).addPlugins(new AppFlowValidationPlugin());
    const stack = new Stack(app, 'Stack');
    for (const { id, kind, properties } of configurations as Configuration[]) {
      new CfnResource(stack, id, { type: TYPES[kind], properties });
    }
    const { violations, error } = validationReport(app);
    expect(violations.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(error).toBeUndefined();
  });
});

describe.each([
  ['could be found as well', (configuration: fc.Arbitrary<Configuration>) => configuration],
  ['could be found as well, with parameters in it,', withParameters],
])('what %s is accepted, and renders to the same', (_, variant) => {
  test.each(membersOf('ConnectorProfileCredentials'))('a connector profile for %s', (member) => {
    fc.assert(fc.property(variant(profileOf(member, typeOf(member))), (properties) => {
      expect(normalProfile(renderedProfile(properties))).toEqual(normalProfile(properties));
    }), { numRuns: 8 });
  });

  test.each([
    ...membersOf('SourceConnectorProperties').map((member) => ['from', member, flowFrom(member, typeOf(member))] as const),
    ...membersOf('DestinationConnectorProperties').map((member) => ['to', member, flowTo(member, typeOf(member))] as const),
  ])('a flow %s %s', (__, ___, flow) => {
    fc.assert(fc.property(variant(flow), (properties) => {
      const { writer, rendered } = writeFlow(properties);
      expect(normalFlow(rendered())).toEqual(normalFlow(properties));
      expect(writer.rawTasks).toEqual([]);
    }), { numRuns: 8 });
  });
});

function typeOf(member: string): string {
  return CONNECTOR_TYPES.find((type) => connectorRecord(type)!.member === member)!;
}

function writeFlow(properties: Configuration) {
  const stack = newStack();
  const writer = new ConfigurationWriter(stack);
  writer.writeFlow(properties);
  return { writer, rendered: () => Object.values(Template.fromStack(stack).findResources('AWS::AppFlow::Flow'))[0].Properties };
}

function renderedProfile(properties: Configuration): Configuration {
  const stack = newStack();
  new ConfigurationWriter(stack).writeProfile(properties);
  return Object.values(Template.fromStack(stack).findResources('AWS::AppFlow::ConnectorProfile'))[0].Properties;
}
