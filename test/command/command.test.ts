import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DOUBT, DOUBTFUL, manyTimes, MISTAKE, MISTAKE_IN_REQUEST, RIGHT, WRONG, WRONG_REQUEST, WRONG_YAML } from './documents';
import { COMMAND, Folder, runHere } from './invocation';
import { growsTooFast } from '../processor-time';

const ROOT = resolve(__dirname, '../..');
const CANARY = 'canary-4711';

const folder = new Folder();
afterAll(() => folder.remove());

beforeAll(() => {
  folder.write('right.json', RIGHT);
  folder.write('doubtful.json', DOUBTFUL);
  folder.write('wrong.json', WRONG);
  folder.write('wrong.yaml', WRONG_YAML);
  folder.write('request.json', WRONG_REQUEST);
  folder.write('broken.yaml', 'Resources:\n  Flow: [\n');
  folder.write('prose.txt', 'nothing of the kind');
  folder.write('empty.json', '');
  folder.write('other.json', { name: 'other' });
  folder.write('binary', Buffer.from([0x89, 0x50, 0xff, 0x00]));
  folder.write('without-templates/template.yaml', WRONG_YAML);
  folder.write('--odd name.json', WRONG);
});

describe('the status', () => {
  test.each([
    ['is 0 without findings', ['right.json'], 0],
    ['is 0 with warnings', ['doubtful.json'], 0],
    ['is 1 with an error', ['wrong.json'], 1],
    ['is 1 with an error in one of several files', ['right.json', 'wrong.yaml', 'doubtful.json'], 1],
    ['is 2 where a file cannot be read', ['right.json', 'nowhere.json'], 2],
    ['is 2 where a file cannot be read, also where others have errors', ['wrong.json', 'nowhere.json'], 2],
  ])('%s', (_, files, status) => {
    expect(folder.run(['check', ...files]).status).toBe(status);
  });

  test.each(['text', 'json', 'sarif'])('does not depend on the format: %s', (format) => {
    expect(folder.run(['check', `--format=${format}`, 'wrong.json']).status).toBe(1);
  });
});

describe('what is checked', () => {
  test('is each file as it is named, one after the other', () => {
    expect(folder.check(['doubtful.json', 'right.json', './wrong.json', 'wrong.yaml', 'request.json'])).toEqual({
      'doubtful.json': [DOUBT],
      './wrong.json': [MISTAKE],
      'wrong.yaml': [MISTAKE],
      'request.json': [MISTAKE_IN_REQUEST],
    });
  });

  test.each([
    ['a template in JSON', JSON.stringify(WRONG), MISTAKE],
    ['a template in YAML', WRONG_YAML, MISTAKE],
    ['a request in JSON', JSON.stringify(WRONG_REQUEST), MISTAKE_IN_REQUEST],
    ['a template that Windows has written', `\ufeff${WRONG_YAML.replaceAll('\n', '\r\n')}`, MISTAKE],
    ['a template that PowerShell has written', Buffer.from(`\ufeff${WRONG_YAML.replaceAll('\n', '\r\n')}`, 'utf16le'), MISTAKE],
  ])('may come from standard input: %s', (_, input, mistake) => {
    expect(folder.check(['-'], input)).toEqual({ '-': [mistake] });
  });

  test('is a file, also where its name looks like an option', () => {
    expect(folder.check(['--', '--odd name.json'])).toEqual({ '--odd name.json': [MISTAKE] });
  });

  test('is what can be read, where some cannot', () => {
    const { status, stdout, stderr } = folder.run(['check', '--format', 'json', 'nowhere.json', 'wrong.json', 'broken.yaml', 'request.json']);
    expect(JSON.parse(stdout).findings.map(({ file }: { file: string }) => file)).toEqual(['wrong.json', 'request.json']);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('nowhere.json'), expect.stringContaining('broken.yaml')]);
    expect(status).toBe(2);
  });
});

test.each([
  ['nowhere.json', 'this cannot be read: got no such file or directory, allowed a file, a cdk.out directory, or - for standard input; check the path'],
  ['right.json/x', 'this cannot be read: got a path that goes through a file, allowed'],
  ['broken.yaml', 'this is neither JSON nor YAML: got bad indent in line 3, column 1; correct the syntax there'],
  ['prose.txt', 'this is nothing that can be checked: got a single string, allowed a CloudFormation template with Resources, or a request of'],
  ['empty.json', 'this is nothing that can be checked: got nothing, allowed'],
  ['other.json', 'this is nothing that can be checked: got an object with other members, allowed'],
  ['binary', 'this is no text: got bytes that are not UTF-8, allowed JSON or YAML in UTF-8 or UTF-16; name a template or a request'],
  ['without-templates', 'there is no template in this directory: got a directory without files *.template.json, allowed a cdk.out directory'],
])('what is said of %s', async (name, message) => {
  const file = join(folder.path, name);
  const { status, stdout, stderr } = await runHere(['check', file]);
  expect(stderr).toContain(`appflow-constructs: ${file}: ${message}`);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
});

