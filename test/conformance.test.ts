import type { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CloudFormationValidator } from './cloudformation-validator';
import { EveryFeature } from './every-feature';
import { exampleApp, EXAMPLES, exampleStack } from './examples';
import { SalesforceToS3 } from '../examples/salesforce-to-s3/salesforce-to-s3';

const validator = new CloudFormationValidator();
afterAll(() => validator.free());

test('the validator is at work', () => {
  expect(validator.diagnose({ Resources: { Flow: { Type: 'AWS::AppFlow::Flow', Properties: { Unknown: 1 } } } })).toContainEqual(expect.stringContaining('Unknown'));
});

const STACKS: readonly [name: string, make: (app: App) => Stack][] = [
  ['every-feature', (app) => new EveryFeature(app, 'EveryFeature')],
  ['salesforce-to-s3, changed', (app) => new SalesforceToS3(app, 'SalesforceToS3', { changed: true })],
  ...EXAMPLES.map((name): [string, (app: App) => Stack] => [name, (app) => exampleStack(app, name)]),
];

describe.each(STACKS)('%s', (_, make) => {
  const stack = make(exampleApp());
  const template = Template.fromStack(stack).toJSON();

  test('CloudFormation\'s validator has nothing to say', () => {
    expect(validator.diagnose(template)).toEqual([]);
  });

  test('neither has the library', () => {
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
    Annotations.fromStack(stack).hasNoError('*', Match.anyValue());
  });
});
