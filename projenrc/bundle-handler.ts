import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build, Metafile, Plugin } from 'esbuild';

const ROOT = resolve(__dirname, '..');

/** Bundles the custom-resource handler, with the licences of everything that went into it, and says what it is made of. */
export async function bundleHandler(directory: string): Promise<Metafile> {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: ['lib/custom-resources/handlers/index.ts'],
    outfile: join(directory, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node22',
    // The SDK's ES modules come first: only they can be tree-shaken.
    mainFields: ['module', 'main'],
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    tsconfig: 'tsconfig.json',
    plugins: [withoutWhatIsNeverReached],
    metafile: true,
    logLevel: 'warning',
  });
  if (result.warnings.length > 0) {
    throw new Error(`esbuild gave ${result.warnings.length} warnings`);
  }
  writeFileSync(join(directory, 'LICENSES'), licences(result.metafile));
  return result.metafile;
}

/** Parts of the SDK that the handler never comes to, by the name under which the SDK imports them, and what stands in their place. */
const NEVER_REACHED: Record<string, string> = {
  // The default chain (SSO, profiles, processes, web identity, instance metadata) would be half of the bundle. The handler has its own provider.
  '@aws-sdk/credential-provider-node': 'export const defaultProvider = () => async () => { throw new Error("this bundle takes credentials from its own provider only"); };',
  // Imported on demand, by services with event streams. AppFlow has none.
  '@smithy/core/event-streams': 'export {};',
};

const withoutWhatIsNeverReached: Plugin = {
  name: 'without-what-is-never-reached',
  setup(esbuild) {
    const namespace = 'never-reached';
    esbuild.onResolve({ filter: /^@(aws-sdk|smithy)\// }, ({ path }) => path in NEVER_REACHED ? { path, namespace, sideEffects: false } : undefined);
    esbuild.onLoad({ filter: /.*/, namespace }, ({ path }) => ({ contents: NEVER_REACHED[path] }));
  },
};

/** The licence texts of the bundled packages, each text once, in the order of the packages' names. */
function licences(metafile: Metafile): string {
  const used = Object.values(metafile.outputs).flatMap(output => Object.entries(output.inputs))
    .filter(([path, { bytesInOutput }]) => path.startsWith('node_modules/') && bytesInOutput > 0)
    .map(([path]) => packageDirectory(path));
  const packagesByText = new Map<string, string[]>();
  for (const directory of [...new Set(used)].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Record<string, string>;
    const file = readdirSync(directory).sort().find(entry => /^licen[cs]e(\.(md|txt))?$/i.test(entry));
    const text = file ? readFileSync(join(directory, file), 'utf8').replace(/\r\n/g, '\n').trim() : `Licence: ${license}`;
    packagesByText.set(text, [...packagesByText.get(text) ?? [], `${name} ${version} (${license})`]);
  }
  const sections = [...packagesByText].map(([text, packages]) => `${packages.join('\n')}\n\n${text}\n`);
  return `The file index.js contains code of the following packages.\n\n${sections.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

function packageDirectory(path: string): string {
  for (let directory = dirname(join(ROOT, path)); ; directory = dirname(directory)) {
    const manifest = join(directory, 'package.json');
    // Packages carry nameless manifests in sub-folders, to say of which kind the modules there are.
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version) {
      return directory;
    }
  }
}

if (require.main === module) {
  const directory = join(ROOT, 'assets/appflow-handler');
  mkdirSync(directory, { recursive: true });
  bundleHandler(directory).catch(error => {
    console.error(error);
    process.exitCode = 1;
  });
}
