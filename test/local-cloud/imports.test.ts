import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { preProcessFile } from 'typescript';

const ROOT = resolve(__dirname, '..', '..');
const GENERATED = ['node_modules', 'cdk.out'];
const OWN = ['lib', 'test', 'examples', 'projenrc', 'rosetta', '.ci', 'README.md', '.projenrc.ts', 'package.json'];

/** The files at and below a path, as paths from the root of the repository. */
function filesOf(path: string): string[] {
  if (!statSync(join(ROOT, path)).isDirectory()) {
    return [path];
  }
  return readdirSync(join(ROOT, path)).filter((name) => !GENERATED.includes(name)).flatMap((name) => filesOf(join(path, name)));
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

describe('the local cloud is a judge of the library, and so', () => {
  /** The modules that a file imports: names of packages, and paths from the root of the repository. */
  function importsOf(file: string): string[] {
    if (!/\.[cm]?[jt]s$/.test(file)) {
      return [];
    }
    const names = preProcessFile(read(file), true, true).importedFiles.map(({ fileName }) => fileName);
    return names.map((name) => name.startsWith('.') ? moduleAt(join(file, '..', name)) : name);
  }

  function moduleAt(path: string): string {
    const candidates = [path, `${path}.ts`, join(path, 'index.ts')];
    return candidates.find((candidate) => existsSync(join(ROOT, candidate)) && statSync(join(ROOT, candidate)).isFile()) ?? path;
  }

  /** Each file that is reached from some, with the chain of imports that leads to it. */
  function reached(files: readonly string[]): Map<string, string> {
    const chains = new Map(files.map((file) => [file, file]));
    for (const [file, chain] of chains) {
      const isOfRepository = existsSync(join(ROOT, file));
      for (const imported of isOfRepository ? importsOf(file) : []) {
        if (!chains.has(imported)) {
          chains.set(imported, `${chain} -> ${imported}`);
        }
      }
    }
    return chains;
  }

  const chains = reached(filesOf(relative(ROOT, __dirname)));

  test('imports nothing of the library, not even by way of another file', () => {
    const isOfLibrary = (path: string) => /^(lib|build|assets)([/\\]|$)/.test(path) || /^appflow-constructs(\/|$)/.test(path);
    expect([...chains].filter(([path]) => isOfLibrary(path)).map(([, chain]) => chain)).toEqual([]);
  });

  test('the imports were really looked at', () => {
    expect([...chains.keys()]).toEqual(expect.arrayContaining(['@aws-sdk/client-appflow', 'node:http', join('test', 'local-cloud', 'server.ts')]));
    expect(importsOf(join('test', 'every-feature.ts'))).toContain('appflow-constructs');
    expect(importsOf(join('test', 'every-rule.ts'))).toContain(join('lib', 'private', 'rules', 'every-rule.ts'));
  });
});

describe('the repository works wherever it is cloned to, and so', () => {
  // In pieces, so that the search does not find itself.
  const registries = ['registry npmjs', 'registry yarnpkg', 'pypi org', 'pythonhosted org', 'repo maven', 'repo1 maven', 'proxy golang', 'api nuget'];
  const machines = ['work', 'root', 'home', 'Users'];
  const FORBIDDEN: Record<string, RegExp> = {
    'a directory beside the repository': new RegExp(['\\.\\.', 'shared\\b'].join('[/\\\\]')),
    // Within a URL or a longer path these are no directories of a machine.
    'an absolute path of a machine': new RegExp(`(?<![\\w.})>-])/(${machines.join('|')})/`),
    'a registry': new RegExp(registries.map((host) => host.replace(' ', '\\.')).join('|')),
  };

  test.each(Object.entries(FORBIDDEN))('no file of it refers to %s', (_, forbidden) => {
    const files = OWN.flatMap(filesOf);
    expect(files).toEqual(expect.arrayContaining([relative(ROOT, __filename), join('.ci', 'run'), join('rosetta', 'default.ts-fixture')]));
    const lines = files.flatMap((file) => read(file).split('\n').map((line, index) => ({ line, place: `${file}:${index + 1}` })));
    expect(lines.filter(({ line }) => forbidden.test(line)).map(({ line, place }) => `${place}: ${line.trim().slice(0, 200)}`)).toEqual([]);
  });

  test.each([
    ['a directory beside the repository', ['see `..', 'shared', 'design.md`'].join('/')],
    ['an absolute path of a machine', ["'", 'work', "main'"].join('/')],
    ['an absolute path of a machine', ['cd ', 'home', 'me'].join('/')],
    ['a registry', `https://${['registry', 'npmjs', 'org'].join('.')}/constructs`],
  ])('the search would find %s: %s', (kind, line) => {
    expect(line).toMatch(FORBIDDEN[kind]);
  });

  test.each(['https://example.com/home/', '${ROOT}/work/', 'lib/shared'])('the search does not take for it: %s', (line) => {
    expect(Object.entries(FORBIDDEN).filter(([, forbidden]) => forbidden.test(line)).map(([kind]) => kind)).toEqual([]);
  });

  test('the lock file names no place that packages come from', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, object> };
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(Object.entries(packages).filter(([, entry]) => 'resolved' in entry && !('link' in entry)).map(([name]) => name)).toEqual([]);
  });
});
