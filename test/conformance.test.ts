import { readdirSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CloudFormationValidator } from './cloudformation-validator';
import { EveryFeature } from './every-feature';
import { SalesforceToEventBridge } from '../examples/salesforce-to-event-bridge/salesforce-to-event-bridge';
import { SalesforceToS3 } from '../examples/salesforce-to-s3/salesforce-to-s3';

const validator = new CloudFormationValidator();
afterAll(() => validator.free());

test('the validator is at work', () => {
  expect(validator.diagnose({ Resources: { Flow: { Type: 'AWS::AppFlow::Flow', Properties: { Unknown: 1 } } } })).toContainEqual(expect.stringContaining('Unknown'));
});

const STACKS: Record<string, (app: App) => Stack> = {
  'every-feature': (app) => new EveryFeature(app, 'EveryFeature'),
  'salesforce-to-event-bridge': (app) => new SalesforceToEventBridge(app, 'SalesforceToEventBridge'),
  'salesforce-to-s3': (app) => new SalesforceToS3(app, 'SalesforceToS3'),
  'salesforce-to-s3, changed': (app) => new SalesforceToS3(app, 'SalesforceToS3', { changed: true }),
};

test('every example is looked at', () => {
  const examples = readdirSync(join(__dirname, '..', 'examples'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(examples.map(({ name }) => name).filter((name) => !(name in STACKS))).toEqual([]);
});

describe.each(Object.entries(STACKS))('%s', (_, make) => {
  const stack = make(new App());
  const template = Template.fromStack(stack).toJSON();

  test('CloudFormation\'s validator has nothing to say', () => {
    expect(validator.diagnose(template)).toEqual([]);
  });

  test('neither has the library', () => {
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
    Annotations.fromStack(stack).hasNoError('*', Match.anyValue());
  });
});
