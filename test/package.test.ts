import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, posix, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');
const NPM_FORMAT = ['pack', '--dry-run', '--json', '--ignore-scripts'];
const PEERS = ['aws-cdk-lib', 'constructs'];

const manifest = JSON.parse(read('package.json'));
let files: string[];

beforeAll(() => {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const output = execFileSync(npm, NPM_FORMAT, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], shell: process.platform === 'win32' });
  files = JSON.parse(output)[0].files.map(({ path }: { path: string }) => path).sort();
}, 120_000);

test('the build is as new as the sources', () => {
  const built = statSync(join(ROOT, '.jsii')).mtimeMs;
  const newer = sources('lib').filter((file) => statSync(join(ROOT, file)).mtimeMs > built);
  if (newer.length > 0) {
    throw new Error(`what follows was changed after the last build, so this test would judge an old one: run "npx projen compile" first\n${newer.join('\n')}`);
  }
});

test.each([
  'package.json', 'README.md', 'API.md', 'LICENSE', '.jsii', 'build/index.js', 'build/index.d.ts', 'assets/appflow-handler/index.js',
  'assets/appflow-handler/LICENSES', 'assets/command/index.js', 'assets/command/LICENSES', 'bin/appflow-constructs',
])('the package has %s', (file) => {
  expect(files).toContain(file);
});

test('the package has every module of the library, and its types', () => {
  const modules = sources('lib').filter((file) => !/^lib\/(command|custom-resources\/handlers)\//.test(file)).map((file) => file.slice('lib/'.length, -'.ts'.length));
  const expected = modules.flatMap((module) => [`build/${module}.d.ts`, `build/${module}.js`]).sort();
  expect(files.filter((file) => file.startsWith('build/'))).toEqual(expected);
});

test('the package has nothing else', () => {
  const expected = /^(package\.json|README\.md|API\.md|LICENSE|\.jsii|build\/.+\.(js|d\.ts)|assets\/(appflow-handler|command)\/(index\.js|LICENSES)|bin\/appflow-constructs)$/;
  expect(files.filter((file) => !expected.test(file))).toEqual([]);
});

test('the entry points of the package are in it', () => {
  expect(files).toEqual(expect.arrayContaining([posix.normalize(manifest.main), posix.normalize(manifest.types)]));
  expect(Object.keys(jest.requireActual(join(ROOT, manifest.main)))).toEqual(expect.arrayContaining(['OnDemandFlow', 'ScheduledFlow', 'EventFlow']));
});

test('the command of the package is a program of Node.js, which may be run', () => {
  expect(manifest.bin).toEqual({ 'appflow-constructs': 'bin/appflow-constructs' });
  expect(read('bin/appflow-constructs')).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect(() => accessSync(join(ROOT, 'bin/appflow-constructs'), constants.X_OK)).not.toThrow();
});

test('a flow loads the modules of its own connectors, and of no other', () => {
  const script = `
    const { App, Stack } = require('aws-cdk-lib');
    const { Bucket } = require('aws-cdk-lib/aws-s3');
    const { Mapping, OnDemandFlow, S3Destination, S3Source } = require('./${manifest.main}');
    const bucket = new Bucket(new Stack(new App(), 'Stack'), 'Bucket');
    const tasks = [Mapping.all()];
    new OnDemandFlow(bucket.stack, 'Flow', { source: new S3Source(bucket, { prefix: 'in' }), destination: new S3Destination(bucket), tasks });
    console.log(JSON.stringify(Object.keys(require.cache)));
  `;
  const loaded: string[] = JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' }));
  const connectors = join(ROOT, 'build', 'connectors');
  expect(loaded.filter((file) => file.startsWith(connectors))).toEqual([join(connectors, 's3.js')]);
});

test('the package brings no other package along', () => {
  expect(manifest).not.toHaveProperty('dependencies');
  expect(manifest).not.toHaveProperty('bundledDependencies');
  expect(manifest).not.toHaveProperty('optionalDependencies');
  expect(Object.keys(manifest.peerDependencies).sort()).toEqual(PEERS);
});

test('the package requires Node, its own files and its peers, and nothing else', () => {
  const unknown = files.filter((file) => /(\.js|^bin\/.*)$/.test(file)).flatMap((file) => requiredBy(file).filter((name) => !isThere(name, file))
    .map((name) => `${file} requires ${name}`));
  expect(unknown).toEqual([]);
});

test('what the library reads at run time is in the package', () => {
  const paths = [...read('build/custom-resources/provider.js').matchAll(/path\.join\(__dirname, ([^)]+)\)/g)]
    .map(([, segments]) => posix.join('build/custom-resources', ...segments.split(', ').map((segment) => segment.replaceAll("'", ''))));
  expect(paths).toEqual(['assets/appflow-handler']);
});

test('the package names no place outside of it', () => {
  const machine = [ROOT, dirname(ROOT)].filter((path) => path.length > 1);
  const leaks = files.filter((file) => machine.some((path) => read(file).includes(`${path}/`)));
  expect(leaks).toEqual([]);
});

test('API.md describes the API as it is', () => {
  const directory = mkdtempSync(join(tmpdir(), 'appflow-constructs-docs-'));
  try {
    const generated = join(directory, 'API.md');
    execFileSync(process.execPath, [join(ROOT, 'node_modules', 'jsii-docgen', 'bin', 'jsii-docgen'), '-o', generated], { cwd: ROOT, stdio: 'ignore' });
    if (read('API.md') !== readFileSync(generated, 'utf8')) {
      throw new Error('API.md is not what the API is now: run "npx projen docgen", and commit it');
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}, 120_000);

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function sources(directory: string): string[] {
  return readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join(directory, file.replaceAll('\\', '/')))
    .filter((file) => file.endsWith('.ts'))
    .sort();
}

function requiredBy(file: string): string[] {
  return [...read(file).matchAll(/\brequire\(\s*(["'`])([^"'`]+)\1\s*\)/g)].map(([, , name]) => name);
}

function isThere(name: string, file: string): boolean {
  if (name.startsWith('.')) {
    const target = posix.join(posix.dirname(file), name);
    return [target, `${target}.js`, `${target}/index.js`].some((candidate) => files.includes(candidate));
  }
  return builtinModules.includes(name.replace(/^node:/, '')) || PEERS.includes(name.split('/')[0]);
}
