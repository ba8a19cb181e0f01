import { join, relative, resolve, sep } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import { bundle, bundleInto, ROOT } from './bundle';

const LIBRARY = join(ROOT, 'lib');
const COMMAND = join(LIBRARY, 'command');

/** Bundles the command with the packages that it alone needs. The library it takes from the build, so that both are one. */
export async function bundleCommand(directory: string): Promise<Metafile> {
  return bundle(directory, {
    entryPoints: ['lib/command/index.ts'],
    target: 'node20',
    plugins: [libraryFromBuild],
  });
}

const libraryFromBuild: Plugin = {
  name: 'library-from-build',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const module = relative(LIBRARY, resolve(resolveDir, path));
      return isIn(COMMAND, resolveDir) && !isIn(COMMAND, resolve(resolveDir, path))
        ? { path: `../../build/${module.split(sep).join('/')}`, external: true }
        : undefined;
    });
  },
};

function isIn(directory: string, path: string): boolean {
  return path === directory || path.startsWith(directory + sep);
}

if (require.main === module) {
  bundleInto('command', bundleCommand);
}
