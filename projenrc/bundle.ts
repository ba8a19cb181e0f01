import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';

export const ROOT = resolve(__dirname, '..');

/** Bundles a program for Node.js, with the licences of everything that went into it, and says what it is made of. */
export async function bundle(directory: string, options: BuildOptions): Promise<Metafile> {
  const result = await build({
    absWorkingDir: ROOT,
    outfile: join(directory, 'index.js'),
    bundle: true,
    platform: 'node',
    // ES modules come first: only they can be tree-shaken, and only they can be followed in every package.
    mainFields: ['module', 'main'],
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    tsconfig: 'tsconfig.json',
    logLevel: 'warning',
    ...options,
    metafile: true,
  });
  if (result.warnings.length > 0) {
    throw new Error(`esbuild gave ${result.warnings.length} warnings`);
  }
  writeFileSync(join(directory, 'LICENSES'), licences(result.metafile));
  return result.metafile;
}

/** Makes a bundle where the package has it. */
export function bundleInto(assets: string, make: (directory: string) => Promise<Metafile>) {
  const directory = join(ROOT, 'assets', assets);
  mkdirSync(directory, { recursive: true });
  make(directory).catch(error => {
    console.error(error);
    process.exitCode = 1;
  });
}

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