test.each([
  [[], "the command is missing: got no arguments, allowed 'check'; say what to do first, as in appflow-constructs check cdk.out"],
  [['chekc', 'a.json'], "there is no such command: got 'chekc', allowed 'check'; did you mean 'check'?"],
  [['right.json'], "there is no such command: got 'right.json', allowed 'check'; say what to do first, as in appflow-constructs check right.json"],
  [['check'], 'nothing is given to check: got no file, allowed templates, cdk.out directories, requests in JSON or YAML, and - for standard input; name'],
  [['check', '--fromat', 'json'], "there is no such option: got '--fromat', allowed '--format', '--help', '-h', '--version', '-v', '--'; did you mean '--format'?"],
  [['check', '--format', 'jsn', 'right.json'], "there is no such format: got 'jsn', allowed 'text', 'json', 'sarif'; did you mean 'json'?"],
  [['check', '--format=xml', 'right.json'], "there is no such format: got 'xml', allowed 'text', 'json', 'sarif'; use one of these"],
  [['check', 'right.json', '--format'], "--format needs a format: got nothing after it, allowed 'text', 'json', 'sarif'; say which, as in --format json"],
])('what is said of the arguments %j', async (args, message) => {
  const { status, stdout, stderr } = await runHere(args);
  expect(stderr).toContain(`appflow-constructs: ${message}`);
  expect(stderr).toContain('Run "appflow-constructs --help" for how to use it.\n');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
});

test.each([[['--help']], [['-h']], [['check', '--help']]])('%j prints how the command is used', async (args) => {
  const { status, stdout, stderr } = await runHere(args);
  expect(stdout).toMatch(/^Usage: appflow-constructs check \[--format text\|json\|sarif\] FILE…\n/);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('--version prints the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(folder.run(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  expect(await runHere(['-v'])).toEqual({ status: 0, stdout: '1.2.3\n', stderr: '' });
});

test('no value of a document is printed that no rule is about', async () => {
  const profile = {
    connectorProfileName: 'slack',
    connectorType: 'Slack',
    connectionMode: 'Publik',
    connectorProfileConfig: {
      connectorProfileProperties: { Slack: { instanceUrl: 'nowhere' } },
      connectorProfileCredentials: { Slack: { clientId: CANARY, clientSecret: CANARY, accessToken: CANARY } },
    },
  };
  folder.write('profile.json', profile);
  folder.write('list.json', [CANARY]);
  folder.write('unfinished.json', `{"connectorProfileName": "${CANARY}", "x": ${CANARY} "`);
  folder.write('aliases.yaml', `connectorProfileName: *${CANARY}\n`);
  folder.write('tag.yaml', `connectorProfileName: !<x ${CANARY}\n"${CANARY}`);
  const files = ['profile.json', 'list.json', 'unfinished.json', 'aliases.yaml', 'tag.yaml'].map((file) => join(folder.path, file));
  for (const format of ['text', 'json', 'sarif']) {
    const { stdout, stderr } = await runHere(['check', '--format', format, ...files]);
    expect(stdout).toContain('connectionMode');
    expect(stderr.trim().split('\n')).toHaveLength(4);
    expect(stdout + stderr).not.toContain(CANARY);
  }
});

test('a reader that stops before the end is no failure', async () => {
  folder.write('many.json', manyTimes(500, WRONG));
  const child = spawn(process.execPath, [COMMAND, 'check', 'many.json'], { cwd: folder.path });
  let stderr = '';
  child.stderr.on('data', (chunk) => stderr += chunk);
  child.stdout.once('data', () => child.stdout.destroy());
  const [status] = await once(child, 'close');
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
});

test('a thousand flows take four times as long as a quarter of them', async () => {
  const checked = async (count: number) => {
    const { stdout } = await runHere(['check', join(folder.path, `${count}.json`)]);
    expect(stdout).toMatch(new RegExp(`\\n${count} errors, 0 warnings\\n$`));
  };
  [250, 1_000].forEach((count) => folder.write(`${count}.json`, manyTimes(count, WRONG)));
  expect(await growsTooFast(() => checked(250), () => checked(1_000))).toBe(false);
});

test('what is not built says so', () => {
  mkdirSync(join(folder.path, 'clone/assets'), { recursive: true });
  cpSync(join(ROOT, 'bin'), join(folder.path, 'clone/bin'), { recursive: true });
  const run = () => folder.runOther(join(folder.path, 'clone/bin/appflow-constructs'), ['--version']);
  const message = (missing: string) => `appflow-constructs: this is not built: ${missing} missing; run "npx projen compile" first\n`;
  expect(run()).toEqual({ status: 2, stdout: '', stderr: message('assets/command/index.js and build/index.js') });
  symlinkSync(join(ROOT, 'assets/command'), join(folder.path, 'clone/assets/command'), 'junction');
  expect(run()).toEqual({ status: 2, stdout: '', stderr: message('build/index.js') });
});
