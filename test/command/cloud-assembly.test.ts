import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, LegacyStackSynthesizer, NestedStack, Stack, type StackProps, Stage } from 'aws-cdk-lib';
import { RIGHT, WRONG, WRONG_YAML } from './documents';
import { Folder } from './invocation';
import { flowTemplate } from '../flow-template';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/0';
const FOREIGN_KEY = expect.stringMatching(/^(error|warning) \S+ Flow Properties\.KMSArn$/);

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => folder.remove());

/** Synthesizes an app into `cdk.out`. */
function synthesize(define: (app: App) => void) {
  const app = new App({ outdir: join(folder.path, 'cdk.out'), context: { 'aws:cdk:enable-path-metadata': true } });
  define(app);
  app.synth();
}

/** A stack with the flow of a template. */
function withFlow<T extends Stack>(stack: T, { Resources }: any): T {
  new CfnResource(stack, 'Flow', { type: Resources.Flow.Type, properties: Resources.Flow.Properties });
  return stack;
}

test('the templates of stacks, nested stacks and stages are checked', () => {
  synthesize((app) => {
    const nested = withFlow(new NestedStack(withFlow(new Stack(app, 'Main'), WRONG), 'Nested'), WRONG);
    withFlow(new NestedStack(nested, 'Deeper'), WRONG);
    withFlow(new NestedStack(withFlow(new Stack(app, 'Legacy', { synthesizer: new LegacyStackSynthesizer() }), WRONG), 'Nested'), WRONG);
    const stage = new Stage(app, 'Prod');
    withFlow(new Stack(stage, 'Stack'), WRONG);
    withFlow(new Stack(new Stage(stage, 'Eu'), 'Stack'), WRONG);
    new Stack(app, 'Empty');
  });
  const { status, stdout } = folder.run(['check', 'cdk.out']);
  expect(stdout.match(/^\S.*\n.*\n {4}.* Properties/gm)?.map((found) => found.replace(/\n.*\n {4}/, ' '))).toEqual([
    'cdk.out/Legacy.template.json Flow (Legacy/Flow) Properties',
    expect.stringMatching(/^cdk\.out\/LegacyNested\w+\.nested\.template\.json Flow \(Legacy\/Nested\/Flow\) Properties$/),
    'cdk.out/Main.template.json Flow (Main/Flow) Properties',
    expect.stringMatching(/^cdk\.out\/MainNested\w+\.nested\.template\.json Flow \(Main\/Nested\/Flow\) Properties$/),
    expect.stringMatching(/^cdk\.out\/MainNestedDeeper\w+\.nested\.template\.json Flow \(Main\/Nested\/Deeper\/Flow\) Properties$/),
    expect.stringMatching(/^cdk\.out\/assembly-Prod\/ProdStack\w+\.template\.json Flow \(Prod\/Stack\/Flow\) Properties$/),
    expect.stringMatching(/^cdk\.out\/assembly-Prod\/assembly-Prod-Eu\/ProdEuStack\w+\.template\.json Flow \(Prod\/Eu\/Stack\/Flow\) Properties$/),
  ]);
  expect(status).toBe(1);
});

test.each<[string, StackProps, unknown]>([
  ['another Region', { env: { account: '111122223333', region: 'eu-west-1' } }, FOREIGN_KEY],
  ['the same Region', { env: { account: '111122223333', region: 'us-east-1' } }, undefined],
  ['a Region that is known only at deploy time', {}, undefined],
])('a template is checked for where its stack goes: %s', (_, props, finding) => {
  const template = flowTemplate({ KMSArn: KEY });
  synthesize((app) => withFlow(new NestedStack(withFlow(new Stack(app, 'Main', props), template), 'Nested'), template));
  const found = folder.check(['cdk.out']);
  expect(Object.values(found)).toEqual(finding !== undefined ? [[finding], [finding]] : []);
});

test('the template of a stack that the app has no more is not checked', () => {
  synthesize((app) => withFlow(new Stack(app, 'Old'), WRONG));
  synthesize((app) => withFlow(new Stack(app, 'New'), RIGHT));
  expect(folder.run(['check', 'cdk.out'])).toEqual({ status: 0, stdout: '0 errors, 0 warnings\n', stderr: '' });
  expect(folder.run(['check', join('cdk.out', 'Old.template.json')]).status).toBe(1);
});

test.each([
  ['is missing', undefined],
  ['is broken', '{'],
  ['is something else', { artifacts: { Stack: 'here', Other: { type: 'aws:cloudformation:stack', environment: 7 } } }],
])('all templates are checked where the manifest %s', (_, manifest) => {
  synthesize((app) => {
    withFlow(new Stack(app, 'Main'), WRONG);
    withFlow(new Stack(new Stage(app, 'Prod'), 'Stack'), WRONG);
  });
  rmSync(join(folder.path, 'cdk.out/manifest.json'));
  if (manifest !== undefined) {
    folder.write('cdk.out/manifest.json', manifest);
  }
  folder.write('cdk.out/not-a-template.yaml', WRONG_YAML);
  expect(Object.keys(folder.check(['cdk.out/']))).toHaveLength(2);
});

test('a template that cannot be read does not keep the others from being checked', () => {
  synthesize((app) => {
    withFlow(new Stack(app, 'First'), WRONG);
    withFlow(new Stack(app, 'Second'), WRONG);
  });
  folder.write('cdk.out/First.template.json', '{ "Resources": ');
  const { status, stdout, stderr } = folder.run(['check', 'cdk.out']);
  expect(stderr).toMatch(/^appflow-constructs: cdk\.out.First\.template\.json: this is neither JSON nor YAML: .*\n$/);
  expect(stdout).toMatch(/^cdk\.out.Second\.template\.json\n[^]*\n1 error, 0 warnings\n$/);
  expect(status).toBe(2);
});
