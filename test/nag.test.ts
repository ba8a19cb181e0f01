import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ConnectorProfile, RedshiftConnection } from 'appflow-constructs';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { EveryFeature } from './every-feature';
import { exampleApp, EXAMPLES, exampleStack } from './examples';
import type { Reported } from './validation-report';

const ROOT = resolve(__dirname, '..');
/** Tables and paragraphs, with one space where the page has line breaks. */
const PAGE = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8').replace(/\s+/g, ' ');

/** What a stack with each feature has of its author's, and not of the library's. */
const OF_THE_AUTHOR = /^EveryFeature\/(Key|Bucket|ConnectedApp|JwtApp|Billing|Nightly)\//;
/** What the author can help, and the library cannot: the ARN of the workgroup of Amazon Redshift Serverless is not given. */
const WORKGROUPS = 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:redshift-serverless:<AWS::Region>:<AWS::AccountId>:workgroup/*]';

/** What the pack finds in an app that is synthesized, a line each. */
function findings(app: App, pack = new AwsSolutionsChecks(app)): string[] {
  const { violations } = pack.validateScope(app);
  return violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }) => `${constructPath} ${ruleName}`));
}

/** The same as if nothing were acknowledged. */
function rawFindings(app: App): string[] {
  return findings(app, Object.assign(new AwsSolutionsChecks(app), { isAcknowledged: () => false }));
}

/** What is acknowledged below a construct, and why. */
function acknowledgements(root: IConstruct): { path: string; rule: string; reason: string }[] {
  return root.node.findAll().flatMap(({ node }) => node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries<string>(data).map(([id, reason]) => ({ path: node.path, rule: id.replace(/^Annotation::/i, ''), reason }))));
}

describe.each(EXAMPLES)('the example %s', (name) => {
  const app = exampleApp();
  exampleStack(app, name);
  app.synth();

  test('passes the pack', () => {
    expect(findings(app)).toEqual([]);
  });

  test('acknowledges nothing without a reason that the page has', () => {
    expect(acknowledgements(app).filter(({ reason }) => !PAGE.includes(reason))).toEqual([]);
  });
});

describe('a stack with each feature of the library', () => {
  const app = new App();
  const stack = new EveryFeature(app, 'EveryFeature');
  app.synth();
  const [found, raw] = [findings(app), rawFindings(app)];
  const ofTheAuthor = (lines: string[]) => lines.filter((line) => OF_THE_AUTHOR.test(line));

  test('has nothing of the library\'s that does not pass the pack, but for what its author can help', () => {
    expect(found.filter((line) => !OF_THE_AUTHOR.test(line))).toEqual([`EveryFeature/Warehouse/DataApiRole/DefaultPolicy/Resource ${WORKGROUPS}`]);
  });

  test('has all that its author has to answer for, though the library acknowledges the same rules', () => {
    expect(ofTheAuthor(found).length).toBeGreaterThan(5);
    expect(ofTheAuthor(found)).toEqual(ofTheAuthor(raw));
  });

  test('has reasons that the page has', () => {
    const made = acknowledgements(stack);
    expect(made.length).toBeGreaterThan(10);
    expect(made.filter(({ reason }) => !PAGE.includes(reason))).toEqual([]);
  });

  test('has reasons for what is found, and for nothing else', () => {
    const stale = ({ path, rule }: { path: string; rule: string }) => !raw.some((line) => line.startsWith(`${path}/`) && line.endsWith(` ${rule}`));
    expect(acknowledgements(stack).filter(stale)).toEqual([]);
  });

  test('has the same template', () => {
    expect(JSON.stringify(app.synth().getStackByName(stack.stackName).template)).not.toMatch(/AwsSolutions|cdk_nag|acknowledged/);
  });
});

test('references to other stacks are excused as what they are in the template', () => {
  const app = new App();
  const bucket = new Bucket(new Stack(app, 'Elsewhere'), 'Bucket');
  const stack = new Stack(app, 'Stack');
  const connection = RedshiftConnection.dataApi({ bucket, prefix: 'staging', clusterIdentifier: 'sales', databaseName: 'sales', username: 'appflow' });
  new ConnectorProfile(stack, 'Profile', { connection });
  app.synth();
  expect(acknowledgements(stack).map(({ rule }) => rule)).toContainEqual(expect.stringMatching(/^AwsSolutions-IAM5\[Resource::Elsewhere:Exports\w+\/staging\/\*\]$/));
  expect(findings(app).filter((line) => line.startsWith('Stack/'))).toEqual([]);
});

test.each([
  ['the oldest aws-cdk-lib that the library supports', ['tsx/cjs', './test/floor/use-floor.ts']],
  ['the newest', ['tsx/cjs']],
])('the plugin reports the same rules at constructs of the user\'s, with %s', async (_, modules) => {
  const { stdout } = await promisify(execFile)(process.execPath, [...modules.flatMap((name) => ['--require', name]), 'test/floor/findings.ts'], {
    cwd: ROOT, env: { ...process.env, TSX_TSCONFIG_PATH: join(__dirname, 'tsconfig.json') },
  });
  const reported: Reported[] = JSON.parse(stdout);
  expect(reported.map(({ construct, rule }) => `${construct} ${rule}`).sort()).toEqual([
    'Stack/Policy/Resource AwsSolutions-IAM5[Resource::*]',
    'Stack/Policy/Resource AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appflow:<AWS::Region>:<AWS::AccountId>:flow/*]',
    'Stack/StateMachine AwsSolutions-SF1',
    'Stack/StateMachine AwsSolutions-SF2',
  ]);
}, 120_000);
