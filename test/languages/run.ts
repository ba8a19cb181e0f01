/**
 * Generates the package of another language from the build, installs it with what it depends on, and runs the tests of a consumer written in that
 * language: `tsx test/languages/run.ts python|java|go`. It needs the language's tools and registries, so it is no part of `npm test`.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const BUILT = ['.jsii', 'build/index.js', 'assets/appflow-handler/index.js'];
const PACKAGED = ['package.json', 'README.md', 'LICENSE', '.npmignore', '.jsii', 'build', 'assets', 'bin'];
const PACMAK = join(ROOT, 'node_modules', 'jsii-pacmak', 'bin', 'jsii-pacmak');

const ENVIRONMENT = {
  ...process.env,
  // CDK's validation of templates costs seconds, and has a suite of its own.
  CDK_VALIDATION: 'false',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
  // What is tested changes without changing its version, and leaves nothing behind.
  JSII_RUNTIME_PACKAGE_CACHE: 'disabled',
};

interface Language {
  /** What has to be there, and how to ask whether it is. */
  readonly tools: readonly (readonly [string, ...string[]])[];
  /** The aws-cdk-lib to generate against. Its version becomes a requirement of the Go module, and of no other package. */
  readonly cdk: string;
  /** Runs the consumer against the generated package; both are below the directory. */
  run(directory: string): Promise<void>;
}

/** A go.mod file, as Go prints it. */
interface GoModule {
  readonly Require: readonly { readonly Path: string; readonly Indirect?: boolean }[];
}

class Failure extends Error {}

const interruption = new AbortController();

const { name: packageName, version, jsii: { targets } } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const LANGUAGES: Record<string, Language> = {
  python: {
    tools: [['python3', '--version']],
    cdk: 'aws-cdk-lib',
    async run(directory) {
      const python = join(directory, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
      await step(directory, 'python3', '-m', 'venv', 'venv');
      await step(directory, python, '-m', 'pip', 'install', '--quiet', './generated', 'pytest');
      await tests(directory, python, '-m', 'pytest', '-v', '-p', 'no:cacheprovider', 'consumer');
    },
  },
  java: {
    tools: [['javac', '-version'], ['mvn', '--version']],
    cdk: 'aws-cdk-lib',
    async run(directory) {
      const options = ['--batch-mode', '--no-transfer-progress', `-Dgenerated.version=${version}`];
      await tests(join(directory, 'consumer'), 'mvn', ...options, '-Dmaven.javadoc.skip=true', '-Dmaven.source.skip=true', 'verify');
    },
  },
  go: {
    tools: [['go', 'version']],
    // Go takes the version that a module requires, and no newer one by itself: this is the oldest that the library supports.
    cdk: 'aws-cdk-lib-floor',
    async run(directory) {
      const generated = join(directory, 'generated', targets.go.packageName);
      const consumer = join(directory, 'consumer');
      const name = `${targets.go.moduleName}/${targets.go.packageName}`;
      // Of what aws-cdk-go itself depends on, pacmak writes down the versions that npm installed. What aws-cdk-go says of it is right.
      const module: GoModule = JSON.parse(await step(generated, 'go', 'mod', 'edit', '-json'));
      const indirect = module.Require.filter(({ Indirect }) => Indirect).map(({ Path }) => `-droprequire=${Path}`);
      await step(generated, 'go', 'mod', 'edit', ...indirect);
      await step(generated, 'go', 'mod', 'tidy');
      await step(consumer, 'go', 'mod', 'init', 'consumer');
      await step(consumer, 'go', 'mod', 'edit', `-replace=${name}=${generated}`);
      await step(consumer, 'go', 'mod', 'tidy');
      await tests(consumer, 'go', 'test', '-v', '-count=1', './...');
    },
  },
};

async function main(name: string | undefined): Promise<void> {
  const language = LANGUAGES[name ?? ''];
  if (!name || !language) {
    throw new Failure(`say which language: ${Object.keys(LANGUAGES).join(', ')}`);
  }
  for (const [tool, ...args] of language.tools) {
    await spawned(ROOT, tool, args, 'pipe').catch(() => {
      throw new Failure(`the tests in ${name} need ${tool}, which cannot be run here: install it, and put it on the PATH`);
    });
  }
  const unbuilt = BUILT.filter((file) => !existsSync(join(ROOT, file)));
  if (unbuilt.length > 0) {
    throw new Failure(`nothing to test: ${unbuilt.join(', ')} missing; run "npx projen bundle-handler" and "npx projen compile" first`);
  }
  const directory = mkdtempSync(join(tmpdir(), `${packageName}-${name}-`));
  try {
    await generate(name, language, directory);
    cpSync(join(__dirname, name), join(directory, 'consumer'), { recursive: true });
    await language.run(directory);
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Generates the package from a copy of the build, so that another compilation does not get in its way. */
async function generate(name: string, { cdk }: Language, directory: string): Promise<void> {
  const source = join(directory, 'package');
  mkdirSync(join(source, 'node_modules'), { recursive: true });
  for (const entry of PACKAGED) {
    cpSync(join(ROOT, entry), join(source, entry), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules', cdk), join(source, 'node_modules', 'aws-cdk-lib'), 'junction');
  symlinkSync(join(ROOT, 'node_modules', 'constructs'), join(source, 'node_modules', 'constructs'), 'junction');
  const output = join(directory, 'generated');
  await step(source, process.execPath, PACMAK, '--code-only', '--no-force-subdirectory', '--target', name, '--outdir', output);
}

/** Runs a command of the preparations, whose output matters only when it fails. */
async function step(directory: string, command: string, ...args: string[]): Promise<string> {
  return timed(directory, command, args, 'pipe');
}

async function tests(directory: string, command: string, ...args: string[]): Promise<void> {
  await timed(directory, command, args, 'inherit');
}

async function timed(directory: string, command: string, args: string[], output: 'pipe' | 'inherit'): Promise<string> {
  console.log(`> ${[command, ...args].join(' ')}`);
  const start = Date.now();
  const stdout = await spawned(directory, command, args, output);
  console.log(`  ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return stdout;
}

async function spawned(cwd: string, command: string, args: string[], output: 'pipe' | 'inherit'): Promise<string> {
  const child = spawn(command, args, { cwd, env: ENVIRONMENT, stdio: ['ignore', output, output], signal: interruption.signal });
  const stdout: Buffer[] = [];
  const all: Buffer[] = [];
  child.stdout?.on('data', (chunk) => { stdout.push(chunk); all.push(chunk); });
  child.stderr?.on('data', (chunk) => all.push(chunk));
  await new Promise<void>((done, fail) => {
    const failed = (reason: string) => fail(new Failure(`${Buffer.concat(all)}failed: ${reason}: ${[command, ...args].join(' ')}`));
    child.on('error', ({ message }) => failed(message));
    child.on('close', (status, signal) => status === 0 ? done() : failed(signal ? `ended by ${signal}` : `exit status ${status}`));
  });
  return Buffer.concat(stdout).toString();
}

// An interrupted run removes its directory, as one that fails does.
process.on('SIGINT', () => interruption.abort());
process.on('SIGTERM', () => interruption.abort());

const start = Date.now();
main(process.argv[2]).then(
  () => console.log(`passed after ${Math.round((Date.now() - start) / 1000)} s`),
  (error) => {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  },
);
