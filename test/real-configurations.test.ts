import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import configurations from './fixtures/real-configurations.json';
import { type Configuration, ConfigurationWriter } from './real-configurations/construct';
import { normalForm } from './real-configurations/normal-form';

const CONNECTORS = ['S3', 'Salesforce'];

/** Tasks that only a raw task can say: a projection beside a mapping of all fields, or one that leaves mapped fields out. */
const RAW: Readonly<Record<string, string[]>> = {
  v052: ['Filter PROJECTION'],
  v100: ['Filter PROJECTION'],
};

const cases = (configurations as Configuration[])
  .filter(({ kind, properties }) => kind === 'flow'
    && CONNECTORS.includes(properties.SourceFlowConfig.ConnectorType)
    && CONNECTORS.includes(properties.DestinationFlowConfigList[0].ConnectorType));

test('there are configurations to write', () => {
  expect(cases.length).toBeGreaterThanOrEqual(14);
});

describe.each(cases.map((configuration) => [configuration.id, configuration.properties]))('configuration %s, which AppFlow took', (id, properties) => {
  const stack = new Stack(new App(), 'Stack');
  const writer = new ConfigurationWriter(stack);
  writer.write(properties);

  test('is accepted, and renders to the same', () => {
    const [flow] = Object.values(Template.fromStack(stack).findResources('AWS::AppFlow::Flow'));
    expect(normalForm(flow.Properties)).toEqual(normalForm(properties));
  });

  test('needs raw tasks only where it says something odd', () => {
    expect(writer.rawTasks).toEqual(RAW[id] ?? []);
  });
});
