import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Synthesis } from './floor/synthesize';

const ROOT = resolve(__dirname, '..');
const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
/** The oldest aws-cdk-lib that the package says it works with. */
const FLOOR = manifest.peerDependencies['aws-cdk-lib'].replace('^', '');

/** Runs a script, which may be in TypeScript, in a process of its own. */
async function node(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: ROOT,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, TSX_TSCONFIG_PATH: join(__dirname, 'tsconfig.json') },
  });
  return stdout;
}

async function synthesize(...modules: string[]): Promise<Synthesis> {
  return JSON.parse(await node(...['tsx/cjs', ...modules].flatMap((name) => ['--require', name]), 'test/floor/synthesize.ts'));
}

/**
 * Without what is the CDK's own: the code of its provider framework, the role that it makes for a state machine of the user's, and so the hash of the template.
 * Other differences are not known.
 */
function withoutFramework(templates: Synthesis['templates']): unknown {
  return JSON.parse(JSON.stringify(templates), (key, value) => {
    const { Handler, Code, ...properties } = Object(value);
    if (key === 'Template' || key.startsWith('NightlyRole')) {
      return undefined;
    }
    return /^framework\./.test(Handler) ? { ...properties, Handler } : value;
  });
}

test('the floor that is stated is the one that is tested', () => {
  expect(manifest.devDependencies['aws-cdk-lib-floor']).toBe(`npm:aws-cdk-lib@${FLOOR}`);
});

test('the library makes the same templates, and its plugin the same report, with the oldest aws-cdk-lib that it supports as with the newest', async () => {
  const [floor, current] = await Promise.all([synthesize('./test/floor/use-floor.ts'), synthesize()]);

  expect(floor).toMatchObject({ packages: ['aws-cdk-lib-floor'], version: FLOOR });
  expect(current).toMatchObject({ packages: ['aws-cdk-lib'], version: manifest.devDependencies['aws-cdk-lib'] });
  expect(Object.keys(floor.templates).sort()).toEqual(['EveryFeature', 'SalesforceToS3']);
  expect(withoutFramework(floor.templates)).toEqual(withoutFramework(current.templates));
  expect(floor.report).toEqual(current.report);
  expect(floor.report).toMatchObject({
    violations: [
      { construct: 'Stack/Nested/all my orders', rule: 'flow-name-invalid', path: 'Properties.FlowName' },
      { construct: 'Stack/Nested/all my orders', rule: 'schedule-start-in-past' },
      { construct: 'mx-central-1/Profile', rule: 'private-link-not-in-region' },
    ],
    suppressed: [{ construct: 'Stack/Schedule', rule: 'schedule-rate-spelling', reason: 'it works' }],
  });
}, 300_000);

test('the library compiles against the oldest aws-cdk-lib that it supports', async () => {
  const listed = await node(TSC, '-p', 'test/floor/tsconfig.json', '--listFiles').catch(({ stdout }: { stdout: string }) => stdout);

  const lines = listed.split('\n').filter((line) => line !== '');
  expect(lines.filter((line) => !line.endsWith('.ts') && !line.endsWith('.json'))).toEqual([]);
  const packages = lines.map((line) => /node_modules\/(aws-cdk-lib[^/]*)\//.exec(line)?.[1]).filter((name) => name !== undefined);
  expect([...new Set(packages)]).toEqual(['aws-cdk-lib-floor']);
}, 300_000);
