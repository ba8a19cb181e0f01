import { readdirSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { EveryFeature } from './every-feature';
import { SalesforceToS3 } from '../examples/salesforce-to-s3/salesforce-to-s3';

interface Diagnostic {
  readonly ruleId: string;
  readonly severity: string;
  readonly message: string;
  readonly propertyPath?: string;
}

const { CompositeEngine, TemplateContent } = jest.requireActual(require.resolve('@aws/cloudformation-validate', { paths: [require.resolve('aws-cdk-lib')] }));

/** Warnings that CDK's own use of the validator sets aside, since its constructs cause them: needless DependsOn, and ARNs put together from parts. */
const SET_ASIDE_BY_CDK = ['W3005', 'W9002'];

/** The offline CloudFormation validator that aws-cdk-lib bundles, asked directly, so that nothing else of its errors and warnings is filtered. */
const engine = new CompositeEngine();
afterAll(() => engine.free());

function diagnose(template: object): string[] {
  const { status, diagnostics } = engine.validateTemplate(new TemplateContent(JSON.stringify(template)));
  expect(status).toEqual('OK');
  return diagnostics.filter(({ ruleId, severity }: Diagnostic) => severity !== 'INFO' && !SET_ASIDE_BY_CDK.includes(ruleId)).map(({ ruleId, severity, message, propertyPath }: Diagnostic) => `${severity} ${ruleId} ${propertyPath}: ${message}`);
}

test('the validator is at work', () => {
  expect(diagnose({ Resources: { Flow: { Type: 'AWS::AppFlow::Flow', Properties: { Unknown: 1 } } } })).toContainEqual(expect.stringContaining('Unknown'));
});

const STACKS: Record<string, (app: App) => Stack> = {
  'every-feature': (app) => new EveryFeature(app, 'EveryFeature'),
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
    expect(diagnose(template)).toEqual([]);
  });

  test('neither has the library', () => {
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
    Annotations.fromStack(stack).hasNoError('*', Match.anyValue());
  });
});
