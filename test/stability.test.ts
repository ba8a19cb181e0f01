import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EveryFeature } from './every-feature';
import { EVERY_RULE } from './every-rule';

/**
 * What users' stacks depend on from one version of the library to the next. A change here replaces resources in them, or
 * brings acknowledged warnings back: it needs a new major version, and a reason.
 */
const template = Template.fromStack(new EveryFeature(new App(), 'EveryFeature')).toJSON();
const resources = Object.entries<any>(template.Resources);

test('logical ids', () => {
  expect(resources.map(([id, { Type }]) => `${id} ${Type}`).sort()).toMatchSnapshot();
});

test('generated names', () => {
  const names = resources.filter(([, { Type }]) => /^AWS::AppFlow::/.test(Type))
    .map(([id, { Properties }]) => [id, Properties.FlowName ?? Properties.ConnectorProfileName ?? Properties.ConnectorLabel]);
  expect(Object.fromEntries(names)).toMatchSnapshot();
});

test('order and form of tasks', () => {
  const tasks = resources.filter(([, { Type }]) => Type === 'AWS::AppFlow::Flow').map(([id, { Properties }]) => [id, Properties.Tasks]);
  expect(Object.fromEntries(tasks)).toMatchSnapshot();
});

test('properties of the custom resources, but for the provider, and hashes of the definition and of the template', () => {
  const customResources = resources.filter(([, { Type }]) => Type.startsWith('Custom::'))
    .map(([id, { Properties: { ServiceToken, Definition, Template: hash, ...properties } }]) => [id, properties]);
  expect(Object.fromEntries(customResources)).toMatchSnapshot();
});

test('codes of rules, and their strength', () => {
  expect(EVERY_RULE.map(({ code, evidence }) => `${code}: ${evidence === 'documented' ? 'error' : 'warning'}`).sort()).toMatchSnapshot();
});
