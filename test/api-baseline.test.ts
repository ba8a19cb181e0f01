import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Assembly, baseline, builtAssembly } from '../projenrc/api-baseline';

const ROOT = resolve(__dirname, '..');
const JSII_DIFF = join(ROOT, 'node_modules', 'jsii-diff', 'bin', 'jsii-diff');
const NAME = 'appflow-constructs';

interface Comparison {
  readonly status: number;
  readonly output: string;
}

let directory: string;
let packages = 0;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'api-baseline-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A package with an API, as jsii-diff reads packages. */
function packageOf(assembly: Assembly): string {
  const path = join(directory, String(packages++));
  const { name, version, jsii } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  mkdirSync(path);
  symlinkSync(join(ROOT, 'node_modules'), join(path, 'node_modules'), 'junction');
  writeFileSync(join(path, 'package.json'), JSON.stringify({ name, version, jsii, peerDependencies: assembly.dependencies }));
  writeFileSync(join(path, '.jsii'), JSON.stringify(assembly));
  return path;
}

/** Compares an API with another one that is to take its place. Nothing is too experimental to be kept. */
async function compare(before: Assembly, after: Assembly): Promise<Comparison> {
  const args = [JSII_DIFF, packageOf(before), packageOf(after), '--error-on', 'all'];
  return new Promise((done) => execFile(process.execPath, args, { env: process.env }, (error, stdout, stderr) =>
    done({ status: error === null ? 0 : Number(error.code), output: stdout + stderr })));
}

test('users\' code that works with the API of the baseline works with that of the last build', async () => {
  const { status, output } = await compare(baseline(), builtAssembly());
  if (status !== 0) {
    throw new Error(`the API has changed in ways that break users' code; if that is meant, run "npx projen api:baseline", and say it in the change log\n${output}`);
  }
}, 120_000);

describe('of a part of the API that needs no other package, and so is compared quickly,', () => {
  const OPERATION = `${NAME}.WriteOperation`;
  const OPTIONS = `${NAME}.MaskOptions`;
  const part = (types: Record<string, any>): Assembly => ({ ...baseline(), dependencies: {}, types });
  const { [OPERATION]: operation, [OPTIONS]: options } = baseline().types;
  const [method, ...methods] = operation.methods;
  const before = part({ [OPERATION]: operation, [OPTIONS]: options });

  test.each<[string, Record<string, any>, string]>([
    ['a type is removed', { [OPERATION]: operation }, `${OPTIONS}.*has been removed`],
    ['a method is removed', { [OPERATION]: { ...operation, methods }, [OPTIONS]: options }, `${OPERATION}\\.${method.name}.*has been removed`],
    [
      'a method wants more',
      { [OPERATION]: { ...operation, methods: [{ ...method, parameters: [{ name: 'more', type: { primitive: 'string' } }] }, ...methods] }, [OPTIONS]: options },
      `${OPERATION}\\.${method.name}.*more`,
    ],
  ])('it is reported that %s', async (_, types, words) => {
    const { status, output } = await compare(before, part(types));
    expect({ status, output }).toEqual({ status: 1, output: expect.stringMatching(`err {2}- .*${words}`) });
  });

  test('nothing is reported of what is added', async () => {
    expect(await compare(before, part({
      [OPERATION]: { ...operation, methods: [...operation.methods, { ...method, name: 'more' }] },
      [OPTIONS]: { ...options, properties: [...options.properties, { ...options.properties[0], name: 'more' }] },
    }))).toEqual({ status: 0, output: '' });
  });
});
