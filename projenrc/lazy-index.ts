import { readFileSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import { relative, resolve } from 'path';

/**
 * Rewrites the compiled entry point so that it loads a module only when something of it is used, as the entry points of aws-cdk-lib do.
 */
const INDEX = resolve('build/index.js');
const load = createRequire(INDEX);

/** Where each export comes from, as the compiled entry point itself has it: `export *` and named exports from one level of modules. */
function exportsByModule(): Map<string, string[]> {
  const byModule = new Map<string, string[]>();
  const source = readFileSync(INDEX, 'utf8');
  const entry: object = load(INDEX);
  for (const specifier of new Set([...source.matchAll(/require\("(\.[^"]+)"\)/g)].map(([, path]) => path))) {
    const exported = load(specifier);
    byModule.set(specifier, Object.keys(exported).filter((name) => name in entry));
  }
  const found = new Set([...byModule.values()].flat());
  const missing = Object.keys(entry).filter((name) => !found.has(name));
  if (missing.length > 0) {
    throw new Error(`${relative('.', INDEX)}: nobody exports ${missing.join(', ')}`);
  }
  return byModule;
}

const byModule = exportsByModule();
const names = [...byModule.values()].flat();
writeFileSync(INDEX, `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
function lazy(names, load) {
    for (const name of names) {
        Object.defineProperty(exports, name, {
            enumerable: true,
            configurable: true,
            get() {
                const value = load()[name];
                Object.defineProperty(exports, name, { enumerable: true, value });
                return value;
            },
        });
    }
}
${[...byModule].filter(([, exported]) => exported.length > 0)
  .map(([specifier, exported]) => `lazy(${JSON.stringify(exported)}, () => require(${JSON.stringify(specifier)}));`).join('\n')}
// For Node.js, which reads the names that an ES module can import from here.
0 && (module.exports = { ${names.join(', ')} });
`);
